"""The workbook that can be changed in Excel and sent back, and the empty template."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from core.tables import Column
from funding.enums import TableKind
from funding.imports.shapes import SHAPES
from funding.models import FundingLine, Initiative
from members.models import Organisation

# Word of the address → (what its rows are, whether it is empty).
NAMES: dict[str, tuple[TableKind, bool]] = {
    "financements": (TableKind.LINES, False),
    "initiatives": (TableKind.INITIATIVES, False),
    "modele-financements": (TableKind.LINES, True),
    "modele-initiatives": (TableKind.INITIATIVES, True),
}


def columns(kind: TableKind) -> list[Column]:
    return [
        Column(
            column.header,
            column.written,
            width=max(14, min(len(column.header) + 2, 34)),
            number_format=column.number_format,
        )
        for column in SHAPES[kind].columns
    ]


def rows(kind: TableKind, funder: Organisation) -> Iterable[Any]:
    """The fundings that `funder` gives, or the initiatives it keeps, drafts included."""
    if kind == TableKind.LINES:
        lines = FundingLine.objects.given_by(funder).select_related("initiative__bearer", "funder__funder")
        return lines.order_by("reference", "pk").iterator(chunk_size=500)
    kept = Initiative.objects.filter(prepared_by=funder).select_related("bearer", "programme")
    return kept.order_by("reference", "pk").iterator(chunk_size=500)


def notes(kind: TableKind) -> list[tuple[str, str]]:
    """How to send the workbook back, and what each column takes."""
    told = [(_("Rules"), _("An empty cell changes nothing; “(vide)” clears; a missing row stays as it is."))]
    told.append((_("Sending it"), _("Nothing is written before you have seen what the file would change.")))
    return told + [(column.header, str(column.help)) for column in SHAPES[kind].columns if column.help]
