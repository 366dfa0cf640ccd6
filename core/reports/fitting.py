"""What is printed stays within the margins: wide tables are made small or turned, long words may break, and the
pages are looked over once they are laid out. Knows the tree and the boxes of WeasyPrint, nothing of what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from django.utils import translation
from django.utils.translation import ngettext
from weasyprint.formatting_structure import boxes

REVISION = 3  # grows when this module changes what is printed: part of a report's key
DENSE_FROM, TURNED_FROM = 7, 10  # columns
LONG_TITLE = 90  # letters of a cover's title from which it is set smaller, so that it stays below the picture
NO_WORD = 40  # letters: what is longer is no word, and would take seconds to hyphenate
_TEXT, _TURNED = 136.0, 253.0  # millimetres: the narrower of a page's columns, and a turned page
_LETTER, _GAP = {"": 1.75, "dense": 1.45, "turned": 1.3}, {"": 4.0, "dense": 2.0, "turned": 2.0}  # millimetres
_SLACK = 3.0  # pixels by which a glyph may stand out
_OF_TABLES = {"table", "thead", "tbody", "tfoot", "tr"}
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+")


def fit(root: Element) -> None:
    """Marks in the parsed document what the style sheets (static/print/fits.css) then set smaller, turn or break."""
    for title in root.iter("h1"):
        if len("".join(title.itertext())) > LONG_TITLE:
            _add_class(title, "long-title")
    _keep_addresses_whole(root)
    _close_up_tables(root)
    for parent in list(root.iter()):
        for table in [child for child in parent if child.tag == "table"]:
            _fit_table(parent, table, root.get("lang") or "fr")


def _close_up_tables(root: Element) -> None:
    """Takes the blanks between rows and cells away: around a row that is alone in its table, WeasyPrint tags them as a
    second body within the first.
    """
    for element in root.iter():
        if element.tag not in _OF_TABLES:
            continue
        if not (element.text or "").strip():
            element.text = None
        for child in element:
            if not (child.tail or "").strip():
                child.tail = None


@dataclass(frozen=True)
class Overflow:
    page: int
    what: str

    def __str__(self) -> str:
        return f"page {self.page}: {self.what}"


def overflows(pages: list[Any]) -> list[Overflow]:
    """What stands beyond the margins: words, pictures and rules are looked at, grounds are not."""
    found = []
    for number, page in enumerate(pages, start=1):
        box = page._page_box  # WeasyPrint's public page knows no boxes; it is pinned (see tagging)
        inside = (box.content_box_x(), box.content_box_y(), box.width, box.height)
        for child in box.children:
            room = (
                (child.content_box_x(), child.position_y, child.width, child.margin_height())
                if isinstance(child, boxes.MarginBox)
                else inside
            )
            found += [Overflow(number, what) for what in _beyond(child, room)]
    return found


def _fit_table(parent: Element, table: Element, language: str) -> None:
    rows = [[cell for cell in row if cell.tag in {"th", "td"}] for row in table.iter("tr")]
    columns = max((sum(_span(cell) for cell in row) for row in rows), default=0)
    how = "turned" if columns >= TURNED_FROM else "dense" if columns >= DENSE_FROM else ""
    if how:
        _add_class(table, how)
    _let_break(table, rows, columns, how)
    if how:
        _tell(parent, table, columns, how, language)


def _let_break(table: Element, rows: list[list[Element]], columns: int, how: str) -> None:
    """Words may break only in tables whose longest words do not fit beside each other.

    Such a table gets the widths of its columns here, by their longest words up to twice an equal share: the layout
    would try every break of every word to find them, which takes a minute for a few long ones.
    """
    if not columns:
        return
    room = (_TURNED if how == "turned" else _TEXT) - columns * _GAP[how]
    letters = room / _LETTER[how]
    longest = [0] * columns
    for row in rows:
        for place, cell in enumerate(row):
            if _span(cell) == 1 and place < columns:
                longest[place] = max(longest[place], _longest(cell))
    if sum(longest) <= letters:
        return
    weights = [min(max(length, 3), 2 * letters / columns) for length in longest]
    group = Element("colgroup")
    group.extend(Element("col", {"style": f"width: {100 * weight / sum(weights):.2f}%"}) for weight in weights)
    table.insert(0, group)
    _add_class(table, "breaks")


def _longest(cell: Element) -> int:
    text = "".join(cell.itertext())
    kept_together = {"n", "when"} & set((cell.get("class") or "").split())
    return len(text.strip()) if kept_together else max(map(len, text.split()), default=0)


def _span(cell: Element) -> int:
    value = cell.get("colspan") or "1"
    return int(value) if value.isdecimal() else 1


def _tell(parent: Element, table: Element, columns: int, how: str, language: str) -> None:
    """The table in a frame, below a line that says why it looks other than the rest."""
    frame, note = Element("div", {"class": f"frame-{how}"}), Element("p", {"class": "note set-small"})
    with translation.override(language):
        if how == "turned":
            text = ngettext(
                "Table of %(number)d column, on a turned page and in small type.",
                "Table of %(number)d columns, on a turned page and in small type.",
                columns,
            )
        else:
            text = ngettext(
                "Table of %(number)d column, in small type.", "Table of %(number)d columns, in small type.", columns
            )
        note.text = text % {"number": columns}
    frame.tail, table.tail = table.tail, None
    place = list(parent).index(table)
    parent[place] = frame
    frame.extend([*_heads_before(parent, place), note, table])


def _heads_before(parent: Element, place: int) -> list[Element]:
    """The headings right above a table go with it: a turned table begins a page, and left them at the foot of the last."""
    heads: list[Element] = []
    while place > 0 and parent[place - 1].tag in _HEADINGS and not (parent[place - 1].tail or "").strip():
        place -= 1
        heads.insert(0, parent[place])
        parent.remove(parent[place])
    return heads


def _keep_addresses_whole(root: Element) -> None:
    """An address somebody typed without making it a link is not hyphenated either, nor what is no word."""
    body = root.find("body")
    if body is None:
        return
    for element in list(body.iter()):
        if element.tag in {"a", "svg", "style"} or not isinstance(element.tag, str):
            continue
        _wrap_addresses(element)


def _wrap_addresses(element: Element) -> None:
    pieces = [(None, element.text), *((child, child.tail) for child in list(element))]
    if any(len(word) > NO_WORD for _before, text in pieces for word in (text or "").split()):
        _add_class(element, "unhyphenated")
    for before, text in reversed(pieces):
        if not text or not (found := list(_ADDRESS.finditer(text))):
            continue
        start = 0 if before is None else list(element).index(before) + 1
        ends = [match.start() for match in found[1:]] + [len(text)]
        if before is None:
            element.text = text[: found[0].start()]
        else:
            before.tail = text[: found[0].start()]
        for offset, (match, end) in enumerate(zip(found, ends, strict=True)):
            span = Element("span", {"class": "whole-address"})
            span.text, span.tail = match[0], text[match.end() : end]
            element.insert(start + offset, span)


def _add_class(element: Element, name: str) -> None:
    element.set("class", " ".join([*(element.get("class") or "").split(), name]))


def _beyond(top: Any, room: tuple[float, float, float, float]) -> Iterator[str]:
    left, upper, width, height = room
    for box in top.descendants(placeholders=True):
        if isinstance(box, boxes.TextBox):
            if not box.text.strip():
                continue
            edges = box.position_x, box.position_y, box.width, box.height
            what = f"“{box.text[:40]}”"
        elif isinstance(box, boxes.ReplacedBox):
            edges = box.content_box_x(), box.content_box_y(), box.width, box.height
            what = f"picture <{box.element_tag}>"
        elif isinstance(box, boxes.BlockLevelBox | boxes.TableCellBox) and _is_ruled(box):
            edges = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
            what = f"rule of <{box.element_tag}>"
        else:
            continue
        if edges[0] < left - _SLACK or edges[0] + edges[2] > left + width + _SLACK:
            yield f"{what} stands beside the page’s text"
        elif edges[1] < upper - _SLACK or edges[1] + edges[3] > upper + height + _SLACK:
            yield f"{what} stands above or below the page’s text"


def _is_ruled(box: Any) -> bool:
    return any(getattr(box, f"border_{side}_width") > 0 for side in ("top", "right", "bottom", "left"))
