"""Rich text written into a .docx (python-docx): headings, paragraphs, real lists, quotes, tables, links.

Lists carry numbering of their own with true levels, so that Word, LibreOffice and `core.docx.reading` see them
as lists; each numbered list begins at its own number.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from docx import Document
from docx.document import Document as DocumentType
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from core.docx import markup
from core.richtext import clean

_LEVELS = 9
_SPACES = re.compile(r"[ \t\r\n]+")
BULLETS = "•◦▪"
PAGE_MARGIN = 22  # millimetres
COLOURS = {  # of ink and green in static/css/tokens.css
    "Title": "18211D",
    "Subtitle": "47524C",
    "Caption": "47524C",
    "Heading 1": "1D4D3E",
    "Heading 2": "1D4D3E",
    "Heading 3": "1D4D3E",
}


class WordWriter:
    """A .docx in the making. `base_url` completes links that lead into the portal."""

    def __init__(self, *, base_url: str, language: str) -> None:
        self.base_url = base_url
        self.document: DocumentType = Document()
        self._abstract: dict[str, Any] = {}
        _dress(self.document)
        for element in self.document.styles.element.iter(qn("w:lang")):
            element.set(qn("w:val"), language)
        self.language = language

    def heading(self, text: str, level: int) -> None:
        self.document.add_heading(_plain(text), level)

    def paragraph(self, text: str, *, style: str | None = None, bold: bool = False) -> Any:
        paragraph = self.document.add_paragraph(style=style)
        paragraph.add_run(_plain(text)).bold = bold or None
        return paragraph

    def rich_text(self, html: str) -> None:
        """The blocks of a stored text; its h3 and h4 become headings of the second and third level."""
        self._blocks(markup.parse(clean(html)), self.document)

    def table(self, head: list[str], rows: list[list[str]], widths: list[int]) -> None:
        """A table over the page's width, its columns as wide as `widths` says in millimetres."""
        made = self.document.add_table(rows=0, cols=len(head), style="Table Grid")
        made.autofit = False
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Mm(width)
        for number, texts in enumerate([head, *rows]):
            cells = made.add_row().cells
            for cell, text, width in zip(cells, texts, widths, strict=True):
                cell.width = Mm(width)
                cell.paragraphs[0].add_run(_plain(text)).bold = True if number == 0 else None
        _mark_head(made.rows[0])
        self.document.add_paragraph()

    # --- blocks --------------------------------------------------------------------------------------------------

    def _blocks(
        self, root: Element, place: Any, *, style: str | None = None, lists: tuple[int, int] | None = None
    ) -> None:
        """Writes the blocks under `root` into `place`; the first paragraph of a list item carries `lists`."""
        loose = Element("p")
        loose.text = root.text
        for child in root:
            if child.tag in markup.BLOCKS:
                loose = self._end_loose(loose, place, style)
                self._block(child, place, style=style, lists=lists)
                lists = None if child.tag == "p" else lists
                loose.text = child.tail
            else:
                loose.append(child)
        self._end_loose(loose, place, style)

    def _end_loose(self, loose: Element, place: Any, style: str | None) -> Element:
        if markup.words(loose):
            self._inline(loose, place.add_paragraph(style=style))
        return Element("p")

    def _block(self, element: Element, place: Any, *, style: str | None, lists: tuple[int, int] | None) -> None:
        tag = element.tag
        if tag == "p":
            paragraph = place.add_paragraph(style=style)
            if lists:
                _number(paragraph, *lists)
            self._inline(element, paragraph)
        elif tag in ("h3", "h4"):
            self._inline(element, place.add_paragraph(style=f"Heading {int(tag[1]) - 1}"))
        elif tag == "blockquote":
            self._blocks(element, place, style="Quote")
        elif tag in ("ul", "ol"):
            self._list(element, place, lists[1] + 1 if lists else 0)
        elif tag == "table":
            self._table(element, place)
        else:
            self._blocks(element, place, style=style, lists=lists)

    def _list(self, element: Element, place: Any, level: int) -> None:
        level = min(level, _LEVELS - 1)
        start = element.get("start") or "1"
        number = self._numbering("number" if element.tag == "ol" else "bullet", int(start) if start.isdecimal() else 1)
        for item in element:
            first: tuple[int, int] | None = (number, level)
            rest = list(item)
            for child in rest or [item]:
                if child.tag in ("ul", "ol"):
                    self._list(child, place, level + 1)
                elif child is item or child.tag not in markup.BLOCKS:
                    self._block_as_paragraph(item, place, first)
                    break
                else:
                    self._block(child, place, style="List Paragraph", lists=first)
                    first = None

    def _block_as_paragraph(self, item: Element, place: Any, lists: tuple[int, int] | None) -> None:
        paragraph = place.add_paragraph(style="List Paragraph")
        if lists:
            _number(paragraph, *lists)
        self._inline(item, paragraph)

    def _table(self, element: Element, place: Any) -> None:
        rows = list(element.iter("tr"))
        width = max((sum(_span(cell, "colspan") for cell in row) for row in rows), default=0)
        if not width:
            return
        made = self.document.add_table(rows=len(rows), cols=width, style="Table Grid")
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(rows):
            column = 0
            for cell in row:
                while (number, column) in taken:
                    column += 1
                last = min(column + _span(cell, "colspan"), width) - 1
                bottom = min(number + _span(cell, "rowspan"), len(rows)) - 1
                if column >= width:
                    break
                spot = made.cell(number, column)
                if (last, bottom) != (column, number):
                    spot = spot.merge(made.cell(bottom, last))
                taken |= {(r, c) for r in range(number, bottom + 1) for c in range(column, last + 1)}
                self._cell(cell, spot)
                column = last + 1
        if rows and all(cell.tag == "th" for cell in rows[0]):
            _mark_head(made.rows[0])
        self.document.add_paragraph()

    def _cell(self, element: Element, spot: Any) -> None:
        """Fills a cell, whose first empty paragraph gives way: python-docx always adds one."""
        empty = spot.paragraphs[0]._p
        self._blocks(element, spot)
        if len(spot.paragraphs) > 1:
            spot._tc.remove(empty)
        if element.tag == "th":
            for paragraph in spot.paragraphs:
                for run in paragraph.runs:
                    run.bold = True

    # --- words ---------------------------------------------------------------------------------------------------

    def _inline(self, element: Element, paragraph: Any, marks: frozenset[str] = frozenset()) -> None:
        self._run(element.text, paragraph, marks)
        for child in element:
            if child.tag == "br":
                paragraph.add_run().add_break()
            elif child.tag == "a":
                self._link(child, paragraph, marks)
            elif child.tag not in markup.BLOCKS:
                self._inline(child, paragraph, marks | {str(child.tag)})
            self._run(child.tail, paragraph, marks)

    def _run(self, text: str | None, paragraph: Any, marks: frozenset[str]) -> Any:
        text = _SPACES.sub(" ", text or "")
        if not text:
            return None
        run = paragraph.add_run(text)
        run.bold, run.italic = "strong" in marks or None, "em" in marks or None
        run.font.strike = "s" in marks or None
        if marks & {"sup", "sub"}:
            run.font.superscript = "sup" in marks
            run.font.subscript = "sup" not in marks
        return run

    def _link(self, element: Element, paragraph: Any, marks: frozenset[str]) -> None:
        href = element.get("href")
        if not href or href.startswith("#"):
            self._inline(element, paragraph, marks)
            return
        address = urljoin(self.base_url + "/", href)
        relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        before = len(paragraph.runs)
        self._inline(element, paragraph, marks)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), relation)
        for run in paragraph.runs[before:]:
            run.underline = True
            link.append(run._r)
        paragraph._p.append(link)

    # --- numbering -----------------------------------------------------------------------------------------------

    def _numbering(self, kind: str, start: int) -> int:
        """The number of a new list of its own; a numbered one begins at `start`."""
        root = self.document.part.numbering_part.element
        if kind not in self._abstract:
            self._abstract[kind] = _abstract_list(root, kind)
        made = root.add_num(self._abstract[kind])
        if kind == "number":
            for level in range(_LEVELS):
                made.add_lvlOverride(ilvl=level).add_startOverride(start if level == 0 else 1)
        return int(made.numId)


