"""Struck, raised and lowered words where no mark can be shown: a struck amount may never read as the valid one."""

from __future__ import annotations

import re

from django.utils.translation import gettext

_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_TABLES = {"sup": _RAISED, "sub": _LOWERED}


def as_words(tag: str, words: str) -> str:
    """`words` as they are read without the mark `tag`; any other tag leaves them as they are.

    Struck words are named so; m², CO₂ and 10⁶ keep their digits in place; raised letters (21e) need no help.
    """
    if tag == "s" and words.strip():
        inner = words.strip()
        start = words.index(inner)
        return words[:start] + inner.join(struck_around()) + words[start + len(inner) :]
    table = _TABLES.get(tag)
    return words.translate(table) if table and all(ord(sign) in table for sign in words) else words


def struck_around() -> tuple[str, str]:
    """What stands before and after struck words."""
    before, _text, after = gettext("[struck: %(text)s]").partition("%(text)s")
    return before, after


def struck_again(escaped: str) -> str:
    """What `as_words` wrote and a browser without script sent back, struck again; `escaped` holds no markup yet."""
    before, after = struck_around()
    return re.sub(re.escape(before) + r"([^\[\]]+)" + re.escape(after), r"<s>\1</s>", escaped)
