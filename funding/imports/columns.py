"""The columns of the table: what they are called, and how their cells are read."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from funding.enums import FundingKind, LineState

CLEAR = "(vide)"
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d %H:%M:%S")


def plain(text: str) -> str:
    """Small letters without accents, one blank between words: how headers and choices are compared."""
    flat = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return re.sub(r"[\s_]+", " ", "".join(sign for sign in flat if not unicodedata.combining(sign))).strip().casefold()


def amount(text: str) -> Decimal:
    """ "12 500,50 €", "12500.5", "12.500,50" → euros with cents. Raises ValueError."""
    digits = re.sub(r"[\s\u00a0\u202f€]|EUR", "", text)
    if "," in digits:
        digits = digits.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d{1,2})?", digits):
        raise ValueError(_("“%(text)s” is not an amount in euros.") % {"text": text})
    try:
        return Decimal(digits).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise ValueError(_("“%(text)s” is not an amount in euros.") % {"text": text}) from None


def date(text: str) -> dt.date:
    """ "31/12/2024", "2024-12-31" and the like. Raises ValueError."""
    for pattern in _DAYS:
        try:
            return dt.datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    # Translators: « %(text)s » n’est pas une date (jour/mois/année).
    raise ValueError(_("“%(text)s” is not a date (day/month/year).") % {"text": text})


def _one_of(words: dict[str, str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        found = words.get(plain(text))
        if found is None:
            # Translators: « %(text)s » n’est pas une valeur possible : %(values)s.
            message = _("“%(text)s” is not a possible value: %(values)s.")
            raise ValueError(message % {"text": text, "values": ", ".join(words)})
        return found

    return read


KIND_WORDS = {
    "subvention": FundingKind.GRANT.value,
    "pret": FundingKind.LOAN.value,
    "avance recuperable": FundingKind.ADVANCE.value,
    "apport avec droit de reprise": FundingKind.CONTRIBUTION.value,
    "mecenat financier": FundingKind.PATRONAGE.value,
    "mecenat de competences": FundingKind.SKILLS.value,
    "mecenat en nature": FundingKind.IN_KIND.value,
    "autre": FundingKind.OTHER.value,
}
STATE_WORDS = {
    "demande": LineState.REQUESTED.value,
    "refuse": LineState.REFUSED.value,
    "accorde": LineState.AGREED.value,
    "conventionne": LineState.CONTRACTED.value,
    "solde": LineState.SETTLED.value,
    "annule": LineState.CANCELLED.value,
    "brouillon": LineState.DRAFT.value,
}


@dataclass(frozen=True)
class ImportColumn:
    """`header` is written in the template; `names` are other headers it is known by, among them SCDL's."""

    field: str
    header: str
    names: tuple[str, ...] = ()
    read: Callable[[str], Any] = str.strip
    clears_to: Any = None  # what "(vide)" writes; not allowed where it is `...`


_TEXT = ""
COLUMNS = (
    ImportColumn("reference", "Référence", ("reference", "referencedecision"), clears_to=...),
    ImportColumn("version", "Version de la ligne", ("version",), int, ...),
    ImportColumn("initiative", "Référence de l'initiative", ("initiative",), clears_to=...),
    ImportColumn("title", "Titre de l'initiative", ("titre",), clears_to=...),
    ImportColumn("bearer_name", "Structure porteuse", ("nombeneficiaire", "beneficiaire"), clears_to=...),
    ImportColumn("bearer_siret", "SIRET de la structure porteuse", ("idbeneficiaire", "siret"), clears_to=...),
    ImportColumn("bearer_rna", "RNA de la structure porteuse", ("rnabeneficiaire", "rna"), clears_to=...),
    ImportColumn("kind", "Nature", (), _one_of(KIND_WORDS), ...),
    ImportColumn("state", "État", (), _one_of(STATE_WORDS), ...),
    ImportColumn("purpose", "Objet", (), clears_to=_TEXT),
    ImportColumn("requested_on", "Demandé le", ("date de demande",), date),
    ImportColumn("amount_requested", "Montant demandé", (), amount),
    ImportColumn("decided_on", "Décidé le", ("date de decision",), date),
    ImportColumn("decided_by", "Instance", (), clears_to=_TEXT),
    ImportColumn("amount_agreed", "Montant accordé", ("montant",), amount),
    ImportColumn("contract_number", "Numéro de convention", (), clears_to=_TEXT),
    ImportColumn("signed_on", "Signée le", ("dateconvention", "date de convention"), date),
    ImportColumn("expires_on", "Échéance de la convention", (), date),
    ImportColumn("closed_on", "Clôturé le", (), date),
    ImportColumn("reason", "Motif", (), clears_to=_TEXT),
)
BY_FIELD = {column.field: column for column in COLUMNS}
BY_NAME = {plain(name): column.field for column in COLUMNS for name in (column.header, *column.names)}
LINE_FIELDS = tuple(
    column.field
    for column in COLUMNS
    if column.field not in ("reference", "version", "initiative", "title", "bearer_name", "bearer_siret", "bearer_rna")
)