def _dress(document: DocumentType) -> None:
    """A sheet of A4 in the portal's own colours instead of python-docx's letter in Office blue."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(PAGE_MARGIN)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    for name, colour in COLOURS.items():
        style = document.styles[name]
        style.font.color.rgb = RGBColor.from_string(colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):  # the theme's fonts would win over the name
            del fonts.attrib[attribute]
        style.font.name = "Calibri"
    for border in document.styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _abstract_list(root: Any, kind: str) -> int:
    """Adds the description of a list with nine levels to the numbering part; gives its number."""
    taken = [int(each.get(qn("w:abstractNumId"))) for each in root.findall(qn("w:abstractNum"))]
    number = max(taken, default=0) + 1
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), str(number))
    abstract.append(_with("w:multiLevelType", "hybridMultilevel"))
    for level in range(_LEVELS):
        made = OxmlElement("w:lvl")
        made.set(qn("w:ilvl"), str(level))
        made.append(_with("w:start", "1"))
        made.append(_with("w:numFmt", "decimal" if kind == "number" else "bullet"))
        made.append(_with("w:lvlText", f"%{level + 1}." if kind == "number" else BULLETS[level % len(BULLETS)]))
        made.append(_with("w:lvlJc", "left"))
        properties, indent = OxmlElement("w:pPr"), OxmlElement("w:ind")
        indent.set(qn("w:left"), str(720 * (level + 1)))
        indent.set(qn("w:hanging"), "360")
        properties.append(indent)
        made.append(properties)
        abstract.append(made)
    first = root.find(qn("w:num"))  # descriptions stand before the lists that use them
    if first is None:
        root.append(abstract)
    else:
        first.addprevious(abstract)
    return number


def _number(paragraph: Any, number: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def _with(tag: str, value: str) -> Any:
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    return element


def _mark_head(row: Any) -> None:
    """Repeated on every page, and read by screen readers as the head of the table."""
    row._tr.get_or_add_trPr().append(_with("w:tblHeader", "true"))


def _span(cell: Element, name: str) -> int:
    value = cell.get(name) or "1"
    return int(value) if value.isdecimal() else 1


def _plain(text: str) -> str:
    return markup.CONTROLS.sub("", text)
