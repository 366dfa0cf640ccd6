"""The two tables that can be sent: their columns, what these are called, and how their cells are read.

Heads and choices are French in every language: a file does not change with the language of who sends it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.text import one_line
from funding.enums import AmountAudience, FundingKind, LineState, Stage, TableKind
from funding.imports import cells
from funding.imports.cells import plain

CLEAR = "(vide)"
NEVER = object()  # a column that "(vide)" may not clear


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


@dataclass(frozen=True)
class ImportColumn:
    """`header` is written in the workbook; `names` are other headers it is known by, among them SCDL's."""

    field: str
    header: str
    names: tuple[str, ...] = ()
    read: Callable[[str], Any] = one_line
    clears_to: Any = None  # what "(vide)" writes; `NEVER` where it may not
    words: Mapping[str, Any] | None = None  # the words of a choice
    help: Any = ""  # for the sheet that explains the columns


def _choice(field: str, header: str, words: Mapping[str, Any], *, clears_to: Any = NEVER, **options: Any) -> Any:
    read = cells.one_of(words)
    return ImportColumn(field, header, read=read, words=words, clears_to=clears_to, help=", ".join(words), **options)


_AMOUNT = _("An amount in euros: 12 500,50")
_DAY = _("A day: 31/12/2024")
_PARTIAL = _("A day, a month, a season or a year.")
_VERSION = _("Leave it as it is: it tells whether the row was changed on the portal since your export.")

LINE_COLUMNS = (
    ImportColumn(
        "reference",
        "Référence",
        ("reference", "referencedecision"),
        clears_to=NEVER,
        help=_("Obligatory. Your own reference: it is the key of the row."),
    ),
    ImportColumn("version", "Version de la ligne", ("version",), cells.whole_number, NEVER, help=_VERSION),
    ImportColumn(
        "initiative",
        "Référence de l'initiative",
        ("initiative",),
        clears_to=NEVER,
        help=_("That of an initiative of the portal, such as INI-012; empty to create one."),
    ),
    ImportColumn(
        "title",
        "Titre de l'initiative",
        ("titre",),
        clears_to=NEVER,
        help=_("For an initiative to be created; one that exists is changed in the table of initiatives."),
    ),
    ImportColumn("bearer_name", "Structure porteuse", ("nombeneficiaire", "beneficiaire"), clears_to=NEVER),
    ImportColumn("bearer_siret", "SIRET de la structure porteuse", ("idbeneficiaire", "siret"), cells.digits, NEVER),
    ImportColumn("bearer_rna", "RNA de la structure porteuse", ("rnabeneficiaire", "rna"), cells.digits, NEVER),
    _choice("kind", "Nature", KIND_WORDS),
    _choice("state", "État", STATE_WORDS),
    _choice("audience", "Qui voit le montant", AUDIENCE_WORDS),
    ImportColumn("purpose", "Objet", (), clears_to=""),
    ImportColumn("amount_requested", "Montant demandé", (), cells.amount, help=_AMOUNT),
    ImportColumn("requested_on", "Demandé le", ("date de demande",), cells.date, help=_DAY),
    ImportColumn("amount_agreed", "Montant accordé", ("montant",), cells.amount, help=_AMOUNT),
    ImportColumn("decided_on", "Décidé le", ("date de decision",), cells.date, help=_DAY),
    ImportColumn("decided_by", "Instance", (), clears_to=""),
    ImportColumn("decision_reference", "Référence de la décision", (), clears_to=""),
    ImportColumn("contract_number", "Numéro de convention", (), clears_to=""),
    ImportColumn("signed_on", "Signée le", ("dateconvention", "date de convention"), cells.date, help=_DAY),
    ImportColumn("expires_on", "Échéance de la convention", (), cells.date, help=_DAY),
    ImportColumn("closed_on", "Clôturé le", (), cells.date, help=_DAY),
    ImportColumn("reason", "Motif", (), clears_to=""),
    _choice("eu_notified", "Notification à l'UE", YES_NO, clears_to=None, names=("notificationue",)),
    ImportColumn(
        "giver",
        "Financeur",
        ("nomattribuant", "attribuant"),
        clears_to=NEVER,
        help=_("If it is filled, it must name the funder for whom you import."),
    ),
    ImportColumn("giver_siret", "SIRET du financeur", ("idattribuant",), cells.digits, NEVER),
)
GIVER = ("giver", "giver_siret")  # compared with the funder, never written
# Columns of a line's table that say something of its initiative.
OF_INITIATIVE = ("initiative", "title", "bearer_name", "bearer_siret", "bearer_rna")

INITIATIVE_COLUMNS = (
    ImportColumn(
        "reference",
        "Référence de l'initiative",
        ("reference", "initiative"),
        clears_to=NEVER,
        help=_("Obligatory. The reference of the initiative: it is the key of the row."),
    ),
    ImportColumn("version", "Version de la ligne", ("version",), cells.whole_number, NEVER, help=_VERSION),
    ImportColumn("title", "Titre", ("titre de l'initiative",), clears_to=NEVER),
    ImportColumn("summary", "En une phrase", ("resume",), clears_to=""),
    ImportColumn("bearer_name", "Structure porteuse", ("porteur",), clears_to=NEVER),
    ImportColumn("bearer_siren", "SIREN de la structure porteuse", ("siren",), cells.digits, ""),
    ImportColumn("bearer_siret", "SIRET de la structure porteuse", ("siret",), cells.digits, ""),
    ImportColumn("bearer_rna", "RNA de la structure porteuse", ("rna",), cells.digits, ""),
    ImportColumn("place", "Lieu d'action", ("lieu",), clears_to=""),
    ImportColumn(
        "regions",
        "Codes des régions",
        ("regions", "region", "code region"),
        cells.regions,
        [],
        help=_("INSEE codes between commas (“01, 84”), or “France”."),
    ),
    ImportColumn("sdgs", "ODD", (), cells.goals, [], help=_("Numbers between commas, the main one first (“11, 13”).")),
    ImportColumn("programme", "Programme", (), clears_to=None, help=_("The name of a programme of the portal.")),
    ImportColumn(
        "stage",
        "Stade",
        (),
        cells.one_of(STAGE_WORDS),
        NEVER,
        STAGE_WORDS,
        help=_("To be read only: the stage changes on the page of the initiative."),
    ),
    ImportColumn("starts_on", "Début", ("de",), cells.partial_date, help=_PARTIAL),
    ImportColumn("ends_on", "Fin", ("a",), cells.partial_date, help=_PARTIAL),
)


@dataclass(frozen=True)
class TableShape:
    """The columns of one kind of table, by field and by every name they are known by."""

    kind: TableKind
    columns: tuple[ImportColumn, ...]

    @property
    def by_field(self) -> dict[str, ImportColumn]:
        return {column.field: column for column in self.columns}

    @property
    def by_name(self) -> dict[str, str]:
        return {plain(name): column.field for column in self.columns for name in (column.header, *column.names)}


SHAPES = {
    TableKind.LINES: TableShape(TableKind.LINES, LINE_COLUMNS),
    TableKind.INITIATIVES: TableShape(TableKind.INITIATIVES, INITIATIVE_COLUMNS),
}


def as_text(column: ImportColumn, value: Any) -> Any:
    """`value` as the workbook writes it, so that it is read back as the same."""
    if column.words is not None:
        return next((word for word, stored in column.words.items() if stored == value), "")
    return value
