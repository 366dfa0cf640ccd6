"""The shapes of the answers. Descriptions and docstrings are the published documentation: in French, like the data."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from core.partial_dates.values import Precision
from funding.enums import GRANTED_STATES, CommitmentUnit
from funding.filters import KIND_WORDS, STAGE_WORDS, STATE_WORDS
from watch.filters import KINDS, PURPOSES

# A closed list stands in the published description; what a filter takes bears the filter's words.
PRECISIONS = tuple(precision.value for precision in Precision)
WATCH_WORDS, PURPOSE_WORDS = tuple(KINDS), tuple(PURPOSES)
GRANTED_WORDS = tuple(word for word, state in STATE_WORDS.items() if state in GRANTED_STATES)


class PartialDateOut(Schema):
    """Une date aussi précise qu’elle est connue : les jours possibles, premier et dernier compris."""

    first: dt.date
    last: dt.date
    precision: Literal[*PRECISIONS] = Field(
        description="day (jour), days (plusieurs jours de suite, tous compris), month (mois), season (saison), year (année) ou span (période)"
    )
    text: str = Field(description="En toutes lettres")


class NamedOut(Schema):
    slug: str
    name: str


class BearerOut(Schema):
    name: str
    siren: str | None = None
    rna: str | None = None


class FundingOut(Schema):
    """Un financement accordé."""

    funder: NamedOut
    kind: Literal[*KIND_WORDS] = Field(
        description="subvention, pret (prêt), avance (avance récupérable), apport (apport avec droit de reprise), mecenat (mécénat financier), competences (mécénat de compétences), nature (mécénat en nature) ou autre"
    )
    state: Literal[*GRANTED_WORDS] = Field(
        description="accorde (accordé), conventionne (conventionné) ou solde (soldé)"
    )
    decided_on: dt.date
    amount: Decimal | None = Field(description="Euros, avenants compris ; null si le financeur ne le publie pas")


class InitiativeOut(Schema):
    id: UUID
    reference: str
    title: str
    summary: str
    fictional: bool = Field(description="Inventée pour une démonstration")
    bearer: BearerOut
    place: str
    national: bool
    regions: list[str] = Field(description="Codes INSEE des régions d’action")
    sdgs: list[int] = Field(description="Objectifs de développement durable, le principal d’abord")
    programme: NamedOut | None
    stage: Literal[*STAGE_WORDS] = Field(description="Stade : les mots que prend le filtre `stade`")
    starts_on: PartialDateOut | None
    ends_on: PartialDateOut | None
    fundings: list[FundingOut]
    agreed: Decimal = Field(description="Euros accordés, pour les montants publiés")
    unpublished_amounts: int = Field(description="Financements au montant non publié : ils ne sont pas dans `agreed`")
    changed_at: dt.datetime


class CommitmentOut(Schema):
    text: str
    unit: Literal[*CommitmentUnit.values] = Field(
        description="territories (territoires), initiatives, lines (financements) ou euros"
    )
    target: int | None
    target_overseas: int | None
    approximate: str | None = Field(description="Le nombre en mots, quand il n’a pas été chiffré")
    amount: Decimal | None
    due: PartialDateOut | None
    partners: list[str]


class ProgrammeOut(Schema):
    id: UUID
    slug: str
    name: str
    summary: str
    lead: str
    follows: str | None = Field(description="Slug du programme auquel il fait suite")
    starts_on: PartialDateOut | None
    ends_on: PartialDateOut | None
    commitments: list[CommitmentOut]


class CycleOut(Schema):
    year: int
    theme: str


class PublicMinutesOut(Schema):
    """La version en vigueur d’un compte rendu que les animateurs ont rendu public."""

    version: int
    published_at: dt.datetime
    url: str = Field(description="Page publique, sans nom de personne")
    sha256: str = Field(description="Empreinte, à vérifier à l’adresse /verifier/<sha256>/")


class SessionOut(Schema):
    """Une session tenue. Ce qui s’y est dit est réservé aux membres, sauf si son compte rendu est public."""

    number: int
    title: str
    date: PartialDateOut | None
    cycle: CycleOut
    public_minutes: PublicMinutesOut | None = Field(description="null tant que le compte rendu n’est pas public")


class MinutesOut(Schema):
    """Un compte rendu rendu public, dans sa version en vigueur : les structures, jamais les personnes présentes."""

    session: int = Field(description="Numéro de la session")
    title: str
    date: PartialDateOut | None
    version: int
    published_at: dt.datetime
    author: str = Field(description="Structure qui l’a publié")
    sha256: str = Field(description="Empreinte du contenu, à vérifier sur /verifier/<sha256>/")
    page: str = Field(description="Adresse de la page")
    file: str | None = Field(description="Adresse du PDF ; null tant qu’il n’est pas établi")


class WatchItemOut(Schema):
    """Une fiche de la veille partagée, ouverte à tout le monde. Les champs qu’une nature n’a pas sont vides."""

    id: UUID
    kind: Literal[*WATCH_WORDS] = Field(
        description="dispositif (de soutien), etude (de besoins), publication, methode, donnees ou enseignement"
    )
    title: str
    summary: str
    description: str
    fictional: bool = Field(description="Inventée pour une démonstration")
    ended: bool = Field(description="Le dispositif est clos, ou la fiche ne vaut plus que pour mémoire")
    author: str
    date: PartialDateOut | None
    themes: list[str]
    sdgs: list[int] = Field(description="Objectifs de développement durable")
    national: bool
    regions: list[str] = Field(description="Codes INSEE des régions")
    place: str
    answers_to: Literal[*PURPOSE_WORDS] | None = Field(description="D’un dispositif : urgence, relance ou ordinaire")
    opens_on: PartialDateOut | None
    closes_on: PartialDateOut | None
    beneficiaries: list[str] = Field(description="Pour qui : les mots que prend le filtre `public`")
    financers: str
    rates: str
    contact: str
    session: int | None = Field(description="D’un enseignement : numéro de la session dont il est tiré")
    cycle: int | None = Field(description="D’un enseignement : année du cycle dont il est tiré")
    initiative: UUID | None = Field(description="D’un enseignement : initiative dont il est tiré")
    link: str
    source: str
    licence: str | None = Field(description="Licence de ce qui est cité ; celle de la fiche est celle de la réponse")
    published_at: dt.datetime
    changed_at: dt.datetime


class ProblemOut(Schema):
    status: int
    message: str = Field(description="En toutes lettres")
    details: list[dict[str, str]] = Field([], description="Un paramètre illisible : `parameter`, `problem`")


class ErrorOut(Schema):
    """Une demande qui n’a pas pu être servie."""

    error: ProblemOut


class PageOut(Schema):
    """Une page d’une liste, dans un ordre stable."""

    licence: str
    licence_url: str
    count: int = Field(description="Lignes de toute la liste, filtres compris")
    next: str | None = Field(description="Adresse de la page suivante")


class InitiativePage(PageOut):
    results: list[InitiativeOut]


class ProgrammePage(PageOut):
    results: list[ProgrammeOut]


class SessionPage(PageOut):
    results: list[SessionOut]


class MinutesPage(PageOut):
    results: list[MinutesOut]


class WatchPage(PageOut):
    results: list[WatchItemOut]
