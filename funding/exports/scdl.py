"""Subventions by the SCDL schema 2.1.1 (Socle commun des données locales), and what could not be told by it.

Source: schema "subventions" 2.1.1 of OpenDataFrance (docs/sources.md). One bearer receives the whole of a
funding, so `pourcentageSubvention` is 1. `objet` is the purpose of the funding, else the title of its initiative;
dates of payment are those of the instalments. Loans and advances are no subventions.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from core.tables import escape
from funding.enums import IN_KIND_KINDS, FundingKind
from funding.models import FundingLine

FIELDS = (
    "nomAttribuant",
    "idAttribuant",
    "dateConvention",
    "referenceDecision",
    "nomBeneficiaire",
    "idBeneficiaire",
    "rnaBeneficiaire",
    "objet",
    "montant",
    "nature",
    "conditionsVersement",
    "datesPeriodeVersement",
    "idRAE",
    "notificationUE",
    "pourcentageSubvention",
    "dispositifAide",
)
REQUIRED = (
    "nomAttribuant",
    "idAttribuant",
    "dateConvention",
    "nomBeneficiaire",
    "objet",
    "montant",
    "nature",
    "conditionsVersement",
    "datesPeriodeVersement",
    "notificationUE",
    "pourcentageSubvention",
)
MONEY, IN_KIND = "aide en numéraire", "aide en nature"
ONCE, IN_PARTS = "unique", "échelonné"
REPAID = (FundingKind.LOAN, FundingKind.ADVANCE, FundingKind.CONTRIBUTION)
_SIRET, _RNA = re.compile(r"^\d{14}$"), re.compile(r"^W\d{9}$")

# What a missing field is called in the companion list.
MISSING: dict[str, str | Promise] = {
    "idAttribuant": _("SIRET of the funder (idAttribuant)"),
    "dateConvention": _("date of signature of the contract (dateConvention)"),
    "idBeneficiaire": _("SIRET or RNA number of the beneficiary (idBeneficiaire, rnaBeneficiaire)"),
    "conditionsVersement": _("instalments (conditionsVersement, datesPeriodeVersement)"),
    "notificationUE": _("notification to the European Commission: yes or no (notificationUE)"),
}
NO_SUBVENTION = _("is paid back: not a subvention")


def record(line: FundingLine) -> dict[str, str]:
    """The fields of one funding as the schema writes them; "" where the portal does not know."""
    initiative = line.initiative
    funder = getattr(line.funder, "funder", None)
    rna = initiative.bearer.rna if initiative.bearer else initiative.bearer_rna
    days = [instalment.due_on for instalment in line.instalments.all()]
    return {
        "nomAttribuant": line.funder.name,
        "idAttribuant": funder.siret if funder and _SIRET.match(funder.siret) else "",
        "dateConvention": line.signed_on.isoformat() if line.signed_on else "",
        "referenceDecision": line.decision_reference,
        "nomBeneficiaire": initiative.bearer.name if initiative.bearer else initiative.bearer_name,
        "idBeneficiaire": initiative.bearer_siret if _SIRET.match(initiative.bearer_siret) else "",
        "rnaBeneficiaire": rna if _RNA.match(rna) else "",
        "objet": purpose(line),
        "montant": "" if line.total is None else f"{line.total:.2f}",
        "nature": nature(line),
        "conditionsVersement": (ONCE if len(days) == 1 else IN_PARTS) if days else "",
        "datesPeriodeVersement": _period(days),
        "idRAE": "",
        "notificationUE": {True: "oui", False: "non", None: ""}[line.eu_notified],
        "pourcentageSubvention": "1.00",
        "dispositifAide": initiative.programme.name if initiative.programme else "",
    }


def purpose(line: FundingLine) -> str:
    return (line.purpose or line.initiative.title)[:256]


def nature(line: FundingLine) -> str:
    if line.kind in REPAID:
        return ""
    return IN_KIND if line.kind in IN_KIND_KINDS else MONEY


def _period(days: list) -> str:
    if not days:
        return ""
    first, last = min(days).isoformat(), max(days).isoformat()
    return first if first == last else f"{first}/{last}"


def lacks(line: FundingLine, fields: dict[str, str]) -> list[str]:
    """Why the schema has no row for this funding, in words; empty where it has one."""
    if line.kind in REPAID:
        return [str(NO_SUBVENTION)]
    missing = [name for name in REQUIRED if not fields[name]]
    if not fields["idBeneficiaire"] and not fields["rnaBeneficiaire"]:
        missing.append("idBeneficiaire")
    if "conditionsVersement" in missing:
        missing.remove("datesPeriodeVersement")
    return [str(MISSING.get(name, name)) for name in missing]


class _Echo:
    def write(self, text: str) -> str:
        return text


def complete(lines: Iterable[FundingLine]) -> Iterator[str]:
    """The CSV of the schema (UTF-8, commas): its heads, then the fundings that lack nothing."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield writer.writerow(FIELDS)
    for line in lines:
        fields = record(line)
        if not lacks(line, fields):
            yield writer.writerow([escape(fields[name]) for name in FIELDS])


def incomplete(lines: Iterable[FundingLine]) -> Iterator[str]:
    """The companion list for people (BOM, semicolons): each funding left out, and what it lacks."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    heads = [gettext("Reference"), gettext("Funder"), gettext("Initiative"), gettext("What is missing")]
    yield "\ufeff" + writer.writerow(heads)
    for line in lines:
        if reasons := lacks(line, record(line)):
            cells = [line.reference, line.funder.name, line.initiative.title, " ; ".join(reasons)]
            yield writer.writerow([escape(cell) for cell in cells])
