"""The columns of the two tables, each described once for both directions: what a row holds there, how it is read.

`get` gives what is exported and what a file is compared with, `read` takes a cell's text back to the same value.
Heads and choices are French in every language: a workbook does not change with the language of who sends it.
Lists are downloaded in the reader's language; their heads and words are known in every language (`LIST_HEADS`).
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.formatting.amounts import euros
from core.imports import cells
from core.imports.columns import NEVER, ImportColumn, choice
from funding.enums import AmountAudience, FundingKind, LineState, Stage, TableKind

EUROS = '#,##0.00 "€"'


KIND_WORDS = {
    "Subvention": FundingKind.GRANT.value,
    "Prêt": FundingKind.LOAN.value,
    "Avance récupérable": FundingKind.ADVANCE.value,
    "Apport avec droit de reprise": FundingKind.CONTRIBUTION.value,
    "Mécénat financier": FundingKind.PATRONAGE.value,
    "Mécénat de compétences": FundingKind.SKILLS.value,
    "Mécénat en nature": FundingKind.IN_KIND.value,
    "Autre": FundingKind.OTHER.value,
}
STATE_WORDS = {
    "Brouillon": LineState.DRAFT.value,
    "Demandé": LineState.REQUESTED.value,
    "Refusé": LineState.REFUSED.value,
    "Accordé": LineState.AGREED.value,
    "Conventionné": LineState.CONTRACTED.value,
    "Soldé": LineState.SETTLED.value,
    "Annulé": LineState.CANCELLED.value,
}
STAGE_WORDS = {
    "Repérée": Stage.SPOTTED.value,
    "Instruite": Stage.REVIEWED.value,
    "Financée": Stage.FUNDED.value,
    "En cours": Stage.RUNNING.value,
    "Achevée": Stage.COMPLETED.value,
    "Capitalisée": Stage.CAPITALISED.value,
    "Abandonnée": Stage.DROPPED.value,
}
AUDIENCE_WORDS = {
    "Le financeur seul": AmountAudience.FUNDER.value,
    "Les membres": AmountAudience.MEMBERS.value,
    "Tout le monde": AmountAudience.PUBLIC.value,
}
YES_NO = {"oui": True, "non": False}


def bearer_name(initiative: Any) -> str:
    return initiative.bearer.name if initiative.bearer else initiative.bearer_name


def bearer_rna(initiative: Any) -> str:
    """An organisation of the directory has its own number; the initiative's field is for bearers outside it."""
    return initiative.bearer.rna if initiative.bearer else initiative.bearer_rna


def bearer_siren(initiative: Any) -> str:
    return initiative.bearer.siren if initiative.bearer else initiative.bearer_siren


def _bearer_labels(initiative: Any) -> list[str]:
    return [initiative.bearer.label] if initiative.bearer else []


def _region_codes(initiative: Any) -> Any:
    return "France" if initiative.is_national else initiative.regions


def _giver_siret(line: Any) -> str:
    profile = getattr(line.funder, "funder", None)
    return profile.siret if profile else ""


_AMOUNT = _("An amount in euros: 12 500,50")
_DAY = _("A day: 31/12/2024")
_PARTIAL = _("A day, a month, a season or a year.")
_VERSION = _("Leave it as it is: it tells whether the row was changed on the portal since your export.")

