"""From a table that was sent to rows of texts by field: which sheet, which head, which column is what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from core.tables.sheets import (
    FORMULA,
    HEAD_WITHIN,
    NumberedRow,
    Sheet,
    TableFile,
    Unreadable,
    open_table,
    refuse_merged,
)
from funding.enums import TableKind
from funding.imports import scdl
from funding.imports.cells import plain
from funding.imports.shapes import TableShape

MOST_ROWS = 2_000
MOST_BYTES = 2 * 1024 * 1024
MOST_TOLD = 5  # names or places in one sentence
_ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#VALEUR!", "#NOM?", "#NOMBRE!")

TextRow = dict[str, str]  # field → text of the cell; "row" → its number in the file

__all__ = ["Table", "TextRow", "Unreadable", "formula_error", "read"]


@dataclass
class Table:
    """`columns` says where each field stands in the file ("K"), `ignored` the heads that are not known."""

    rows: list[TextRow]
    columns: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    dialect: str = ""  # "scdl" for a file of that schema
    computed: list[str] = field(default_factory=list)  # heads of what the portal computes itself
    not_kept: dict[str, int] = field(default_factory=dict)  # columns of the schema without a place here → filled cells
    twice: list[str] = field(default_factory=list)  # references that stand twice
    asks_share: bool = False  # amounts stand beside shares: are they of the decision or of the row?
    share: str = ""  # the answer, `scdl.WHOLE` or `scdl.PART`


@dataclass(frozen=True)
class _Found:
    """A sheet with its head: the number of its row, its cells; whether rows stand below it."""

    sheet: Sheet
    number: int
    head: list[str]
    has_rows: bool


def read(upload: UploadedFile, shape: TableShape) -> Table:
    """Rows in the file's order, blank ones left out. Raises `Unreadable`."""
    reading = Reading(upload, shape)
    table = reading.table
    table.rows = list(islice(reading.rows(), MOST_ROWS + 1))
    if len(table.rows) > MOST_ROWS:
        raise Unreadable(_("This file has more than %(number)s rows.") % {"number": MOST_ROWS})
    return table


class Reading:
    """One file under the eyes of one shape. `table` says how it was read; its rows come one by one from `rows`."""

    def __init__(self, upload: UploadedFile, shape: TableShape) -> None:
        if upload.size > MOST_BYTES:
            raise Unreadable(_("This file is larger than %(most)s.") % {"most": filesizeformat(MOST_BYTES)})
        self.shape = shape
        self.file = open_table(upload, knows=lambda row: _known(row, shape))
        self.found = _sheet_of(self.file, shape)
        head = self.found.head
        is_scdl = shape.kind == TableKind.LINES and scdl.is_scdl(head)
        self.fields = _fields(head, shape)
        _refuse_twice(self.fields, shape)
        refuse_merged(self.file, self.found.sheet, head=self.found.number)
        self.survey = scdl.Survey() if is_scdl else None
        named = list(zip(head, self.fields, strict=True))
        self.schema = {place: cell for place, cell in enumerate(head) if is_scdl and plain(cell) in scdl.NOT_KEPT}
        self.share = next((at for at, cell in enumerate(head) if is_scdl and scdl.is_share(cell)), None)
        self.table = Table(
            rows=[],
            columns={name: get_column_letter(number) for number, name in enumerate(self.fields, start=1) if name},
            computed=[cell for cell, name in named if not name and plain(cell) in shape.computed],
            dialect=scdl.DIALECT if is_scdl else "",
        )
        known = {*self.table.computed, *self.schema.values()}
        self.table.ignored = [
            cell
            for at, (cell, name) in enumerate(named)
            if cell and not name and cell not in known and at != self.share
        ]

    def rows(self) -> Iterator[TextRow]:
        """The rows, in the words of the portal's own table. With the last one `table` is complete."""
        if self.survey is not None:
            for number, cells in _below(self.file, self.found):
                self.survey.look(self._row(number, cells))
        head, keys, unnamed, not_kept = self.found.head, Counter[tuple[str, str]](), set[int](), Counter[str]()
        for number, cells in _below(self.file, self.found):
            row = self._row(number, cells)
            keys[row.get("reference", "").strip(), plain(row.get("giver", ""))] += 1  # each funder numbers its own
            unnamed |= {at for at, cell in enumerate(cells) if cell and (at >= len(head) or not head[at])}
            not_kept.update(name for at, name in self.schema.items() if at < len(cells) and cells[at])
            if self.survey is not None:
                self.survey.translate(row)
            yield row
        table = self.table
        table.not_kept = dict(not_kept)
        if self.survey is None:
            table.twice = sorted({key for (key, _giver), number in keys.items() if number > 1 and key})
        else:
            table.asks_share = self.survey.asks_share
        told = _("column %(letter)s, which has no heading")
        table.ignored += [told % {"letter": get_column_letter(place + 1)} for place in sorted(unnamed)]

    def _row(self, number: int, cells: list[str]) -> TextRow:
        row = {"row": str(number)}
        row |= {name: cell for name, cell in zip(self.fields, cells, strict=False) if name}
        if self.share is not None and self.share < len(cells):
            row[scdl.SHARE] = cells[self.share]
        return row


