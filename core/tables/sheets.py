"""Tables as people send them, CSV of any usual separator and encoding or XLSX, read into rows of texts.

    file = open_table(upload, knows=heads_known)     # raises Unreadable, whose message is for people
    for sheet in file.sheets: …                      # a CSV is one sheet
    for number, cells in file.rows(sheet): …         # lazily, blank rows left out, numbers as the program shows them

Knows no column: `knows` counts the heads of a row that the caller knows, which settles the separator of a CSV.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.files import UploadRefused, validate_upload
from core.files.kinds import OLD_OFFICE_START, OOXML
from core.tables.escape import unescape
from core.text import lines

HEAD_WITHIN = 10  # rows: a title may stand above the head
MOST_COLUMNS = 250
FORMULA = "\x1aformula"  # a formula without a stored result; no text holds this sign
_MOST_NAMED = 5  # places in one sentence
_XLSX = frozenset(kind for kind in OOXML if kind.extensions[0] == "xlsx")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = ";,\t|"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how a workbook writes what XML cannot hold
_FORMULA_TAG = re.compile(rb"<(?:\w+:)?f[\s>/]")
# What openpyxl raises of a workbook that is not what it says it is.
_BROKEN = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, SyntaxError, KeyError, ValueError, IndexError, TypeError,
    AttributeError, EOFError, OverflowError,
)  # fmt: skip

Knows = Callable[[list[str]], int]
NumberedRow = tuple[int, list[str]]


class Unreadable(Exception):
    """The file as a whole cannot be read; the message is for people."""


@dataclass(frozen=True)
class Sheet:
    name: str
    is_hidden: bool = False


class TableFile:
    """One file with its sheets; `rows` may be asked for more than once."""

    sheets: list[Sheet]

    def rows(self, sheet: Sheet) -> Iterator[NumberedRow]:
        raise NotImplementedError

    def merged(self, sheet: Sheet) -> list[tuple[str, int, int]]:
        """Cells made one over several rows or columns: (name such as "B4:B6", first row, last row)."""
        return []


def open_table(file: File, *, knows: Knows) -> TableFile:
    """Raises `Unreadable`."""
    if not file.size:
        raise Unreadable(_("This file is empty."))
    file.seek(0)
    start = file.read(len(OLD_OFFICE_START))
    file.seek(0)
    if start.startswith(b"PK"):
        return _Workbook(file)
    if start == OLD_OFFICE_START:
        raise Unreadable(_("This is an old Excel file, or one under a password. Save it as .xlsx, without a password."))
    return _Text(decoded(file.read()), knows)


def decoded(content: bytes) -> str:
    """The text of a CSV: by its mark, else UTF-8, else Windows' Western encoding; nothing is replaced in silence."""
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None) or _unmarked_utf_16(content)
    if encoding is None and (b"\0" in content or content.startswith(b"%PDF")):
        raise Unreadable(_("This file is neither CSV nor XLSX."))
    for attempt in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            return content.decode(attempt)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The encoding of this file could not be found out: save it as “CSV UTF-8”."))


def _unmarked_utf_16(content: bytes) -> str | None:
    """UTF-16 whose mark was lost: in Western text every second byte is zero, and no other."""
    head = content[:4000]
    zeros = head[0::2].count(0), head[1::2].count(0)
    if zeros[0] == 0 and zeros[1] > len(head) * 0.35:
        return "utf-16-le"
    return "utf-16-be" if zeros[1] == 0 and zeros[0] > len(head) * 0.35 else None


def refuse_merged(file: TableFile, sheet: Sheet, *, head: int) -> None:
    """A cell over several rows says nothing of the rows below its first: nobody can tell what was meant.

    `head` is the number of the head's row; a title above it may be merged. Raises `Unreadable`.
    """
    merged = [name for name, _first, last in file.merged(sheet) if last >= head]
    if merged:
        text = _("Cells of this table are merged: %(cells)s. Unmerge them, fill each cell, and send the file again.")
        raise Unreadable(text % {"cells": ", ".join(merged[:_MOST_NAMED])})


