"""The paragraphs of a cleaned text, each with its anchor: one walk for the page that bears them and the index that leads to them."""

from __future__ import annotations

import html as markup
import re
from collections.abc import Iterator
from typing import NamedTuple

from .mentions import mentioned

_START = re.compile(r"<(p|h3|h4|li|tr)(?=[\s>])")
_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"\s+")


class Paragraph(NamedTuple):
    anchor: str
    words: str
    mentions: tuple[str, ...]  # keys, see `core.richtext.mentions`


def anchor(prefix: str, number: int) -> str:
    return f"{prefix}-p{number}"


def with_anchors(html: str, prefix: str) -> str:
    """`html`, which `clean` gave, with an `id` on every paragraph, heading, item of a list and row."""
    number = 0

    def numbered(tag: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f'<{tag[1]} id="{anchor(prefix, number)}"'

    return _START.sub(numbered, html)


def paragraphs(html: str, prefix: str) -> Iterator[Paragraph]:
    """Each of them that holds words of its own; what stands in another is told there alone."""
    starts = list(_START.finditer(html))
    before = html[: starts[0].start()] if starts else html
    if words := _words(before):
        yield Paragraph("", words, mentioned(before))
    for number, start in enumerate(starts, start=1):
        end = starts[number].start() if number < len(starts) else len(html)
        own = html[start.start() : end]
        if words := _words(own):
            yield Paragraph(anchor(prefix, number), words, mentioned(own))


def _words(html: str) -> str:
    return _BLANKS.sub(" ", markup.unescape(_TAG.sub(" ", html.replace("<wbr>", "")))).strip()
