"""Files of the schema SCDL "subventions" read as tables of fundings (docs/open-data.md for the way back).

The schema writes decimals with a point, so an amount is never ambiguous there. `dateConvention` is the day of
signature; the schema knows no day of decision, so the preview shows that it is taken for that as well.
`referenceDecision` is optional, and one decision may give to several: a row is found again by its decision or its
day of signature, its beneficiary, its purpose and its amount (`funding.imports.scdl_matching`).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from core.imports.cells import plain
from core.imports.shapes import TextRow
from funding.models import Programme

DIALECT = "scdl"
SHARE = "share"  # the part of the decision that the beneficiary of a row gets, kept beside its cells
WHOLE, PART = "whole", "part"  # what an amount beside a share is: that of the decision, or that of the row
_MARKS = {"nomattribuant", "dateconvention", "nombeneficiaire", "montant"}
_IN_KIND, _MONEY = "aide en nature", "aide en numeraire"
_SHARE_HEAD = "pourcentagesubvention"
DUE, SCHEME = "due_on", "scheme"  # the day of a single payment; the programme a row names
# Columns of the schema that are kept where the portal has a place for what they say, and else told with their cells.
BESIDE = {
    "conditionsversement": "conditionsVersement",
    "datesperiodeversement": "datesPeriodeVersement",
    "idrae": "idRAE",
    "dispositifaide": "dispositifAide",
}
_ONCE = "unique"
_LONGEST = 60  # of a reference


class Scdl:
    """The schema as a dialect of the table of fundings."""

    name = DIALECT

    def fits(self, head: list[str]) -> bool:
        return {plain(cell) for cell in head} >= _MARKS

    def beside(self, head: str) -> str:
        return SHARE if plain(head) == _SHARE_HEAD else plain(head) if plain(head) in BESIDE else ""

    def survey(self) -> Survey:
        return Survey({plain(name) for name in Programme.objects.values_list("name", flat=True)})


@dataclass
class Survey:
    """What has to be known of the whole file before one row can be read."""

    programmes: set[str]  # in plain letters
    not_kept: Counter[str] = field(default_factory=Counter)  # columns of the schema → cells without a place here
    references: Counter[tuple[str, str]] = field(default_factory=Counter)  # (decision, beneficiary)
    decisions: Counter[str] = field(default_factory=Counter)
    asks: bool = False  # what an amount beside a share is
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)

    def look(self, row: TextRow) -> None:
        key = _key_of(row)
        self.references[key] += 1
        self.decisions[key[0]] += 1
        self.asks = self.asks or not _is_one(row.get(SHARE, ""))

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
        row["kind"] = kind_word(row.get("kind", ""))
        if _is_one(row.get(SHARE, "")):
            row.pop(SHARE, None)
        self._place(row)

    def _place(self, row: TextRow) -> None:
        """A single payment of a known day is an instalment, an aid scheme of a known name a programme."""
        told = {name: text for name in BESIDE if (text := row.pop(name, "").strip())}
        if plain(told.get("conditionsversement", "")) == _ONCE and is_iso(told.get("datesperiodeversement", "")):
            row[DUE] = told["datesperiodeversement"]
            del told["conditionsversement"], told["datesperiodeversement"]
        if plain(told.get("dispositifaide", "")) in self.programmes:
            row[SCHEME] = told.pop("dispositifaide")
        self.not_kept.update(BESIDE[name] for name in told)


def _key_of(row: TextRow) -> tuple[str, str]:
    decision = row.get("reference", "").strip() or row.get("signed_on", "").strip()
    beneficiary = row.get("bearer_siret") or row.get("bearer_rna") or row.get("bearer_name", "")
    return decision, beneficiary.strip()


def is_iso(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None


def _shortened(reference: str) -> str:
    """A key has room for 60 signs: a longer one ends in a mark of its own, so that no two become one."""
    if len(reference) <= _LONGEST:
        return reference
    mark = hashlib.sha256(reference.encode()).hexdigest()[:8]
    return f"{reference[: _LONGEST - 9]}~{mark}"


def kind_word(text: str) -> str:
    """The schema tells money from things; a row that has both is neither."""
    told = {plain(part) for part in text.split(";") if part.strip()}
    if told == {_MONEY}:
        return "Subvention"
    if told == {_IN_KIND}:
        return "Mécénat en nature"
    return "Autre" if told == {_MONEY, _IN_KIND} else text


# --- shares -------------------------------------------------------------------------------------------------------


def number_of(text: str) -> Decimal | None:
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None


def _is_one(text: str) -> bool:
    return not text.strip() or number_of(text) == 1


def share_out(row: TextRow, meaning: str) -> None:
    """Takes the share off the row's cells; where amounts are those of the decision, the row's part is written."""
    share = row.pop(SHARE, "")
    if not share or meaning != WHOLE:
        return
    part, whole = number_of(share), number_of(row.get("amount_agreed", ""))
    if part is None or whole is None or not 0 < part <= 1:
        row["amount_agreed"] = f"{row.get('amount_agreed', '')} × {share}"  # is told as no amount
    else:
        row["amount_agreed"] = f"{whole * part:.2f}".replace(".", ",")
