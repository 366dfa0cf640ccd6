"""What the lists of initiatives and fundings can be narrowed by; the words of the address are French."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, F, Max, Min, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from core.enums import SDG
from core.filters import Facet, FilterSet, Sort, Text
from core.models import Region
from funding.enums import OWN_STATES, FundingKind, LineState, Stage
from funding.models import FundingLine, Initiative, Programme
from members.models import Organisation

STAGE_WORDS = {
    "reperee": Stage.SPOTTED,
    "instruite": Stage.REVIEWED,
    "financee": Stage.FUNDED,
    "en-cours": Stage.RUNNING,
    "achevee": Stage.COMPLETED,
    "capitalisee": Stage.CAPITALISED,
    "abandonnee": Stage.DROPPED,
}
STATE_WORDS = {
    "brouillon": LineState.DRAFT,
    "demande": LineState.REQUESTED,
    "refuse": LineState.REFUSED,
    "accorde": LineState.AGREED,
    "conventionne": LineState.CONTRACTED,
    "solde": LineState.SETTLED,
    "annule": LineState.CANCELLED,
}
KIND_WORDS = {
    "subvention": FundingKind.GRANT,
    "pret": FundingKind.LOAN,
    "avance": FundingKind.ADVANCE,
    "apport": FundingKind.CONTRIBUTION,
    "mecenat": FundingKind.PATRONAGE,
    "competences": FundingKind.SKILLS,
    "nature": FundingKind.IN_KIND,
    "autre": FundingKind.OTHER,
}


def regions() -> list[tuple[str, str]]:
    return list(Region.objects.in_code_order().values_list("code", "name"))


def goals() -> list[tuple[int, str]]:
    return [(goal.value, f"{goal.value}. {goal.label}") for goal in SDG]


def funding_organisations() -> QuerySet[Organisation]:
    """Organisations that the reader may know to fund something; each is looked up, the fundings are not read."""
    giving = FundingLine.objects.exclude(state__in=OWN_STATES).order_by().filter(funder=OuterRef("pk"))
    return Organisation.objects.filter(Exists(giving)).order_by("name", "pk")


def years() -> list[tuple[int, str]]:
    """From the year of the last decision back to that of the first: both ends of an index, not all the rows."""
    dated = FundingLine.objects.exclude(state__in=OWN_STATES).order_by()
    ends = dated.aggregate(first=Min("decided_on"), last=Max("decided_on"))
    if ends["first"] is None:
        return []
    return [(year, str(year)) for year in range(ends["last"].year, ends["first"].year - 1, -1)]


class Named(Facet):
    """Options that are rows: looked for by their key, written in the address by their own word.

    `given`: (key, word, label) of each. A look-up by key needs no join, and PostgreSQL knows how many it will find.
    """

    given: Callable[[], Iterable[tuple[int, str, str]]]

    def __init__(
        self, path: str, *, label: Any, given: Callable[[], Iterable[tuple[int, str, str]]], **options: Any
    ) -> None:
        super().__init__(path, label=label, choices=(), **options)
        self.given = given

    def choices(self) -> list[tuple[str, Any]]:
        rows = list(self.given())
        self.words = {str(key): word for key, word, _label in rows}
        self.stored = {word: key for key, word, _label in rows}
        return [(word, label) for _key, word, label in rows]


def named_funders() -> list[tuple[int, str, str]]:
    return [(row.pk, row.slug, row.label) for row in funding_organisations()]


def named_programmes() -> list[tuple[int, str, str]]:
    return list(Programme.objects.order_by("name", "pk").values_list("pk", "slug", "name"))


class InitiativeFilter(FilterSet):
    q = Text(label=_("Search"))
    programme = Named("programme", label=_("Programme"), given=named_programmes)
    stade = Facet("stage", label=_("Stage"), choices=Stage.choices, words=STAGE_WORDS)
    region = Facet("regions", label=_("Region"), choices=regions, array=True, each_once=True)
    odd = Facet("sdgs", label=_("SDG"), choices=goals, array=True, each_once=True)
    financeur = Named("found_by__funders", label=_("Funder"), given=named_funders, array=True, each_once=True)
    annee = Facet("found_by__years", label=_("Year of decision"), choices=years, array=True, each_once=True)
    tri = Sort(
        {
            "recentes": (_("Changed last"), ["-changed_at"]),
            "titre": (_("Title"), ["title"]),
            "montant": (_("Amount agreed"), ["-agreed"]),
        }
    )

    class Meta:
        model = Initiative
        fields: list[str] = []


class LineFilter(FilterSet):
    """The funder's own lines."""

    etat = Facet("state", label=_("State"), choices=LineState.choices, words=STATE_WORDS)
    nature = Facet("kind", label=_("Kind"), choices=FundingKind.choices, words=KIND_WORDS)
    programme = Named("initiative__programme", label=_("Programme"), given=named_programmes)
    stade = Facet("initiative__stage", label=_("Stage"), choices=Stage.choices, words=STAGE_WORDS)
    tri = Sort(
        {
            "recents": (_("Latest decision first"), [F("decided_on").desc(nulls_first=True)]),
            "montant": (_("Amount agreed"), [F("amount_agreed").desc(nulls_last=True)]),
            "titre": (_("Title of the initiative"), ["initiative__title"]),
        }
    )

    class Meta:
        model = FundingLine
        fields: list[str] = []
