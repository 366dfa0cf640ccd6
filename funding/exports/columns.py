"""Columns of the lists as files. Rows are read for one reader: what he or she may not see is not in them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.models import Region
from core.tables import Column
from funding.models import Initiative

EUROS = '#,##0.00 "€"'


class InitiativeColumns:
    """Columns of initiatives from `for_list` with `seen_lines`; region names are read once."""

    def __init__(self) -> None:
        self.names = {region.code: region.name for region in Region.objects.in_code_order()}

    def columns(self) -> list[Column]:
        return [
            Column(_("Reference"), lambda row: row.reference, width=12),
            Column(_("Title"), lambda row: row.title, width=44),
            Column(_("Bearing organisation"), lambda row: row.bearer_label, width=34),
            Column(_("SIREN"), lambda row: row.bearer.siren if row.bearer else row.bearer_siren, width=12),
            Column(_("RNA number"), lambda row: row.bearer.rna if row.bearer else row.bearer_rna, width=12),
            Column(_("Place of action"), lambda row: row.place, width=24),
            Column(_("Region codes"), lambda row: row.regions, width=12),
            Column(_("Regions"), self._regions, width=30),
            Column(_("SDG"), lambda row: row.sdgs, width=12),
            Column(_("Programme"), lambda row: row.programme.name if row.programme else "", width=34),
            Column(_("Stage"), lambda row: row.get_stage_display(), width=14),
            Column(_("Funders"), self._funders, width=44),
            Column(_("Amount agreed (as far as shared)"), lambda row: row.agreed, width=18, number_format=EUROS),
            Column(_("Fundings whose amount is not shared"), lambda row: row.untold, width=18),
            Column(_("From"), lambda row: row.starts_on, width=16),
            Column(_("Until"), lambda row: row.ends_on, width=16),
            Column(_("In one sentence"), lambda row: row.summary, width=60),
        ]

    def _regions(self, row: Initiative) -> object:
        return _("the whole country") if row.is_national else [self.names[code] for code in row.regions]

    def _funders(self, row: Initiative) -> list[str]:
        return list(dict.fromkeys(line.funder.name for line in row.seen_lines))


LINE_COLUMNS: list[Column] = [
    Column(_("Reference"), lambda line: line.reference, width=18),
    Column(_("Initiative"), lambda line: line.initiative.title, width=44),
    Column(_("Reference of the initiative"), lambda line: line.initiative.reference, width=12),
    Column(_("Beneficiary"), lambda line: line.initiative.bearer_label, width=34),
    Column(_("Region codes"), lambda line: line.initiative.regions, width=12),
    Column(_("Programme"), lambda line: line.initiative.programme.name if line.initiative.programme else "", width=34),
    Column(_("Funder"), lambda line: line.funder.name, width=34),
    Column(pgettext_lazy("of a funding", "Kind"), lambda line: line.get_kind_display(), width=20),
    Column(pgettext_lazy("of a funding", "State"), lambda line: line.get_state_display(), width=16),
    Column(_("Requested on"), lambda line: line.requested_on, width=12),
    Column(_("Amount requested"), lambda line: line.amount_requested, width=16, number_format=EUROS),
    Column(_("Decided on"), lambda line: line.decided_on, width=12),
    Column(_("Amount agreed"), lambda line: line.amount_agreed, width=16, number_format=EUROS),
    Column(_("Amendments"), lambda line: line.amount_amended, width=14, number_format=EUROS),
    Column(_("Contract number"), lambda line: line.contract_number, width=18),
    Column(_("Signed on"), lambda line: line.signed_on, width=12),
    Column(_("Paid"), lambda line: line.amount_paid, width=16, number_format=EUROS),
    Column(_("Paid back"), lambda line: line.amount_returned, width=14, number_format=EUROS),
    Column(_("Still to be paid"), lambda line: line.remaining, width=16, number_format=EUROS),
]
