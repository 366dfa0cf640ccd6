"""The file as it was sent, with what is wrong beside each row: to be corrected in it and sent back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from core.imports.models import Import, ImportRow
from core.imports.shapes import FIXED
from core.tables import Column, Download, download

MOST_IN_A_WORKBOOK = 3_000  # rows that a request writes by itself; a CSV goes out row by row


def corrected(run: Import) -> Download:
    """All rows, since all are written or none, in the file's order; the first column says what to correct."""
    head = run.layout.get("head", [])
    columns = [Column(FIXED, _problems, width=50)]
    columns += [Column(name, _cell(at)) for at, name in enumerate(head) if name != FIXED]
    rows = run.rows.order_by("number")
    wanted = "xlsx" if sum(run.counts.values()) <= MOST_IN_A_WORKBOOK else "csv"
    name = run.file_name.rpartition(".")[0] or run.file_name
    return download(
        wanted,
        columns=columns,
        rows=_all(rows),
        name=f"{name}-a-corriger",
        title=_("To be corrected"),
        notes=[(_("How to use it"), _("Correct the rows that the first column names, then send this file."))],
        notes_title=_("How to use it"),
    )


def _all(rows: Any) -> Iterator[ImportRow]:
    return rows.only("of", "number", "cells", "told").iterator(chunk_size=500)


def _problems(row: ImportRow) -> str:
    return "\n".join(
        f"{column}{_(': ')}{text}" if column else text for text, column, _letter in row.told.get("problems", [])
    )


def _cell(at: int) -> Any:
    return lambda row: row.cells[at] if at < len(row.cells) else ""
