"""Files of the schema SCDL "subventions" read as tables of fundings (docs/open-data.md for the way back).

The schema writes decimals with a point, so an amount is never ambiguous there. `dateConvention` is the day of
signature; the schema knows no day of decision, so the preview shows that it is taken for that as well.
`referenceDecision` is optional, and one decision may give to several: a row is found again by its decision or its
day of signature, its beneficiary, its purpose and its amount (`Matching`).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q, QuerySet

from core.tables import escape, unescape
from funding.exports import scdl as exported
from funding.imports.cells import digits, plain
from funding.imports.columns import bearer_name, bearer_rna
from funding.models import FundingLine

DIALECT = "scdl"
SHARE = "share"  # the part of the decision that the beneficiary of a row gets, kept beside its cells
WHOLE, PART = "whole", "part"  # what an amount beside a share is: that of the decision, or that of the row
_MARKS = {"nomattribuant", "dateconvention", "nombeneficiaire", "montant"}
_IN_KIND, _MONEY = "aide en nature", "aide en numeraire"
_SHARE_HEAD = "pourcentagesubvention"
# Columns of the schema that the portal does not keep: told, with how many cells they fill.
NOT_KEPT = ("conditionsversement", "datesperiodeversement", "idrae", "dispositifaide")
_LONGEST = 60  # of a reference

TextRow = dict[str, str]


def is_scdl(head: list[str]) -> bool:
    return {plain(cell) for cell in head} >= _MARKS


def is_share(head: str) -> bool:
    return plain(head) == _SHARE_HEAD


@dataclass
class Survey:
    """What has to be known of the whole file before one row can be read."""

    references: Counter[tuple[str, str]] = field(default_factory=Counter)  # (decision, beneficiary)
    decisions: Counter[str] = field(default_factory=Counter)
    asks_share: bool = False
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)

    def look(self, row: TextRow) -> None:
        key = _key_of(row)
        self.references[key] += 1
        self.decisions[key[0]] += 1
        self.asks_share = self.asks_share or not _is_one(row.get(SHARE, ""))

    def translate(self, row: TextRow) -> None:
        """Puts the cells into the words of the portal's own table."""
        decision, beneficiary = key = _key_of(row)
        self.seen[key] += 1
        row["decision_reference"] = row.get("reference", "").strip()
        row["decided_on"] = row.get("signed_on", "")
        row["title"] = row.get("purpose", "").strip()[:200]
        reference = decision
        if self.decisions[decision] > 1 or not row["decision_reference"]:
            reference = "/".join(part for part in (decision, beneficiary) if part)
        if self.references[key] > 1:
            reference = f"{reference}/{self.seen[key]}"
        row["reference"] = _shortened(reference)
        row["amount_agreed"] = row.get("amount_agreed", "").replace(".", ",")
        row["state"] = "Conventionné"
        row["kind"] = _kind(row.get("kind", ""))
        if _is_one(row.get(SHARE, "")):
            row.pop(SHARE, None)


def _key_of(row: TextRow) -> tuple[str, str]:
    decision = row.get("reference", "").strip() or row.get("signed_on", "").strip()
    beneficiary = row.get("bearer_siret") or row.get("bearer_rna") or row.get("bearer_name", "")
    return decision, beneficiary.strip()


def _shortened(reference: str) -> str:
    """A key has room for 60 signs: a longer one ends in a mark of its own, so that no two become one."""
    if len(reference) <= _LONGEST:
        return reference
    mark = hashlib.sha256(reference.encode()).hexdigest()[:8]
    return f"{reference[: _LONGEST - 9]}~{mark}"


def _kind(text: str) -> str:
    """The schema tells money from things; a row that has both is neither."""
    told = {plain(part) for part in text.split(";") if part.strip()}
    if told == {_MONEY}:
        return "Subvention"
    if told == {_IN_KIND}:
        return "Mécénat en nature"
    return "Autre" if told == {_MONEY, _IN_KIND} else text


# --- shares -------------------------------------------------------------------------------------------------------


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None


def _is_one(text: str) -> bool:
    return not text.strip() or _number(text) == 1


def share_out(row: TextRow, meaning: str) -> None:
    """Takes the share off the row's cells; where amounts are those of the decision, the row's part is written."""
    share = row.pop(SHARE, "")
    if not share or meaning != WHOLE:
        return
    part, whole = _number(share), _number(row.get("amount_agreed", ""))
    if part is None or whole is None or not 0 < part <= 1:
        row["amount_agreed"] = f"{row.get('amount_agreed', '')} × {share}"  # is told as no amount
    else:
        row["amount_agreed"] = f"{whole * part:.2f}".replace(".", ",")


# --- rows that stand ----------------------------------------------------------------------------------------------


class Matching:
    """Finds the funding that a row tells of; each is found once. `matched` are keys found for earlier rows."""

    def __init__(self, own: QuerySet[FundingLine], rows: Iterable[TextRow], matched: set[int]) -> None:
        rows = list(rows)
        decisions = {row.get("decision_reference", "") for row in rows} - {""}
        days = {row.get("signed_on", "").strip() for row in rows if not row.get("decision_reference")}
        days = {day for day in days if _is_iso(day)}
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


def _is_iso(text: str) -> bool:
    return len(text) == 10 and text.replace("-", "").isdigit()


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
    lambda row, line: _number(row.get("amount_agreed", "")) == line.total,
    lambda row, line: bool(line.signed_on) and row.get("signed_on", "").strip() == line.signed_on.isoformat(),
    lambda row, line: row.get("kind", "") == _kind(exported.nature(line)),
)


def drop_what_stands(row: TextRow, line: FundingLine) -> None:
    """Takes away the cells that say of `line` what our own file of the schema says of it."""
    if _same_text(row.get("purpose", ""), exported.purpose(line)):
        row.pop("purpose", None)
    if row.get("kind", "") == _kind(exported.nature(line)):
        row.pop("kind", None)
    if _number(row.get("amount_agreed", "")) == line.total:
        row.pop("amount_agreed", None)


def take_amendments_off(values: dict[str, Any], line: FundingLine) -> None:
    """The schema's amount is that of today, amendments included; the portal keeps the first one and each change."""
    if isinstance(values.get("amount_agreed"), Decimal):
        values["amount_agreed"] -= line.amount_amended


def _same_text(cell: str, text: str) -> bool:
    return cell.strip() == unescape(escape(text)).replace("\r\n", "\n").strip()
