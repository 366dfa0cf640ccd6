"""From a table that was sent to rows of texts by field: which sheet, which head, which column is what.

source = Source(file, shape)            # raises Unreadable; `settled` is None where people have to choose
reading = Reading(source, place)        # `table` says how it is read, `pairs` gives the rows one by one
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from django.core.files.base import File
from django.utils import formats
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from core.formatting.dates import file_size
from core.imports.cells import plain
from core.imports.shapes import TableShape, TextRow
from core.tables.sheets import (
    FORMULA,
    HEAD_WITHIN,
    NumberedRow,
    Sheet,
    Unreadable,
    open_table,
    refuse_merged,
)

MOST_ROWS = 20_000
MOST_BYTES = 12_000_000
SAMPLE = 3  # rows shown to who says which column is what
_ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#VALEUR!", "#NOM?", "#NOMBRE!")

__all__ = ["Place", "Reading", "Source", "Table", "TextRow", "Unreadable", "fields_of", "formula_error", "read"]


@dataclass
class Table:
    """`columns` says where each field stands in the file ("K"), `ignored` the heads that are not known."""

    rows: list[TextRow] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    dialect: str = ""  # "scdl" for a file of that schema
    computed: list[str] = field(default_factory=list)  # heads of what the portal computes itself
    not_kept: dict[str, int] = field(default_factory=dict)  # columns of the schema without a place here → filled cells
    passed_over: dict[str, int] = field(default_factory=dict)  # heads → cells that rows which exist do not take
    twice: list[str] = field(default_factory=list)  # references that stand twice
    asks: bool = False  # the file leaves open what only its sender can say
    answers: dict[str, str] = field(default_factory=dict)  # what its sender said


@dataclass(frozen=True)
class Place:
    """A sheet with its head: the number of its row, its cells, the first rows below it."""

    sheet: Sheet
    number: int
    head: list[str]
    sample: list[list[str]]
    is_table: bool  # the head names the key
    known: int  # heads that are known

    @property
    def is_grid(self) -> bool:
        """Whether it may be a table in words of its own."""
        return bool(self.sample) and sum(bool(cell) for cell in self.head) > 1


class Source:
    """One file under the eyes of one shape, and the places where its table may stand."""

    def __init__(self, file: File, shape: TableShape) -> None:
        if file.size > MOST_BYTES:
            raise Unreadable(_("This file is larger than %(most)s.") % {"most": file_size(MOST_BYTES)})
        self.shape = shape
        self.file = open_table(file, knows=lambda row: _known(row, shape))
        starts = [(sheet, list(islice(self.file.rows(sheet), HEAD_WITHIN + SAMPLE))) for sheet in self.file.sheets]
        if not any(start for _sheet, start in starts):
            raise Unreadable(_("This file is empty."))
        self.places = [self._place(sheet, start) for sheet, start in starts if start]

    def _place(self, sheet: Sheet, start: list[NumberedRow]) -> Place:
        within = range(min(len(start), HEAD_WITHIN))
        named = next((at for at in within if _is_head(start[at][1], self.shape)), None)
        wide = next((at for at in within if sum(bool(cell) for cell in start[at][1]) > 1), 0)
        at = wide if named is None else named
        number, head = start[at]
        sample = [cells for _number, cells in start[at + 1 : at + 1 + SAMPLE]]
        return Place(sheet, number, head, sample, named is not None, _known(head, self.shape))

    @cached_property
    def choices(self) -> list[Place]:
        """What people may choose among, what is known best first."""
        shown = [place for place in self.places if not place.sheet.is_hidden and place.is_grid]
        return sorted(shown, key=lambda place: -place.known)

    @cached_property
    def settled(self) -> Place | None:
        """The place that needs no choice: the one sheet whose head names the key, with rows below it.

        None where people have to say. Raises `Unreadable` where there is nothing to choose.
        """
        tables = [place for place in self.places if place.is_table]
        if not tables:
            if self.choices:
                return None
            message = _("The column “%(column)s” is missing.")
            raise Unreadable(message % {"column": self.shape.by_field[self.shape.key].header})
        tables = [place for place in tables if place.known > 1] or tables  # notes name a column, too
        filled = [place for place in tables if place.sample]
        if not filled:
            raise Unreadable(_("This table has a head and no row below it: there is nothing to import."))
        shown = [place for place in filled if not place.sheet.is_hidden]
        if not shown:
            text = _(
                "Only the hidden sheet “%(sheet)s” of this workbook holds a table: show it, then send the file again."
            )
            raise Unreadable(text % {"sheet": filled[0].sheet.name})
        return shown[0] if len(shown) == 1 and not meant_twice(shown[0].head, self.shape) else None

    def named(self, sheet: str) -> Place | None:
        return next((place for place in self.choices if place.sheet.name == sheet), None)


def read(upload: File, shape: TableShape) -> Table:
    """The whole of a small table at once. Raises `Unreadable`."""
    source = Source(upload, shape)
    if source.settled is None:
        raise Unreadable(_("Say first which sheet and which columns are meant."))
    reading = Reading(source, source.settled)
    reading.table.rows = [row for row, _cells in reading.pairs()]
    return reading.table


class Reading:
    """One table under the eyes of its shape; `fields` are those of its columns where people said which."""

    def __init__(self, source: Source, place: Place, fields: Sequence[str] | None = None) -> None:
        self.source, self.place, shape = source, place, source.shape
        self.shape, self.head = shape, place.head
        self.fields = list(fields) if fields is not None else fields_of(place.head, shape)
        self.dialect = shape.dialect_of(place.head)
        refuse_merged(source.file, place.sheet, head=place.number)
        self.survey = self.dialect.survey() if self.dialect else None
        self.beside = {at: key for at, cell in enumerate(self.head) if (key := self._beside(cell))}
        named = list(zip(self.head, self.fields, strict=False))
        self.table = Table(
            head=self.head,
            columns={name: get_column_letter(number) for number, name in enumerate(self.fields, start=1) if name},
            computed=[cell for cell, name in named if not name and plain(cell) in shape.computed],
            dialect=self.dialect.name if self.dialect else "",
        )
        told = set(self.table.computed)
        self.table.ignored = [
            cell
            for at, (cell, name) in enumerate(named)
            if cell and not name and cell not in told and at not in self.beside
        ]

    def _beside(self, cell: str) -> str:
        return self.dialect.beside(cell) if self.dialect else ""

    def pairs(self) -> Iterator[tuple[TextRow, list[str]]]:
        """Each row in the words of the portal's own table, and its cells. With the last one `table` is complete.

        Blank rows are left out. Raises `Unreadable`.
        """
        if self.survey is not None:
            for number, cells in self._below():
                self.survey.look(self._row(number, cells))
        keys, unnamed = Counter[tuple[str, str]](), set[int]()
        for count, (number, cells) in enumerate(self._below(), start=1):
            if count > MOST_ROWS:
                most = formats.number_format(MOST_ROWS, use_l10n=True, force_grouping=True)
                raise Unreadable(_("This file has more than %(number)s rows.") % {"number": most})
            row = self._row(number, cells)
            keys[row.get(self.shape.key, "").strip(), plain(row.get(self.shape.within, ""))] += 1
            unnamed |= {at for at, cell in enumerate(cells) if cell and (at >= len(self.head) or not self.head[at])}
            if self.survey is not None:
                self.survey.translate(row)
            yield row, cells
        table = self.table
        if self.survey is None:
            twice = {key for (key, _within), number in keys.items() if number > 1 and key}
            table.twice = [] if self.shape.key_repeats else sorted(twice)
        else:
            table.asks, table.not_kept = self.survey.asks, dict(self.survey.not_kept)
        told = _("column %(letter)s, which has no heading")
        table.ignored += [told % {"letter": get_column_letter(place + 1)} for place in sorted(unnamed)]

    def _below(self) -> Iterator[NumberedRow]:
        rows = self.source.file.rows(self.place.sheet)
        return ((number, cells) for number, cells in rows if number > self.place.number)

    def _row(self, number: int, cells: list[str]) -> TextRow:
        row = {"row": str(number)}
        row |= {name: cell for name, cell in zip(self.fields, cells, strict=False) if name}
        row |= {key: cells[at] for at, key in self.beside.items() if at < len(cells)}
        return row


def fields_of(head: Iterable[str], shape: TableShape) -> list[str]:
    """The field of each head, "" where there is none; what is computed gives way where the field has another head."""
    head, known, computed = list(head), shape.by_name, shape.computed
    fields = [known.get(plain(cell), "") for cell in head]
    return [
        "" if name and plain(cell) in computed and fields.count(name) > 1 else name
        for cell, name in zip(head, fields, strict=True)
    ]


def meant_twice(head: Iterable[str], shape: TableShape) -> str:
    """Words for the first two columns that mean the same; "" where there are none."""
    fields = fields_of(head, shape)
    twice = sorted({name for name in fields if name and fields.count(name) > 1})
    if not twice:
        return ""
    letters = ", ".join(get_column_letter(at) for at, name in enumerate(fields, start=1) if name == twice[0])
    text = _("Two columns of this file mean the same, “%(column)s”: %(letters)s. Keep one.")
    return text % {"column": shape.by_field[twice[0]].header, "letters": letters}


def _known(row: list[str], shape: TableShape) -> int:
    return sum(bool(name) for name in fields_of(row, shape))


def _is_head(row: list[str], shape: TableShape) -> bool:
    return shape.key in fields_of(row, shape) or shape.dialect_of(row) is not None


def formula_error(text: str) -> str | None:
    """What is wrong with a cell that a formula filled; None for any other."""
    if text == FORMULA:
        return _("this cell holds a formula without a result: open the file in Excel and save it.")
    if text in _ERRORS:
        return _("this cell holds a formula that failed: %(text)s.") % {"text": text}
    return None
