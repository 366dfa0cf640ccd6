"""Clean HTML as a tree, and back: what the allow-list of rich text lets through is well-formed enough for that."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from core.richtext.marks import as_words

BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "table"})
HOLDERS = frozenset({"li", "td", "th", "blockquote"})  # hold paragraphs, never bare words
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML file may hold them
_EMPTY = re.compile(r"<(br|img|input|hr)\b([^>]*?)/?>")


def parse(html: str) -> Element:
    """A tree whose root holds the blocks of `html`. Raises `ET.ParseError` for what is not well-formed."""
    text = CONTROLS.sub("", _EMPTY.sub(r"<\1\2/>", html)).replace("&nbsp;", "\u00a0")
    return ET.fromstring(f"<div>{text}</div>")  # noqa: S314 (no document type can stand inside a <div>)


def serialize(root: Element) -> str:
    """The HTML inside `root`."""
    return (root.text or "") + "".join(outer(child) for child in root)


def outer(element: Element) -> str:
    return ET.tostring(element, encoding="unicode", method="html")


def words(element: Element) -> str:
    """Its words in one line; blocks, cells and breaks part them, struck words are named so."""
    return " ".join("".join(_in_order(element)).split())


def _in_order(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        gap = " " if child.tag in BLOCKS or child.tag in ("br", "tr", "td", "th") else ""
        yield gap
        yield as_words(str(child.tag), "".join(_in_order(child)))
        yield gap + (child.tail or "")


def tidy(root: Element) -> None:
    """No anchors that lead nowhere, no table in a table, no bare words where paragraphs belong."""
    for table in list(root.iter("table")):
        for inner in [found for found in table.iter("table") if found is not table]:
            _flatten(table, inner)
    # The mark of a note stands in line as "[1]"; other raised words stay raised.
    _unwrap(root, lambda element: element.tag == "sup" and any(_is_anchor(child) for child in element.iter("a")))
    _unwrap(root, _is_anchor)
    for holder in [element for element in root.iter() if element.tag in HOLDERS]:
        _wrap_words(holder)


def _is_anchor(element: Element) -> bool:
    return element.tag == "a" and (element.get("href") or "#").startswith("#")


def _flatten(root: Element, table: Element) -> None:
    """A table inside a cell becomes one paragraph a row, its cells parted by bars."""
    for parent in root.iter():
        for position, child in enumerate(list(parent)):
            if child is table:
                rows = [" | ".join(filter(None, map(words, row))) for row in table.iter("tr")]
                parent.remove(table)
                for offset, text in enumerate(filter(None, rows)):
                    line = Element("p")
                    line.text = text
                    parent.insert(position + offset, line)
                return


def _unwrap(parent: Element, wanted: Callable[[Element], bool]) -> None:
    """Elements that `wanted` names give way to what they hold."""
    for child in list(parent):
        _unwrap(child, wanted)
        if not wanted(child):
            continue
        position = list(parent).index(child)
        _add_text(parent, position, child.text)
        inside = list(child)
        parent.remove(child)
        for offset, grandchild in enumerate(inside):
            parent.insert(position + offset, grandchild)
        _add_text(parent, position + len(inside), child.tail)


def _add_text(parent: Element, position: int, text: str | None) -> None:
    """Adds `text` before the child at `position`."""
    if not text:
        return
    if position == 0:
        parent.text = (parent.text or "") + text
    else:
        before = parent[position - 1]
        before.tail = (before.tail or "") + text


def _wrap_words(holder: Element) -> None:
    children, texts = list(holder), holder.text
    for child in children:
        holder.remove(child)
    holder.text = None
    line: Element | None = None

    def add(text: str | None) -> None:
        nonlocal line
        if text and (text.strip() or line is not None):
            line = line if line is not None else ET.SubElement(holder, "p")
            _add_text(line, len(line), text)

    add(texts)
    for child in children:
        tail, child.tail = child.tail, None
        if child.tag in BLOCKS:
            line = None
            holder.append(child)
        else:
            line = line if line is not None else ET.SubElement(holder, "p")
            line.append(child)
        add(tail)
    if not len(holder):
        ET.SubElement(holder, "p")
