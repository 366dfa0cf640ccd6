"""Finding the funding that a row of the schema SCDL tells of, and what that row says that stands already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from core.imports.cells import digits, plain
from core.imports.shapes import TextRow
from core.tables import escape, unescape
from funding.exports import scdl as exported
from funding.imports.columns import bearer_name, bearer_rna
from funding.imports.scdl import BESIDE, is_iso, kind_word, number_of
from funding.models import FundingLine


class Matching:
    """Finds the funding that a row tells of; each is found once. `matched` are keys found for earlier rows."""

    def __init__(self, own: QuerySet[FundingLine], rows: Iterable[TextRow], matched: set[int]) -> None:
        rows = list(rows)
        decisions = {row.get("decision_reference", "") for row in rows} - {""}
        days = {row.get("signed_on", "").strip() for row in rows if not row.get("decision_reference")}
        days = {day for day in days if is_iso(day)}
        self.matched = matched
        self.by_key: dict[str, list[FundingLine]] = {}
        found = own.filter(Q(decision_reference__in=decisions) | Q(decision_reference="", signed_on__in=days))
        for line in found.order_by("pk"):
            key = line.decision_reference or line.signed_on.isoformat()
            self.by_key.setdefault(key, []).append(line)

    def line_of(self, row: TextRow) -> FundingLine | None:
        """The funding of the same decision and beneficiary; of several, the one that differs least."""
        key = row.get("decision_reference", "") or row.get("signed_on", "").strip()
        found = [
            line for line in self.by_key.get(key, []) if line.pk not in self.matched and _same_beneficiary(row, line)
        ]
        for agrees in _NARROWER:
            if len(found) > 1:
                found = [line for line in found if agrees(row, line)] or found
        if not found:
            return None
        self.matched.add(found[0].pk)
        return found[0]


def _same_beneficiary(row: TextRow, line: FundingLine) -> bool:
    initiative = line.initiative
    siret, rna = row.get("bearer_siret", ""), row.get("bearer_rna", "")
    if siret and initiative.bearer_siret:
        return _digits(siret) == initiative.bearer_siret
    if rna and bearer_rna(initiative):
        return _digits(rna) == bearer_rna(initiative)
    return plain(row.get("bearer_name", "")) == plain(bearer_name(initiative))


def _digits(text: str) -> str:
    try:
        return digits(text)
    except ValueError:
        return text


_NARROWER: tuple[Callable[[TextRow, FundingLine], bool], ...] = (
    lambda row, line: _same_text(row.get("purpose", ""), exported.purpose(line)),
    lambda row, line: number_of(row.get("amount_agreed", "")) == line.total,
    lambda row, line: bool(line.signed_on) and row.get("signed_on", "").strip() == line.signed_on.isoformat(),
    lambda row, line: row.get("kind", "") == kind_word(exported.nature(line)),
)


def drop_what_stands(row: TextRow, line: FundingLine) -> None:
    """Takes away the cells that say of `line` what our own file of the schema says of it."""
    if _same_text(row.get("purpose", ""), exported.purpose(line)):
        row.pop("purpose", None)
    if row.get("kind", "") == kind_word(exported.nature(line)):
        row.pop("kind", None)
    if number_of(row.get("amount_agreed", "")) == line.total:
        row.pop("amount_agreed", None)


def take_amendments_off(values: dict[str, Any], line: FundingLine) -> None:
    """The schema's amount is that of today, amendments included; the portal keeps the first one and each change."""
    if isinstance(values.get("amount_agreed"), Decimal):
        values["amount_agreed"] -= line.amount_amended


def differing(due_on: str, scheme: str, line: FundingLine) -> Iterator[str]:
    """Heads of what a row says of the payment and the aid scheme that is not so of `line`, whose rows hold neither."""
    if due_on and [due_on] != [instalment.due_on.isoformat() for instalment in line.instalments.all()]:
        yield BESIDE["datesperiodeversement"]
    if scheme and plain(scheme) != plain(line.initiative.programme.name if line.initiative.programme else ""):
        yield BESIDE["dispositifaide"]


def _same_text(cell: str, text: str) -> bool:
    return cell.strip() == unescape(escape(text)).replace("\r\n", "\n").strip()
