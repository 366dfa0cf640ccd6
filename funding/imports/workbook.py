"""The rows of the workbook that can be changed in Excel and sent back; its columns are those of `core.imports`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from funding.enums import TableKind
from funding.models import FundingLine, Initiative
from members.models import Organisation

# Word of the address → (what its rows are, whether it is empty).
NAMES: dict[str, tuple[TableKind, bool]] = {
    "financements": (TableKind.LINES, False),
    "initiatives": (TableKind.INITIATIVES, False),
    "modele-financements": (TableKind.LINES, True),
    "modele-initiatives": (TableKind.INITIATIVES, True),
}


def rows(kind: TableKind, funder: Organisation) -> Iterable[Any]:
    """The fundings that `funder` gives, or the initiatives it keeps, drafts included."""
    if kind == TableKind.LINES:
        lines = FundingLine.objects.given_by(funder).select_related("initiative__bearer", "funder__funder")
        return lines.order_by("reference", "pk").iterator(chunk_size=500)
    kept = Initiative.objects.filter(prepared_by=funder).select_related("bearer", "programme")
    return kept.order_by("reference", "pk").iterator(chunk_size=500)
