"""Files of the schema SCDL "subventions" read as tables of fundings (docs/open-data.md for the way back).

The schema writes decimals with a point, so an amount is never ambiguous there. `dateConvention` is the day of
signature; the schema knows no day of decision, so the preview shows that it is taken for that as well.
A `referenceDecision` may name several beneficiaries: each row's key is then the reference and the beneficiary.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from funding.imports.cells import plain

if TYPE_CHECKING:
    from funding.imports.reading import Table

DIALECT = "scdl"
_MARKS = {"nomattribuant", "dateconvention", "nombeneficiaire", "montant"}
_IN_KIND, _MONEY = "aide en nature", "aide en numeraire"
# Columns of the schema that say nothing a funding keeps here; they are not told as unknown.
_OTHERS = {"conditionsversement", "datesperiodeversement", "idrae", "pourcentagesubvention", "dispositifaide"}
_TAKEN_FROM = {"decision_reference": "reference", "decided_on": "signed_on", "title": "purpose"}


def is_scdl(head: list[str]) -> bool:
    return {plain(cell) for cell in head} >= _MARKS


def translate(table: Table) -> None:
    """Puts the cells into the words of the portal's own table."""
    table.dialect = DIALECT
    table.ignored = [head for head in table.ignored if plain(head) not in _OTHERS]
    for field, source in _TAKEN_FROM.items():
        table.columns.setdefault(field, table.columns.get(source, ""))
    references = Counter(row.get("reference", "").strip() for row in table.rows)
    for row in table.rows:
        reference = row.get("reference", "").strip()
        beneficiary = row.get("bearer_siret") or row.get("bearer_rna") or row.get("bearer_name", "")
        for field, source in _TAKEN_FROM.items():
            row[field] = row.get(source, "").strip()
        if references[reference] > 1 and reference:
            row["reference"] = f"{reference}/{beneficiary.strip()}"[:60]
        row["amount_agreed"] = row.get("amount_agreed", "").replace(".", ",")
        row["state"] = "Conventionné"
        row["kind"] = _kind(row.get("kind", ""))
        row["title"] = row["title"][:200]


def _kind(text: str) -> str:
    """The schema tells money from things; a row that has both is neither."""
    told = {plain(part) for part in text.split(";") if part.strip()}
    if told == {_MONEY}:
        return "Subvention"
    if told == {_IN_KIND}:
        return "Mécénat en nature"
    return "Autre" if told == {_MONEY, _IN_KIND} else text
