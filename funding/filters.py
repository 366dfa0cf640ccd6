"""What the lists of initiatives and fundings can be narrowed by; the words of the address are French."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.enums import SDG
from core.filters import Facet, FilterSet, Sort, Text
from core.models import Region
from core.territories import regions as by_code
from funding.enums import FundingKind, LineState, Stage
from funding.models import FundingLine, Initiative, Programme
from funding.models.initiative import NATIONAL, SEVERAL
from funding.visibility import Visibility
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
# The other way: what a file or an answer for programs says is what a filter takes.
WORD_OF_STAGE = {stage: word for word, stage in STAGE_WORDS.items()}
WORD_OF_STATE = {state: word for word, state in STATE_WORDS.items()}
WORD_OF_KIND = {kind: word for word, kind in KIND_WORDS.items()}


AGREED = F("amount_agreed") + F("amount_amended")  # as lists show it: what was agreed, amendments included


def regions() -> list[tuple[str, str]]:
    return [(region.code, region.name) for region in by_code().values()]


SEVERAL_WORD, NATIONAL_WORD, UNKNOWN_WORD = "plusieurs", "france", "inconnue"
PLACE_WORDS = {SEVERAL_WORD: SEVERAL, NATIONAL_WORD: NATIONAL, UNKNOWN_WORD: ""}


def places(known: Iterable[Region] | None = None) -> list[tuple[str, object]]:
    """Every region, and the groups of what acts in several, in the whole country, or where nobody said."""
    return [
        *((region.code, region.name) for region in (known or by_code().values())),
        (SEVERAL, _("several regions")),
        (NATIONAL, _("the whole country")),
        ("", _("place not given")),
    ]


def goals() -> list[tuple[int, str]]:
    return [(goal.value, f"{goal.value}. {goal.label}") for goal in SDG]


def funding_organisations(visibility: Visibility) -> QuerySet[Organisation]:
    """Organisations that the reader may know to fund something; each is looked up, the fundings are not read."""
    giving = FundingLine.objects.seen_by(visibility).order_by().filter(funder=OuterRef("pk"))
    return Organisation.objects.filter(Exists(giving)).order_by("name", "pk")


def years(visibility: Visibility) -> list[tuple[int, str]]:
    """From the last year of decision that the reader may know of back to the first.

    Both ends of an index, not all the rows. A year between is an option whether or not it holds anything.
    """
    dated = FundingLine.objects.seen_by(visibility).exclude(decided_on=None).values_list("decided_on", flat=True)
    first, last = dated.order_by("decided_on")[:1], dated.order_by("-decided_on")[:1]
    ends = [day.year for day in first.union(last, all=True)]
    return [(year, str(year)) for year in range(max(ends), min(ends) - 1, -1)] if ends else []


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


def named_funders(visibility: Visibility) -> list[tuple[int, str, str]]:
    return [(row.pk, row.slug, row.label) for row in funding_organisations(visibility)]


def named_programmes() -> list[tuple[int, str, str]]:
    return list(Programme.objects.order_by("name", "pk").values_list("pk", "slug", "name"))


class InitiativeFilter(FilterSet):
    """`visibility` says which years and funders the reader may choose: what it does not cover is no value at all."""

    q = Text(label=_("Search"))
    programme = Named("programme", label=_("Programme"), given=named_programmes)
    stade = Facet("stage", label=_("Stage"), choices=Stage.choices, words=STAGE_WORDS)
    region = Facet("regions", label=_("Region"), choices=regions, array=True, each_once=True)
    odd = Facet("sdgs", label=_("SDG"), choices=goals, array=True, each_once=True)
    financeur = Named("found_by__funders", label=_("Funder"), given=list, array=True, each_once=True)
    annee = Facet("found_by__years", label=_("Year of decision"), choices=(), array=True, each_once=True)
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

    def __init__(self, data: QueryDict, queryset: QuerySet, *, visibility: Visibility) -> None:
        super().__init__(data, queryset)
        self.filters["financeur"].given = lambda: named_funders(visibility)
        self.filters["annee"].given = lambda: years(visibility)


class LineFilter(FilterSet):
    """The funder's own lines; where one acts is told as on the dashboard (`region_group`)."""

    q = Text(label=_("Search"))
    etat = Facet("state", label=_("State"), choices=LineState.choices, words=STATE_WORDS)
    nature = Facet("kind", label=_("Kind"), choices=FundingKind.choices, words=KIND_WORDS)
    programme = Named("initiative__programme", label=_("Programme"), given=named_programmes)
    region = Facet("initiative__region_group", label=_("Region"), choices=places, words=PLACE_WORDS)
    stade = Facet("initiative__stage", label=_("Stage"), choices=Stage.choices, words=STAGE_WORDS)
    tri = Sort(
        {
            "recents": (_("Latest decision first"), [F("decided_on").desc(nulls_first=True)]),
            "montant": (_("Amount agreed"), [AGREED.desc(nulls_last=True)]),
            "titre": (_("Title of the initiative"), ["initiative__title"]),
        }
    )

    class Meta:
        model = FundingLine
        fields: list[str] = []
