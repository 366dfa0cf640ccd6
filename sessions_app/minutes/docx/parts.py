"""A document parted at its headings, and which item of the agenda each part belongs to. No database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from xml.etree.ElementTree import Element

from core import richtext
from core.docx import markup

LEAVE_OUT, NEW_ITEM = "leave", "new"
MOST_PARTS = 200
_LEVELS = range(1, 7)
_CLOSE = 0.8  # likeness from which two titles are taken for the same, 1 being equal
_NUMBERING = re.compile(r"^(?:point|item)?\s*\d{1,2}(?:\.\d{1,2})*\s*[.):–-]*\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """One heading with the text under it; the text before the first heading has no title."""

    number: int  # from 1
    title: str
    html: str  # rich text, as it would be stored

    @property
    def words(self) -> int:
        return richtext.word_count(self.html)

    @property
    def is_empty(self) -> bool:
        return richtext.is_empty(self.html)


@dataclass(frozen=True)
class Proposal:
    """Where a part would go: the position of an item in the titles given, `NEW_ITEM` or `LEAVE_OUT`."""

    target: int | str
    is_close: bool = False  # the titles are alike, not the same


def normal(title: str) -> str:
    """A title without numbering, accents, case and punctuation: two that agree in this are the same."""
    text = unicodedata.normalize("NFKD", _NUMBERING.sub("", title.strip()))
    text = "".join(
        character if character.isalnum() else " " for character in text if not unicodedata.combining(character)
    )
    return " ".join(text.casefold().split())


def without_numbering(title: str) -> str:
    return _NUMBERING.sub("", title.strip()) or title.strip()


def item_level(html: str, titles: Sequence[str]) -> int:
    """The level of headings that name items: where most titles agree, else the highest that occurs more than once."""
    headings = [block for block in markup.parse(html) if _level(block)]
    known = {normal(title) for title in titles}
    found = {level: [normal(markup.words(block)) for block in headings if _level(block) == level] for level in _LEVELS}
    agreeing = {level: len(known.intersection(words)) for level, words in found.items()}
    if best := max(agreeing.values()):
        return next(level for level in _LEVELS if agreeing[level] == best)
    several = [level for level in _LEVELS if len(found[level]) > 1]
    return next(iter(several or [level for level in _LEVELS if found[level]]), 1)


def levels_in(html: str) -> list[int]:
    return sorted({level for block in markup.parse(html) if (level := _level(block))})


def split(html: str, level: int, titles: Sequence[str]) -> list[Part]:
    """The parts of a document in order. A paragraph that is exactly a title of the agenda is a heading too."""
    known = {normal(title) for title in titles} - {""}
    gathered: list[tuple[str, list[Element]]] = [("", [])]
    for block in markup.parse(html):
        words = markup.words(block)
        opens = (_level(block) or 9) <= level or (block.tag == "p" and normal(words) in known)
        if opens and words:
            gathered.append((without_numbering(words), []))
        elif words:
            gathered[-1][1].append(block)
    filled = [(title, blocks) for title, blocks in gathered if title or blocks]
    return [Part(number, title, _stored(blocks, level)) for number, (title, blocks) in enumerate(filled, start=1)]


def _stored(blocks: list[Element], level: int) -> str:
    """The blocks as rich text: the first level of headings below the items' becomes h3, deeper ones h4."""
    below = [found for block in blocks if (found := _level(block)) and found > level]
    top = min(below, default=level + 1)
    for block in blocks:
        if found := _level(block):
            block.tag = "h3" if found <= top else "h4"
        for inner in block.iter():
            if inner is not block and inner.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                inner.tag = "h4"
    return richtext.clean("".join(markup.outer(block) for block in blocks))


def _level(block: Element) -> int:
    return int(block.tag[1]) if re.fullmatch("h[1-6]", block.tag) else 0


def propose(parts: Sequence[Part], titles: Sequence[str], *, aside: Sequence[str] = ()) -> list[Proposal]:
    """A proposal for each part; each item is proposed once. `aside` are headings that are no items of an agenda."""
    free = {position: normal(title) for position, title in enumerate(titles)}
    left = {normal(title) for title in aside}
    exact: dict[int, int] = {}
    for part in parts:
        title = normal(part.title)
        same = next((position for position, known in free.items() if known == title and title), None)
        if same is not None:
            exact[part.number] = same
            del free[same]
    proposals = []
    for part in parts:
        title = normal(part.title)
        if part.number in exact:
            proposals.append(Proposal(exact[part.number]))
            continue
        alike = max(free, key=lambda position: _likeness(free[position], title), default=None)
        if title and alike is not None and _likeness(free[alike], title) >= _CLOSE:
            del free[alike]
            proposals.append(Proposal(alike, is_close=True))
        elif not title or part.is_empty or title in left:
            proposals.append(Proposal(LEAVE_OUT))
        else:
            proposals.append(Proposal(NEW_ITEM))
    return proposals


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
