"""A table as people send it, CSV of any usual separator and encoding or XLSX, read into rows of texts."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from core.files import UploadRefused, validate_upload
from core.files.kinds import OOXML
from core.tables import unescape
from funding.enums import TableKind
from funding.imports import scdl
from funding.imports.cells import plain
from funding.imports.columns import TableShape

MOST_ROWS = 2_000
MOST_BYTES = 2 * 1024 * 1024
MOST_COLUMNS = 60
HEAD_WITHIN = 10  # rows: a title may stand above the head
_XLSX = frozenset(kind for kind in OOXML if kind.extensions[0] == "xlsx")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#VALEUR!", "#NOM?", "#NOMBRE!")
NO_RESULT = "\0formula"  # stands for a formula without a stored result until its column is known

TextRow = dict[str, str]  # field → text of the cell; "row" → its number in the file


class Unreadable(Exception):
    """The file as a whole cannot be read; the message is for people."""


@dataclass
class Table:
    """`columns` says where each field stands in the file ("K"), `ignored` the heads that are not known."""

    rows: list[TextRow]
    columns: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    dialect: str = ""  # "scdl" for a file of that schema


def read(upload: UploadedFile, shape: TableShape) -> Table:
    """Rows in the file's order, empty ones left out. Raises `Unreadable`."""
    if upload.size > MOST_BYTES:
        raise Unreadable(_("This file is larger than 2 MB."))
    start = upload.read(4)
    upload.seek(0)
    lines = _workbook(upload) if start.startswith(b"PK") else _csv(_decoded(upload.read()), shape)
    return _named(lines, shape)


def _decoded(content: bytes) -> str:
    """The text of a CSV: by its mark, else UTF-8, else Windows' Western encoding; nothing is replaced in silence."""
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    if encoding is None and b"\0" in content:
        raise Unreadable(_("This file is neither CSV nor XLSX."))
    for attempt in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            return content.decode(attempt)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The encoding of this file could not be found out: save it as “CSV UTF-8”."))


def _csv(text: str, shape: TableShape) -> list[list[str]]:
    """The separator is the one under which most heads are known."""
    known = shape.by_name

    def recognised(separator: str) -> int:
        head = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return max((sum(plain(cell) in known for cell in row) for row, _n in zip(head, range(HEAD_WITHIN))), default=0)  # noqa: B905

    try:
        separator = max(";,\t|", key=recognised)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        return [[unescape(cell.strip()) for cell in row[:MOST_COLUMNS]] for row in rows]
    except csv.Error as error:
        raise Unreadable(_("This file is neither CSV nor XLSX.")) from error


def _workbook(upload: UploadedFile) -> list[list[str]]:
    """The first sheet, twice: what its cells hold, and the results that Excel kept of its formulas."""
    try:
        checked = validate_upload(upload, _XLSX)
        results = load_workbook(checked.file, read_only=True, data_only=True)
        checked.file.seek(0)
        sources = load_workbook(checked.file, read_only=True, data_only=False)
        return [
            [_text(value, source) for value, source in zip(row, held, strict=False)]
            for row, held in zip(_cells(results), _cells(sources), strict=False)
        ]
    except UploadRefused as error:
        raise Unreadable(" ".join(error.messages)) from error
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise Unreadable(_("This workbook cannot be opened.")) from error


def _cells(book: Any) -> Iterable[tuple[Any, ...]]:
    return book.worksheets[0].iter_rows(max_row=MOST_ROWS + HEAD_WITHIN + 1, max_col=MOST_COLUMNS, values_only=True)


def _text(value: Any, source: Any) -> str:
    if value is None:
        return NO_RESULT if isinstance(source, str) and source.startswith("=") else ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):  # more digits than cents are noise of the machine, or are refused as an amount
        return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return unescape(str(value).strip())


def _named(table: list[list[str]], shape: TableShape) -> Table:
    """Cells by field, below the first row that names the key."""
    lines = [(number, row) for number, row in enumerate(table, start=1) if any(row)]
    if not lines:
        raise Unreadable(_("This file is empty."))
    known = shape.by_name
    place = next((at for at, (_n, row) in enumerate(lines[:HEAD_WITHIN]) if "reference" in _fields(row, known)), None)
    if place is None:
        message = _("The column “%(column)s” is missing.")
        raise Unreadable(message % {"column": shape.by_field["reference"].header})
    head = lines[place][1]
    fields = _fields(head, known)
    found = [name for name in fields if name]
    if len(found) != len(set(found)):
        raise Unreadable(_("Two columns of this file bear the same name."))
    body = lines[place + 1 :]
    if len(body) > MOST_ROWS:
        raise Unreadable(_("This file has more than %(number)s rows.") % {"number": MOST_ROWS})
    rows = [
        {"row": str(number), **{name: cell for name, cell in zip(fields, row, strict=False) if name}}
        for number, row in body
    ]
    letters = {name: get_column_letter(number) for number, name in enumerate(fields, start=1) if name}
    ignored = [cell for cell, name in zip(head, fields, strict=True) if cell and not name]
    made = Table(rows, letters, ignored)
    if shape.kind == TableKind.LINES and scdl.is_scdl(head):
        scdl.translate(made)
    return made


def _fields(row: list[str], known: dict[str, str]) -> list[str]:
    return [known.get(plain(cell), "") for cell in row]


def formula_error(text: str) -> str | None:
    """What is wrong with a cell that a formula filled; None for any other."""
    if text == NO_RESULT:
        return _("this cell holds a formula without a result: open the file in Excel and save it.")
    if text in _ERRORS:
        return _("this cell holds a formula that failed: %(text)s.") % {"text": text}
    return None