class _Text(TableFile):
    """A CSV. Its separator is the one under which most heads are known, then the one that stands there most."""

    def __init__(self, text: str, knows: Knows) -> None:
        if "\0" in text:
            raise Unreadable(_("This file is neither CSV nor XLSX."))
        self.text = text
        self.sheets = [Sheet("")]
        start = text[:100_000]
        self.separator = max(_SEPARATORS, key=lambda sign: (self._known(start, sign, knows), start.count(sign)))

    @staticmethod
    def _known(start: str, separator: str, knows: Knows) -> int:
        try:
            rows = csv.reader(io.StringIO(start, newline=""), delimiter=separator)
            return max((knows(row) for row in islice(rows, HEAD_WITHIN)), default=0)
        except csv.Error:
            return 0

    def rows(self, sheet: Sheet) -> Iterator[NumberedRow]:
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.separator, strict=True)
        try:
            for number, row in enumerate(reader, start=1):
                cells = [_plain(cell) for cell in row]
                if any(cells):
                    yield number, cells
        except csv.Error as error:
            text = _("Line %(line)d of this file cannot be read: a quotation mark may be missing or too many there.")
            raise Unreadable(text % {"line": reader.line_num}) from error


class _Workbook(TableFile):
    """An XLSX, read row by row."""

    def __init__(self, file: File) -> None:
        with _opening():
            self.file = validate_upload(file, _XLSX).file
            self.book = self._open(data_only=True)
            found = [sheet for sheet in self.book.worksheets if hasattr(sheet, "iter_rows")]
            self.sheets = [Sheet(sheet.title, sheet.sheet_state != "visible") for sheet in found]
        if not self.sheets:
            raise Unreadable(_("This workbook has no sheet with cells."))

    def _open(self, *, data_only: bool) -> Any:
        self.file.seek(0)
        with warnings.catch_warnings():  # of what openpyxl leaves out: styles, checks of cells
            warnings.simplefilter("ignore", UserWarning)
            return load_workbook(self.file, read_only=True, data_only=data_only)

    def rows(self, sheet: Sheet) -> Iterator[NumberedRow]:
        """What the cells hold, and for a formula the result that Excel kept of it."""
        with _opening():
            results = self.book[sheet.name]
            results.reset_dimensions()  # some programs write a wrong one
            values = results.iter_rows(values_only=True, max_col=MOST_COLUMNS)
            if not self._searched(sheet, _FORMULA_TAG):
                yield from _numbered([_text(value) for value in row] for row in values)
                return
            sources = self._open(data_only=False)[sheet.name]
            sources.reset_dimensions()
            both = zip(values, sources.iter_rows(values_only=True, max_col=MOST_COLUMNS), strict=False)
            yield from _numbered([_text(*pair) for pair in zip(*rows, strict=False)] for rows in both)

    def merged(self, sheet: Sheet) -> list[tuple[str, int, int]]:
        with _opening():
            found = self._searched(sheet, _MERGED)
        return [
            (b"".join((left, top, b":", right, bottom)).decode(), int(top), int(bottom))
            for left, top, right, bottom in found
        ]

    def _searched(self, sheet: Sheet, pattern: re.Pattern[bytes]) -> list[Any]:
        """Where `pattern` stands in the sheet's XML, which streaming reads do not tell."""
        found, rest = [], b""
        with self.book[sheet.name]._get_source() as source:
            while piece := source.read(1024 * 1024):
                text = rest + piece
                matches = list(pattern.finditer(text))
                found += [match.groups() for match in matches]
                rest = text[max(matches[-1].end() if matches else 0, len(text) - 200) :]
        return found


@contextmanager
def _opening() -> Iterator[None]:
    try:
        yield
    except UploadRefused as error:
        raise Unreadable(" ".join(error.messages)) from error
    except _BROKEN as error:
        raise Unreadable(_("This workbook cannot be opened.")) from error


def _numbered(rows: Iterator[list[str]]) -> Iterator[NumberedRow]:
    for number, cells in enumerate(rows, start=1):
        if any(cells):
            yield number, cells


def _plain(cell: str) -> str:
    """The text of a cell, cleaned as a form's is: it enters here."""
    return unescape(lines(cell).strip())


def _text(value: Any, source: Any = None) -> str:
    if value is None:
        return "" if source is None else FORMULA
    if isinstance(value, str):
        return _plain(_ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), value))
    if isinstance(value, bool):
        return "oui" if value else "non"  # as the workbook writes choices, in every language
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):  # more digits than cents are noise of the machine, or are refused as an amount
        return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value)
