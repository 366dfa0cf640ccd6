"""What the lists of initiatives and fundings can be narrowed by; the words of the address are French."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import CharField, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, ExtractYear
from django.utils.translation import gettext_lazy as _

from core.enums import SDG
from core.filters import Facet, FilterSet, Sort, Text
from core.filters.kinds import OptionFilter
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


def programmes() -> list[tuple[str, str]]:
    return list(Programme.objects.order_by("name", "pk").values_list("slug", "name"))


def goals() -> list[tuple[int, str]]:
    return [(goal.value, f"{goal.value}. {goal.label}") for goal in SDG]


def funding_organisations() -> QuerySet[Organisation]:
    """Organisations that the reader may know to fund something; each is looked up, the fundings are not read."""
    giving = FundingLine.objects.exclude(state__in=OWN_STATES).order_by().filter(funder=OuterRef("pk"))
    return Organisation.objects.filter(Exists(giving)).order_by("name", "pk")


def funders() -> list[tuple[str, str]]:
    return [(organisation.slug, organisation.label) for organisation in funding_organisations()]


def years() -> list[tuple[int, str]]:
    """From the year of the last decision back to that of the first: both ends of an index, not all the rows."""
    dated = FundingLine.objects.exclude(state__in=OWN_STATES).order_by()
    ends = dated.aggregate(first=Min("decided_on"), last=Max("decided_on"))
    if ends["first"] is None:
        return []
    return [(year, str(year)) for year in range(ends["last"].year, ends["first"].year - 1, -1)]


class LineFacet(OptionFilter):
    """Initiatives by something of their fundings, without drafts and refusals, which only their funder knows."""

    def __init__(
        self, path: str, *, value: Any = None, label: Any, choices: Callable[[], Iterable[tuple[Any, Any]]]
    ) -> None:
        super().__init__(field_name=path, label=label)
        self.path, self.given = path, choices
        self.value = value or F(f"lines__{path}")

    def choices(self) -> list[tuple[str, Any]]:
        return [(str(value), label) for value, label in self.given()]

    def word(self, value: Any) -> str:
        return str(value)

    def condition(self, words: Sequence[str]) -> Q:
        lines = FundingLine.objects.exclude(state__in=OWN_STATES).filter(**{f"{self.path}__in": words})
        return Q(pk__in=lines.order_by().values("initiative"))

    def counted(self, queryset: QuerySet) -> list[QuerySet]:
        shown = [state for state in LineState if state not in OWN_STATES]
        rows = queryset.filter(lines__state__in=shown).annotate(_option=Cast(self.value, CharField()))
        rows = rows.filter(_option__isnull=False)
        return [rows.values("_option").annotate(_number=Count("pk", distinct=True))]


class InitiativeFilter(FilterSet):
    q = Text(label=_("Search"))
    programme = Facet("programme__slug", label=_("Programme"), choices=programmes)
    stade = Facet("stage", label=_("Stage"), choices=Stage.choices, words=STAGE_WORDS)
    region = Facet("regions", label=_("Region"), choices=regions, array=True)
    odd = Facet("sdgs", label=_("SDG"), choices=goals, array=True)
    financeur = LineFacet("funder__slug", label=_("Funder"), choices=funders)
    # Translators: Année de décision
    annee = LineFacet(
        "decided_on__year", value=ExtractYear("lines__decided_on"), label=_("Year of decision"), choices=years
    )
    tri = Sort(
        {
            # Translators: Modifiées en dernier
            "recentes": (_("Changed last"), ["-changed_at"]),
            # Translators: Titre
            "titre": (_("Title"), ["title"]),
            # Translators: Montant accordé
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
    programme = Facet("initiative__programme__slug", label=_("Programme"), choices=programmes)
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
