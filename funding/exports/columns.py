"""Columns of the lists as files. Rows are read for one reader: what he or she may not see is not in them.

What can be sent back is described once, in `funding.imports.columns`; here it gets its head and its width.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.models import Region
from core.tables import Column
from funding.enums import TableKind
from funding.imports.columns import EUROS
from funding.imports.shapes import SHAPES
from funding.models import Initiative


def _column(kind: TableKind, field: str, label: Any, width: int) -> Column:
    described = SHAPES[kind].by_field[field]
    return Column(label, described.value, width=width, number_format=described.number_format)


def _of_initiative(field: str, label: Any, width: int) -> Column:
    return _column(TableKind.INITIATIVES, field, label, width)


def _of_line(field: str, label: Any, width: int) -> Column:
    return _column(TableKind.LINES, field, label, width)


class InitiativeColumns:
    """Columns of initiatives from `for_list` with `seen_lines`; region names are read once."""

    def __init__(self) -> None:
        self.names = {region.code: region.name for region in Region.objects.in_code_order()}

    def columns(self) -> list[Column]:
        return [
            _of_initiative("reference", _("Reference"), 12),
            _of_initiative("title", _("Title"), 44),
            Column(_("Bearing organisation"), lambda row: row.bearer_label, width=34),
            _of_initiative("bearer_siren", _("SIREN"), 12),
            _of_initiative("bearer_rna", _("RNA number"), 12),
            _of_initiative("place", _("Place of action"), 24),
            Column(_("Region codes"), lambda row: row.regions, width=12),
            Column(_("Regions"), self._regions, width=30),
            _of_initiative("sdgs", _("SDG"), 12),
            _of_initiative("programme", _("Programme"), 34),
            Column(_("Stage"), lambda row: row.get_stage_display(), width=14),
            Column(_("Funders"), self._funders, width=44),
            Column(_("Amount agreed (as far as shared)"), lambda row: row.agreed, width=18, number_format=EUROS),
            Column(_("Fundings whose amount is not shared"), lambda row: row.undisclosed, width=18),
            _of_initiative("starts_on", _("From"), 16),
            _of_initiative("ends_on", _("Until"), 16),
            _of_initiative("summary", _("In one sentence"), 60),
        ]

    def _regions(self, row: Initiative) -> object:
        return _("the whole country") if row.is_national else [self.names[code] for code in row.regions]

    def _funders(self, row: Initiative) -> list[str]:
        return list(dict.fromkeys(line.funder.name for line in row.seen_lines))


LINE_COLUMNS: list[Column] = [
    _of_line("reference", _("Reference"), 18),
    _of_line("title", _("Initiative"), 44),
    _of_line("initiative", _("Reference of the initiative"), 12),
    Column(_("Beneficiary"), lambda line: line.initiative.bearer_label, width=34),
    Column(_("Region codes"), lambda line: line.initiative.regions, width=12),
    Column(_("Programme"), lambda line: line.initiative.programme.name if line.initiative.programme else "", width=34),
    _of_line("giver", _("Funder"), 34),
    Column(pgettext_lazy("of a funding", "Kind"), lambda line: line.get_kind_display(), width=20),
    Column(pgettext_lazy("of a funding", "State"), lambda line: line.get_state_display(), width=16),
    _of_line("requested_on", _("Requested on"), 12),
    _of_line("amount_requested", _("Amount requested"), 16),
    _of_line("decided_on", _("Decided on"), 12),
    _of_line("amount_agreed", _("Amount agreed"), 16),
    Column(_("Amendments"), lambda line: line.amount_amended, width=14, number_format=EUROS),
    _of_line("contract_number", _("Contract number"), 18),
    _of_line("signed_on", _("Signed on"), 12),
    Column(_("Paid"), lambda line: line.amount_paid, width=16, number_format=EUROS),
    Column(_("Paid back"), lambda line: line.amount_returned, width=14, number_format=EUROS),
    Column(_("Still to be paid"), lambda line: line.remaining, width=16, number_format=EUROS),
]
