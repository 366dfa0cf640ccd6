"""The workbook that can be changed in Excel and sent back, and the empty template."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from core.tables import Column
from funding.enums import TableKind
from funding.exports import EUROS
from funding.imports.columns import GIVER, OF_INITIATIVE, SHAPES, ImportColumn, as_text
from funding.models import FundingLine, Initiative
from members.models import Organisation

# Word of the address → (what its rows are, whether it is empty).
NAMES: dict[str, tuple[TableKind, bool]] = {
    "financements": (TableKind.LINES, False),
    "initiatives": (TableKind.INITIATIVES, False),
    "modele-financements": (TableKind.LINES, True),
    "modele-initiatives": (TableKind.INITIATIVES, True),
}
_MONEY = ("amount_requested", "amount_agreed")


def columns(kind: TableKind) -> list[Column]:
    return [
        Column(
            column.header,
            _cell(column, kind),
            width=max(14, min(len(column.header) + 2, 34)),
            number_format=EUROS if column.field in _MONEY else "",
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


def _cell(column: ImportColumn, kind: TableKind) -> Callable[[Any], Any]:
    """From a row to the cell of `column`, in the words that are read back."""
    if kind == TableKind.INITIATIVES:
        return lambda initiative: as_text(column, _of_initiative(initiative, column.field))
    if column.field in OF_INITIATIVE:
        name = {"initiative": "reference"}.get(column.field, column.field)
        return lambda line: _of_initiative(line.initiative, name)
    if column.field in GIVER:
        return lambda line: _giver(line.funder, column.field)
    return lambda line: as_text(column, getattr(line, column.field))


def _of_initiative(initiative: Initiative, field: str) -> Any:
    bearer = initiative.bearer
    if field == "bearer_name":
        return bearer.name if bearer else initiative.bearer_name
    if field == "bearer_rna" and bearer:
        return bearer.rna
    if field == "regions":
        return "France" if initiative.is_national else initiative.regions
    if field == "programme":
        return initiative.programme.name if initiative.programme else None
    return getattr(initiative, field)


def _giver(funder: Organisation, field: str) -> str:
    profile = getattr(funder, "funder", None)
    return funder.name if field == "giver" else (profile.siret if profile else "")
