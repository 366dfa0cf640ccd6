"""The columns of the table, each described once for both directions: what a row holds there, how it is read."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.forms.fields import LinkField
from core.imports import cells
from core.imports.columns import NEVER, ImportColumn, choice
from core.imports.shapes import TableShape
from core.partial_dates import PartialDate
from core.text import lines
from members.enums import Level, PositionRole, Sector, World
from members.imports.rows import DirectoryRow

WORLD_WORDS = {
    "Acteurs de terrain": World.FIELD.value,
    "Équipes d'ingénierie": World.ENGINEERING.value,
    "Investisseurs sociétaux": World.INVESTOR.value,
    "Institutions": World.INSTITUTION.value,
}
SECTOR_WORDS = {
    "Public": Sector.PUBLIC.value,
    "Association": Sector.ASSOCIATION.value,
    "Fondation": Sector.FOUNDATION.value,
    "Entreprise": Sector.COMPANY.value,
    "Coopérative": Sector.COOPERATIVE.value,
}
LEVEL_WORDS = {
    "National": Level.NATIONAL.value,
    "Régional": Level.REGIONAL.value,
    "Départemental": Level.DEPARTMENTAL.value,
    "Intercommunal": Level.INTERCOMMUNAL.value,
    "PETR ou pays": Level.PETR.value,
    "Communal": Level.COMMUNAL.value,
    "Ultramarin": Level.OVERSEAS.value,
}
ROLE_WORDS = {
    "Représentant·e": PositionRole.REPRESENTATIVE.value,
    "Suppléant·e": PositionRole.SUBSTITUTE.value,
    "Observateur·rice": PositionRole.OBSERVER.value,
}
_ROLES = {
    "titulaire": PositionRole.REPRESENTATIVE.value,
    **{
        word: role
        for role, words in (
            (PositionRole.REPRESENTATIVE.value, ("représentant", "représentante", "representative")),
            (PositionRole.SUBSTITUTE.value, ("suppléant", "suppléante", "substitute")),
            (PositionRole.OBSERVER.value, ("observateur", "observatrice", "observer")),
        )
        for word in words
    },
}
NO_MEMBER = "non"
_SHORTENED = re.compile(r"\(.+?\)$")  # "représentant(e)" as people write it
SIREN_DIGITS = 9


def _role(text: str) -> str:
    return cells.one_of(ROLE_WORDS, _ROLES)(_SHORTENED.sub("", text.strip()))


def member_since(text: str) -> PartialDate | str:
    """A partial date, or "non" of an organisation that is no member."""
    return NO_MEMBER if cells.plain(text) in ("non", "no") else cells.partial_date(text)


def link(text: str) -> str:
    """An address of a page as people write it, "www.atelier.example" too."""
    try:
        return LinkField(assume_scheme="https").clean(text)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from None


def names(text: str) -> list[str]:
    """Names or codes between commas or semicolons."""
    return [part.strip() for part in re.split(r"[,;|\n]", text) if part.strip()]


def siren(text: str) -> str:
    """Nine digits, those of a SIRET too."""
    number = cells.digits(text)
    return number[:SIREN_DIGITS] if re.fullmatch(r"\d{14}", number) else number


def _of_organisation(name: str) -> Any:
    return lambda row: getattr(row.organisation, name)


def _of_person(name: str) -> Any:
    return lambda row: getattr(row.person, name) if row.person else ""


def _of_position(name: str, empty: Any) -> Any:
    return lambda row: getattr(row.position, name) if row.position else empty


def _membership(row: DirectoryRow) -> Any:
    return row.membership.since if row.membership else NO_MEMBER


_PARTIAL = _("A day, a month, a season or a year.")


def _text(field: str, header: str, *others: Any, **options: Any) -> ImportColumn:
    return ImportColumn(field, header, others, clears_to="", get=_of_organisation(field), **options)


ORGANISATION_COLUMNS = (
    ImportColumn(
        "name",
        "Organisme",
        ("organisation", "structure", "nom de l'organisme", "nom de la structure", "raison sociale", _("Organisation")),
        clears_to=NEVER,
        help=_("Obligatory. As the portal spells it, or the short name; capitals and accents do not matter."),
        get=_of_organisation("name"),
    ),
    _text("short_name", "Nom court", "sigle", _("Short name")),
    choice("world", "Monde", WORLD_WORDS, choices=World, names=(_("World"),), get=_of_organisation("world")),
    choice(
        "sector", "Secteur", SECTOR_WORDS, choices=Sector, names=("statut", _("Sector")), get=_of_organisation("sector")
    ),
    choice(
        "level",
        "Niveau territorial",
        LEVEL_WORDS,
        choices=Level,
        names=("niveau", "échelon", _("Territorial level")),
        get=_of_organisation("level"),
    ),
    _text(
        "siren", "SIREN", "siret", _("SIREN"), read=siren, help=_("Nine digits; of a SIRET the first nine are kept.")
    ),
    _text("rna", "RNA", "numero rna", _("RNA number"), read=cells.digits, help=_("W and nine digits")),
    _text("website", "Site internet", "site", "site web", "url", _("Website"), read=link),
    _text("summary", "Présentation en une phrase", "resume", "objet", _("Presentation")),
    _text("presentation", "Présentation longue", read=lines),
    ImportColumn(
        "regions",
        "Régions",
        ("region", "territoires", "codes des regions", _("Regions of action"), _("Region")),
        names,
        [],
        help=_("Names or INSEE codes between commas (“Bretagne, 84”), or “France” for all."),
        get=lambda row: [region.name for region in row.organisation.regions.all()],
    ),
    ImportColumn(
        "competences",
        "Compétences",
        ("competence", _("Competences")),
        names,
        [],
        help=_("Words of the list of the space, between commas."),
        get=lambda row: [one.name for one in row.organisation.competences.all()],
    ),
    ImportColumn(
        "sdgs",
        "ODD",
        (_("SDG"), _("Sustainable Development Goals")),
        cells.goals,
        [],
        help=_("Numbers between commas (“11, 13”)."),
        get=_of_organisation("sdgs"),
    ),
    _text("public_email", "Courriel de l'organisme", _("E-mail address for everybody")),
    _text("public_phone", "Téléphone de l'organisme", "telephone", _("Telephone")),
    _text("internal_contact", "Contact pour les animateurs"),
    ImportColumn(
        "member_since",
        "Membre depuis",
        ("date d'entree", "adhesion", "date d'adhesion", "entree", _("Member since")),
        member_since,
        NEVER,
        help=_(
            "A day, a month, a season or a year; “non” of an organisation that is no member. Empty for a new one: from the day of the import."
        ),
        get=_membership,
    ),
)
PERSON_COLUMNS = (
    ImportColumn("first_name", "Prénom", (_("First name"),), clears_to=NEVER, get=_of_person("first_name")),
    ImportColumn("last_name", "Nom", ("nom de famille", _("Last name")), clears_to=NEVER, get=_of_person("last_name")),
    ImportColumn(
        "email",
        "Courriel",
        ("e-mail", "email", "mail", "adresse mail", "adresse electronique", _("E-mail address")),
        clears_to=NEVER,
        help=_("The person’s own address, which tells people apart; a row without one is of the organisation alone."),
        get=_of_person("email"),
    ),
    ImportColumn(
        "role",
        "Rôle",
        (_("Role"),),
        _role,
        NEVER,
        words=ROLE_WORDS,
        help=_("Représentant·e, Suppléant·e or Observateur·rice; empty for a new person: Représentant·e."),
        get=_of_position("role", ""),
    ),
    ImportColumn(
        "title", "Fonction", (pgettext_lazy("at work", "Function"),), clears_to="", get=_of_position("title", "")
    ),
    ImportColumn(
        "began_on",
        "En fonction depuis",
        ("depuis", "depuis le", "since"),
        cells.partial_date,
        NEVER,
        help=_("A day, a month, a season or a year. Empty for somebody new: from the day of the import."),
        get=_of_position("since", None),
    ),
    ImportColumn(
        "ended_on",
        "En fonction jusqu'à",
        ("jusqu'à", "jusqu'au", "fin", "until"),
        cells.partial_date,
        help=_PARTIAL,
        get=_of_position("until", None),
    ),
)
# Heads of the downloaded directory whose cells come from elsewhere: they are never read, and that is told.
_COMPUTED = (_("Engineering schemes"), _("Engineering"), _("Kinds of help"), _("Page"), _("Fictional"))
SHAPE = TableShape(
    "directory",
    (*ORGANISATION_COLUMNS, *PERSON_COLUMNS),
    computed_heads=_COMPUTED,
    key="name",
    key_repeats=True,
    key_label=_("Organisation, person"),
    key_missing=_("The organisation is missing."),
)
OF_ORGANISATION = tuple(column.field for column in ORGANISATION_COLUMNS)
OF_PERSON = tuple(column.field for column in PERSON_COLUMNS)
