"""Rich text read as plain text: for search, mail, word counts, and the form of a browser without script."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .marks import as_words

MAX_DEPTH = 40  # deeper elements are read as if they stood at this depth; the editor writes no such text

_LISTS = frozenset({"ul", "ol"})
_BLOCKS = frozenset({"p", "h3", "h4", "blockquote", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"})
_SPACE = re.compile(r"[ \t\r\n\f]+")  # as HTML folds it: a no-break space is no such space
_BREAK = "\x00"  # a <br> while the spaces around it are being folded; NUL cannot occur in parsed HTML
_WORD = re.compile(r"\w")


def to_text(html: str, *, links: bool = False) -> str:
    """The words of a cleaned text, paragraphs apart by an empty line.

    List items begin by "- " or "1. ", quoted lines by "> ", the cells of a row are parted by " | ". With
    `links` the address of a link follows its words in brackets, for a mail. Struck words are named so.
    """
    return "\n\n".join(_blocks(_tree(html), links=links))


def is_empty(html: str) -> bool:
    """Whether a text holds nothing to read: empty paragraphs, items and cells count as nothing."""
    return not _tree(html).has_words()


def word_count(html: str) -> int:
    """Words as a French reader counts them: « and : stand alone but are no words, "l’eau" is one."""
    return sum(1 for word in _tree(html).words().split() if _WORD.search(word))


def depth(html: str) -> int:
    """How deep elements stand in each other."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.deepest


@dataclass
class _Element:
    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list[_Element | str] = field(default_factory=list)

    def words(self) -> str:
        """All words in it, blocks parted by spaces."""
        parts = (child if isinstance(child, str) else child.words() for child in self.children)
        edge = " " if self.tag in _BLOCKS or self.tag == "br" else ""
        return edge + "".join(parts) + edge

    def has_words(self) -> bool:
        return bool(self.words().strip())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Element("")
        self.open = [self.root]
        self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, dict(attrs))
        self.open[min(len(self.open), MAX_DEPTH) - 1].children.append(element)
        if tag != "br":
            self.open.append(element)
            self.deepest = max(self.deepest, len(self.open) - 1)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.open[min(len(self.open), MAX_DEPTH) - 1].children.append(data)


def _tree(html: str) -> _Element:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root


def _blocks(element: _Element, *, links: bool) -> list[str]:
    """The blocks in an element, each perhaps of several lines; words outside of any block make one of their own."""
    blocks: list[str] = []
    inline: list[_Element | str] = []

    def end_inline() -> None:
        text = _fold("".join(_inline(child, links=links) for child in inline))
        inline.clear()
        if text:
            blocks.append(text)

    for child in element.children:
        if isinstance(child, _Element) and child.tag in _BLOCKS:
            end_inline()
            blocks.extend(_block(child, links=links))
        else:
            inline.append(child)
    end_inline()
    return blocks


def _block(element: _Element, *, links: bool) -> list[str]:
    if element.tag in _LISTS:
        text = "\n".join(_items(element, links=links))
    elif element.tag == "blockquote":
        text = _prefixed("\n\n".join(_blocks(element, links=links)), "> ", "> ")
    elif element.tag == "table":
        text = "\n".join(_row(row, links=links) for row in _rows(element) if row.has_words())
    else:
        return _blocks(element, links=links)
    return [text] if text else []


def _items(element: _Element, *, links: bool) -> list[str]:
    start = element.attributes.get("start") or "1"
    number = int(start) if start.isdecimal() else 1
    items = []
    for child in element.children:
        if isinstance(child, str):
            continue
        marker = "- " if element.tag == "ul" else f"{number}. "
        number += 1
        text = "\n".join(_blocks(child, links=links))
        if text:
            items.append(_prefixed(text, marker, " " * len(marker)))
    return items


def _rows(table: _Element) -> list[_Element]:
    rows = []
    for child in table.children:
        if isinstance(child, _Element):
            rows.extend([child] if child.tag == "tr" else _rows(child))
    return rows


def _row(row: _Element, *, links: bool) -> str:
    cells = (cell for cell in row.children if isinstance(cell, _Element))
    return " | ".join(" ".join(_blocks(cell, links=links)).replace("\n", " ") for cell in cells)


def _inline(child: _Element | str, *, links: bool) -> str:
    if isinstance(child, str):
        return child
    if child.tag == "br":
        return _BREAK
    text = as_words(child.tag, "".join(_inline(grandchild, links=links) for grandchild in child.children))
    href = child.attributes.get("href") or ""
    if links and href.startswith(("http", "mailto:")) and text.strip() not in href:
        text += f" ({href.removeprefix('mailto:')})"
    return text


def _fold(text: str) -> str:
    lines = (_SPACE.sub(" ", line).strip(" ") for line in text.split(_BREAK))
    return "\n".join(lines).strip("\n")


def _prefixed(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join(((first if i == 0 else others) + line).rstrip(" ") for i, line in enumerate(lines))