LINE_COLUMNS = (
    ImportColumn(
        "reference",
        "Référence",
        ("reference", "referencedecision", _("Reference")),
        clears_to=NEVER,
        help=_("Obligatory. Your own reference: it is the key of the row."),
    ),
    ImportColumn("version", "Version de la ligne", ("version",), cells.whole_number, NEVER, help=_VERSION),
    ImportColumn(
        "initiative",
        "Référence de l'initiative",
        (_("Reference of the initiative"),),
        clears_to=NEVER,
        help=_("That of an initiative of the portal, such as INI-012; empty to create one."),
        get=lambda line: line.initiative.reference,
    ),
    ImportColumn(
        "title",
        "Titre de l'initiative",
        ("titre", _("Initiative")),
        clears_to=NEVER,
        help=_("For an initiative to be created; one that exists is changed in the table of initiatives."),
        get=lambda line: line.initiative.title,
    ),
    ImportColumn(
        "bearer_name",
        "Structure porteuse",
        ("nombeneficiaire", "beneficiaire", _("Beneficiary")),
        clears_to=NEVER,
        get=lambda line: bearer_name(line.initiative),
        alike=lambda line: _bearer_labels(line.initiative),
    ),
    ImportColumn(
        "bearer_siret",
        "SIRET de la structure porteuse",
        ("idbeneficiaire", "siret"),
        cells.digits,
        NEVER,
        get=lambda line: line.initiative.bearer_siret,
    ),
    ImportColumn(
        "bearer_rna",
        "RNA de la structure porteuse",
        ("rnabeneficiaire", "rna"),
        cells.digits,
        NEVER,
        get=lambda line: bearer_rna(line.initiative),
    ),
    choice("kind", "Nature", KIND_WORDS, choices=FundingKind, names=(pgettext_lazy("of a funding", "Kind"),)),
    choice("state", "État", STATE_WORDS, choices=LineState, names=(pgettext_lazy("of a funding", "State"),)),
    choice("audience", "Qui voit le montant", AUDIENCE_WORDS, choices=AmountAudience),
    ImportColumn("purpose", "Objet", (), clears_to=""),
    ImportColumn(
        "amount_requested",
        "Montant demandé",
        (_("Amount requested"),),
        cells.amount,
        help=_AMOUNT,
        number_format=EUROS,
        says=euros,
    ),
    ImportColumn("requested_on", "Demandé le", ("date de demande", _("Requested on")), cells.date, help=_DAY),
    ImportColumn(
        "amount_agreed",
        "Montant accordé",
        ("montant", _("Amount agreed")),
        cells.amount,
        help=_AMOUNT,
        number_format=EUROS,
        says=euros,
    ),
    ImportColumn("decided_on", "Décidé le", ("date de decision", _("Decided on")), cells.date, help=_DAY),
    ImportColumn("decided_by", "Instance", (), clears_to=""),
    ImportColumn("decision_reference", "Référence de la décision", (), clears_to=""),
    ImportColumn("contract_number", "Numéro de convention", (_("Contract number"),), clears_to=""),
    ImportColumn(
        "signed_on",
        "Signée le",
        ("dateconvention", "date de convention", _("Signed on")),
        cells.date,
        help=_DAY,
    ),
    ImportColumn("expires_on", "Échéance de la convention", (), cells.date, help=_DAY),
    ImportColumn("closed_on", "Clôturé le", (), cells.date, help=_DAY),
    ImportColumn("reason", "Motif", (), clears_to=""),
    choice("eu_notified", "Notification à l'UE", YES_NO, clears_to=None, names=("notificationue",)),
    ImportColumn(
        "giver",
        "Financeur",
        ("nomattribuant", "attribuant", _("Funder")),
        clears_to=NEVER,
        help=_("If it is filled, it must name the funder for whom you import."),
        get=lambda line: line.funder.name,
    ),
    ImportColumn("giver_siret", "SIRET du financeur", ("idattribuant",), cells.digits, NEVER, get=_giver_siret),
)
GIVER = ("giver", "giver_siret")  # compared with the funder, never written
# Columns of a line's table that say something of its initiative.
OF_INITIATIVE = ("initiative", "title", "bearer_name", "bearer_siret", "bearer_rna")

INITIATIVE_COLUMNS = (
    ImportColumn(
        "reference",
        "Référence de l'initiative",
        ("reference", "initiative", _("Reference")),
        clears_to=NEVER,
        help=_("Obligatory. The reference of the initiative: it is the key of the row."),
    ),
    ImportColumn("version", "Version de la ligne", ("version",), cells.whole_number, NEVER, help=_VERSION),
    ImportColumn("title", "Titre", ("titre de l'initiative", _("Title")), clears_to=NEVER),
    ImportColumn("summary", "En une phrase", ("resume", _("In one sentence")), clears_to=""),
    ImportColumn(
        "bearer_name",
        "Structure porteuse",
        ("porteur", _("Bearing organisation")),
        clears_to=NEVER,
        get=bearer_name,
        alike=_bearer_labels,
    ),
    ImportColumn(
        "bearer_siren",
        "SIREN de la structure porteuse",
        ("siren", _("SIREN")),
        cells.digits,
        "",
        get=bearer_siren,
    ),
    ImportColumn("bearer_siret", "SIRET de la structure porteuse", ("siret",), cells.digits, ""),
    ImportColumn(
        "bearer_rna",
        "RNA de la structure porteuse",
        ("rna", _("RNA number")),
        cells.digits,
        "",
        get=bearer_rna,
    ),
    ImportColumn("place", "Lieu d'action", ("lieu", _("Place of action")), clears_to=""),
    ImportColumn(
        "regions",
        "Codes des régions",
        ("region", "regions", "code region", _("Region codes")),
        cells.regions,
        [],
        help=_("INSEE codes between commas (“01, 84”), or “France”."),
        get=_region_codes,
        alike=lambda row: [["FR"]] if row.is_national else [],
    ),
    ImportColumn(
        "sdgs",
        "ODD",
        (_("SDG"),),
        cells.goals,
        [],
        help=_("Numbers between commas, the main one first (“11, 13”)."),
    ),
    ImportColumn(
        "programme",
        "Programme",
        (_("Programme"),),
        clears_to=None,
        help=_("The name of a programme of the portal."),
        get=lambda row: row.programme.name if row.programme else None,
    ),
    choice(
        "stage",
        "Stade",
        STAGE_WORDS,
        choices=Stage,
        names=(_("Stage"),),
        help=_("To be read only: the stage changes on the page of the initiative."),
    ),
    ImportColumn("starts_on", "Début", ("de", _("From")), cells.partial_date, help=_PARTIAL),
    ImportColumn("ends_on", "Fin", ("a", _("Until")), cells.partial_date, help=_PARTIAL),
)

# Heads of the downloaded lists whose cells the portal computes: they are never read, and that is told.
COMPUTED = {
    TableKind.LINES: (
        _("Region codes"),
        _("Programme"),
        _("Amendments"),
        _("Paid"),
        _("Paid back"),
        _("Still to be paid"),
    ),
    TableKind.INITIATIVES: (
        _("Regions"),
        _("Funders"),
        _("Amount agreed (as far as shared)"),
        _("Fundings whose amount is not shared"),
    ),
}
