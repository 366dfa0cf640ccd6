"""From rows to the response that downloads them."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any
from wsgiref.util import FileWrapper

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.tables.columns import Column, as_text, cell
from core.tables.escape import escape

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_BOM = "\ufeff"
_PIECE = 64 * 1024  # bytes of an XLSX handed on at a time
_IN_MEMORY = 1024 * 1024  # bytes of an XLSX kept in memory before it goes to a temporary file


def wanted_format(request: HttpRequest) -> str | None:
    """ "csv" or "xlsx" where `?format=` asks for a file, None without it; another word is a bad request."""
    wanted = request.GET.get("format", "")
    if wanted and wanted not in FORMATS:
        raise BadRequest(gettext("This list can be downloaded as CSV or XLSX."))
    return wanted or None


@dataclass(frozen=True)
class Download:
    """A file on its way: its name, its type, and its bytes, each piece made when it is asked for.

    Who takes `pieces` closes them, read to their end or not (a HEAD reads none): behind them may be an open file.
    """

    name: str
    media_type: str
    pieces: Generator[bytes, None, None] | FileWrapper


def download(
    wanted: str,
    *,
    columns: Sequence[Column],
    rows: Iterable[Any],
    name: str,
    title: str | Promise,
    notes: Iterable[tuple[str, str]] = (),
    notes_title: str | Promise = "",
) -> Download:
    """The rows as a file called `name`, in the language of now.

    `rows` is read lazily: hand in `queryset.iterator(chunk_size=…)` for a long list. `title` names the sheet,
    `notes` (label, value) fill a second sheet of the XLSX, called `notes_title` ("Filters" by default).
    """
    made: Generator[bytes, None, None] | FileWrapper
    if wanted == "xlsx":
        made = FileWrapper(_workbook(columns, rows, title, notes, notes_title), _PIECE)
    else:
        made = (line.encode() for line in _csv(columns, rows, translation.get_language()))
    return Download(f"{slugify(name) or 'export'}.{wanted}", FORMATS[wanted], made)


def respond(file: Download) -> HttpResponseBase:
    """`file` as a download that nobody else's cache keeps."""
    response = StreamingHttpResponse(file.pieces, content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def export(wanted: str, **options: Any) -> HttpResponseBase:
    """The response that downloads the rows; `options` are those of `download`."""
    return respond(download(wanted, **options))


class _Echo:
    """A file for csv.writer that hands each line back."""

    def write(self, text: str) -> str:
        return text


def _csv(columns: Sequence[Column], rows: Iterable[Any], language: str | None) -> Iterator[str]:
    """Lines of the file. They are sent after the middleware has ended, so each takes up the language again."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    with translation.override(language):
        head = [escape(str(column.label)) for column in columns]
    yield _BOM + writer.writerow(head)
    for row in rows:
        with translation.override(language):
            line = [as_text(cell(column.value(row))) for column in columns]
        yield writer.writerow(line)


def _workbook(
    columns: Sequence[Column], rows: Iterable[Any], title: Any, notes: Iterable[tuple[str, str]], notes_title: Any
) -> IO[bytes]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(str(title)))
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.append([_bold(sheet, str(column.label)) for column in columns])
    for row in rows:
        sheet.append([_typed(sheet, column, cell(column.value(row))) for column in columns])
    notes = list(notes)
    described = book.create_sheet(_sheet_name(str(notes_title) or gettext("Filters")))
    described.column_dimensions["A"].width, described.column_dimensions["B"].width = 30, 70
    for label, value in notes or [(gettext("Filters"), gettext("none: the whole list"))]:
        described.append([_bold(described, label), _text(described, escape(value))])
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (its reader closes it)
    book.save(file)
    file.seek(0)
    return file


def _text(sheet: Any, value: str) -> WriteOnlyCell:
    made = WriteOnlyCell(sheet, value=value)
    made.data_type = "s"  # text, whatever it looks like
    return made


def _bold(sheet: Any, label: str) -> WriteOnlyCell:
    made = _text(sheet, escape(label))
    made.font, made.alignment = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    return made


def _typed(sheet: Any, column: Column, value: Any) -> Any:
    if isinstance(value, str):
        return _text(sheet, value)
    made = WriteOnlyCell(sheet, value=value)
    if column.number_format:
        made.number_format = column.number_format
    return made


def _sheet_name(title: str) -> str:
    """At most 31 characters, without those Excel forbids."""
    return "".join(character for character in title if character not in r"[]:*?/\'")[:31].strip() or "1"