def _sheet_of(file: TableFile, shape: TableShape) -> _Found:
    """The sheet that holds the table: not the first, but the one whose head names the key, with rows below it."""
    candidates, is_blank = [], True
    for sheet in file.sheets:
        start = list(islice(file.rows(sheet), HEAD_WITHIN + 1))
        is_blank = is_blank and not start
        place = next((at for at, (_n, row) in enumerate(start[:HEAD_WITHIN]) if _is_head(row, shape)), None)
        if place is not None:
            candidates.append(_Found(sheet, *start[place], len(start) > place + 1))
    if is_blank:
        raise Unreadable(_("This file is empty."))
    if not candidates:
        message = _("The column “%(column)s” is missing.")
        raise Unreadable(message % {"column": shape.by_field["reference"].header})
    tables = [found for found in candidates if _known(found.head, shape) > 1]  # notes name a column, too
    filled = [found for found in tables or candidates if found.has_rows]
    if not filled:
        raise Unreadable(_("This table has a head and no row below it: there is nothing to import."))
    shown = [found for found in filled if not found.sheet.is_hidden]
    if not shown:
        text = _("Only the hidden sheet “%(sheet)s” of this workbook holds a table: show it, then send the file again.")
        raise Unreadable(text % {"sheet": filled[0].sheet.name})
    if len(shown) > 1:
        text = _("Several sheets of this workbook hold a table: %(sheets)s. Keep the one to be imported.")
        raise Unreadable(text % {"sheets": ", ".join(found.sheet.name for found in shown[:MOST_TOLD])})
    return shown[0]


def _known(row: list[str], shape: TableShape) -> int:
    return sum(bool(name) for name in _fields(row, shape))


def _is_head(row: list[str], shape: TableShape) -> bool:
    return "reference" in _fields(row, shape) or (shape.kind == TableKind.LINES and scdl.is_scdl(row))


def _refuse_twice(fields: list[str], shape: TableShape) -> None:
    twice = sorted({name for name in fields if name and fields.count(name) > 1})
    if twice:
        column = shape.by_field[twice[0]].header
        letters = ", ".join(get_column_letter(at) for at, name in enumerate(fields, start=1) if name == twice[0])
        text = _("Two columns of this file mean the same, “%(column)s”: %(letters)s. Keep one.")
        raise Unreadable(text % {"column": column, "letters": letters})


def _below(file: TableFile, found: _Found) -> Iterator[NumberedRow]:
    return ((number, cells) for number, cells in file.rows(found.sheet) if number > found.number)


def _fields(row: list[str], shape: TableShape) -> list[str]:
    """The field of each head, "" where there is none; what is computed gives way where the field has another head."""
    known, computed = shape.by_name, shape.computed
    fields = [known.get(plain(cell), "") for cell in row]
    return [
        "" if name and plain(cell) in computed and fields.count(name) > 1 else name
        for cell, name in zip(row, fields, strict=True)
    ]


def formula_error(text: str) -> str | None:
    """What is wrong with a cell that a formula filled; None for any other."""
    if text == FORMULA:
        return _("this cell holds a formula without a result: open the file in Excel and save it.")
    if text in _ERRORS:
        return _("this cell holds a formula that failed: %(text)s.") % {"text": text}
    return None
