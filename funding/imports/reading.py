"""A table as people send it, CSV of any usual separator and encoding or XLSX, read into rows of texts."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.files import UploadRefused, validate_upload
from core.files.kinds import OOXML
from core.tables import unescape
from funding.imports.columns import BY_FIELD, BY_NAME, plain

MOST_ROWS = 5_000
MOST_BYTES = 2 * 1024 * 1024
_XLSX = frozenset(kind for kind in OOXML if kind.extensions[0] == "xlsx")
TextRow = dict[str, str]  # field → text of the cell; "row" → its number in the file


class Unreadable(Exception):
    """The file as a whole cannot be read; the message is for people."""


def read(upload: UploadedFile) -> list[TextRow]:
    """Rows in the file's order, empty ones left out. Raises `Unreadable`."""
    if upload.size > MOST_BYTES:
        raise Unreadable(_("This file is larger than 2 MB."))
    start = upload.read(4)
    upload.seek(0)
    table = _workbook(upload) if start.startswith(b"PK") else _csv(upload.read())
    return _named(table)


def _csv(content: bytes) -> list[list[str]]:
    if b"\0" in content:
        raise Unreadable(_("This file is neither CSV nor XLSX."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    head = text.split("\n", 1)[0]
    separator = max(";,\t|", key=head.count)
    try:
        return [[unescape(cell.strip()) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator)]
    except csv.Error as error:
        raise Unreadable(_("This file is neither CSV nor XLSX.")) from error


def _workbook(upload: UploadedFile) -> list[list[str]]:
    try:
        checked = validate_upload(upload, _XLSX)
        book = load_workbook(checked.file, read_only=True, data_only=True)
    except UploadRefused as error:
        raise Unreadable(" ".join(error.messages)) from error
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Unreadable(_("This workbook cannot be opened.")) from error
    rows = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=60, values_only=True)
    return [[_text(value) for value in row] for row in rows]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.2f}"
    return unescape(str(value).strip())


def _named(table: list[list[str]]) -> list[TextRow]:
    """Cells by field; the first row that is not empty is the head."""
    lines = [(number, row) for number, row in enumerate(table, start=1) if any(row)]
    if not lines:
        raise Unreadable(_("This file is empty."))
    fields = [BY_NAME.get(plain(cell)) for cell in lines[0][1]]
    known = [field for field in fields if field]
    if len(known) != len(set(known)):
        raise Unreadable(_("Two columns of this file bear the same name."))
    if "reference" not in known:
        # Translators: Il manque la colonne « %(column)s ».
        raise Unreadable(_("The column “%(column)s” is missing.") % {"column": BY_FIELD["reference"].header})
    if len(lines) - 1 > MOST_ROWS:
        raise Unreadable(_("This file has more than %(number)s rows.") % {"number": MOST_ROWS})
    return [
        {"row": str(number), **{field: cell for field, cell in zip(fields, row, strict=False) if field}}
        for number, row in lines[1:]
    ]
