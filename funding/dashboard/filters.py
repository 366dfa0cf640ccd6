"""What the dashboard and the list behind its figures can be narrowed by; both take the same address."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.filters import Facet, FilterSet, Sort
from core.models import Region
from funding.enums import GRANTED_STATES, PaymentKind, Stage
from funding.figures import COUNTED, FIGURES, Lines, Values, by_year, compute, exact, leverage, ratio
from funding.filters import STAGE_WORDS, STATE_WORDS, Named, funding_organisations, goals, years
from funding.gathering import Gathered, Place, gather, gather_lines, gathered
from funding.kept import held, kept
from funding.models import CountedLine, FundingLine, Payment, Programme
from funding.models.initiative import NATIONAL, SEVERAL
from funding.querysets import CountedLineQuerySet, FundingLineQuerySet
from funding.visibility import Sight
from members.models import Organisation

SHOWN = ("agreed", "contracted", "paid", "remaining", "backed", "lines")
OVER_LINES = tuple(key for key in SHOWN if key != COUNTED)  # those that add up over fundings
OF_LINES = {"annee": 0, "financeur": 1, "etat": 2}  # filter → its part of the place of a funding
OF_INITIATIVES = {"region": "region", "stade": "stage", "odd": "sdg", "programme": "programme"}  # filter → dimension
SEVERAL_WORD, NATIONAL_WORD, UNKNOWN_WORD = "plusieurs", "france", "inconnue"


def places(known: Iterable[Region]) -> list[tuple[str, object]]:
    """Every region, and the groups of what acts in several, in the whole country, or where nobody said."""
    return [
        *((region.code, region.name) for region in known),
        # Translators: plusieurs régions
        (SEVERAL, _("several regions")),
        # Translators: toute la France
        (NATIONAL, _("the whole country")),
        # Translators: lieu non précisé
        ("", _("place not given")),
    ]


def granted_states() -> list[tuple[str, object]]:
    return [(state.value, state.label) for state in GRANTED_STATES]


class PaidIn(django_filters.Filter):
    """Fundings with a payment in a year; not counted beside its options, for the charts link to it."""

    field_class = forms.IntegerField

    def __init__(self, *, label: object) -> None:
        super().__init__(label=label, min_value=1990, max_value=2100)

    def filter(self, qs: FundingLineQuerySet, value: int | None) -> FundingLineQuerySet:
        if not value:
            return qs
        paid = Payment.objects.filter(line=OuterRef("pk"), kind=PaymentKind.PAYMENT, paid_on__year=value)
        return qs.filter(Exists(paid))


class FundedTogether(django_filters.Filter):
    """Fundings of the initiatives that every named funder backs; not counted, for the matrix links to it."""

    field_class = forms.MultipleChoiceField

    def __init__(self, *, label: object) -> None:
        super().__init__(label=label, required=False)
        self.given: Callable[[], list[tuple[str, str]]] = list

    @property
    def field(self) -> forms.Field:
        if not hasattr(self, "_field"):
            self._field = self.field_class(label=self.label, required=False, choices=self.given)
        return self._field

    def filter(self, qs: FundingLineQuerySet, value: list[str]) -> FundingLineQuerySet:
        """`qs` is narrowed by every other filter already: each funder must back the initiative within it."""
        within = qs.order_by()
        for slug in value or ():
            qs = qs.filter(initiative__in=within.filter(funder__slug=slug).values("initiative"))
        return qs


class DashboardFilter(FilterSet):
    """Fundings whose amounts the reader may see. A year is that of the decision, but for `verse`.

    The rows that name the options are read once, for the dashboard shows them as well.
    """

    annee = Facet("decided_year", label=_("Year of decision"), choices=years)
    financeur = Named("funder", label=_("Funder"), given=list)
    programme = Named("initiative__programme", label=_("Programme"), given=list)
    region = Facet(
        "initiative__region_group",
        label=_("Region"),
        choices=(),
        words={SEVERAL_WORD: SEVERAL, NATIONAL_WORD: NATIONAL, UNKNOWN_WORD: ""},
    )
    # Translators: ODD principal
    odd = Facet("initiative__main_sdg", label=_("Main SDG"), choices=goals)
    stade = Facet("initiative__stage", label=_("Stage"), choices=Stage.choices, words=STAGE_WORDS)
    etat = Facet("state", label=_("State"), choices=granted_states, words=STATE_WORDS)
    # Translators: Financée par
    avec = FundedTogether(label=_("Initiative funded by"))
    # Translators: Versé en
    verse = PaidIn(label=_("Paid in"))
    tri = Sort(
        {
            "montant": (_("Amount agreed"), ["-amount_agreed"]),
            "recents": (_("Latest decision first"), ["-decided_on"]),
            "titre": (_("Title of the initiative"), ["initiative__title"]),
        }
    )

    class Meta:
        model = FundingLine
        fields: list[str] = []

    def __init__(self, data: QueryDict, queryset: QuerySet, *, counted: CountedLineQuerySet | None = None) -> None:
        """`counted`: the rows kept of `queryset`; where there are none, figures are made of the fundings themselves."""
        super().__init__(data, queryset)
        self.counted = counted
        for name, given in {
            "financeur": lambda: [(row.pk, row.slug, row.label) for row in self.organisations],
            "avec": lambda: [(row.slug, row.label) for row in self.organisations],
            "programme": lambda: [(row.pk, row.slug, row.name) for row in self.programmes],
            "region": lambda: places(self.regions),
        }.items():
            self.filters[name].given = given

    @cached_property
    def organisations(self) -> list[Organisation]:
        return list(funding_organisations())

    @cached_property
    def programmes(self) -> list[Programme]:
        return list(Programme.objects.order_by("name", "pk"))

    @cached_property
    def regions(self) -> list[Region]:
        return list(Region.objects.in_code_order())

    # --- what the figures are made of --------------------------------------------------------------------------

    def rows(self, *, but: Collection[str] = ()) -> Lines:
        """What passes every filter except `but`, where it is counted fastest: in no order."""
        if self.counted is None:
            return self._narrowed(without=but).order_by() if self.is_valid() else self.queryset.none()
        rows = self.counted if self.is_valid() else self.counted.none()
        for name, value in self.form.cleaned_data.items():
            if name not in but and not isinstance(self.filters[name], Sort):
                rows = self._over_counted(name).filter(rows, value)
        return rows

    def _over_counted(self, name: str) -> django_filters.Filter:
        over = copy.copy(self.filters[name])
        over.model, over.field_name = CountedLine, CountedLine.path(over.field_name or "")
        return over

    @cached_property
    def gathered(self) -> Gathered:
        """The figures of the rows found, whole and by what their initiatives are."""
        return gather(self.rows(), *self._asked)

    @cached_property
    def by_line(self) -> dict[Place, Values]:
        """(year, funder, state) → figures of the rows found."""
        return {place: values for place, values in self._anywhere.items() if self._passes(place)}

    def paid_by_year(self) -> dict[int, Decimal]:
        """Year of the payments → what was paid of the rows found."""
        return by_year(self.rows(), "paid")

    def in_years(self, years: Collection[int]) -> Values:
        """The figures in place of the years chosen: what else is chosen stays."""
        rows = self.rows(but=("annee",)).filter(decided_year__in=years)
        if not self._is_of_places:
            return compute(rows, SHOWN)
        values: Values = {key: exact(FIGURES[key].nothing) for key in SHOWN}
        for place, figures in self._anywhere.items():
            if place[0] in years and self._passes(place, but="annee"):
                values |= {key: values[key] + figures[key] for key in OVER_LINES}
        initiatives = rows.values("initiative").distinct()
        values[COUNTED] = kept("count", initiatives, compute=initiatives.count)
        return values

    def leverage(self, funder: Organisation) -> Decimal | None:
        """Euros of others for one of `funder`, where it alone is chosen."""
        everybody = self.rows(but=("financeur",))
        known = gathered(everybody, *self._asked)
        if known is None:
            return leverage(everybody, funder)
        own = sum((values["agreed"] for values in self.by_line.values()), Decimal(0))
        of_all = sum((values["agreed"] for givers, values in known.together.items() if funder.pk in givers), Decimal(0))
        return ratio(of_all - own, own)

    @property
    def _asked(self) -> tuple[Sequence[str], Sequence[str], Sequence[int]]:
        return SHOWN, tuple(OF_INITIATIVES.values()), [row.pk for row in self.organisations]

    @cached_property
    def _anywhere(self) -> dict[Place, Values]:
        return gather_lines(self._of_any_place, OVER_LINES)

    @cached_property
    def _of_any_place(self) -> Lines:
        """Whatever year, funder and state are chosen: one answer serves all choices of them, and the counts beside."""
        return self.rows(but=OF_LINES if self._is_of_places else ())

    @property
    def _is_of_places(self) -> bool:
        """Whether these three only choose among places; who funds together is looked for within what they leave."""
        return not self.chosen("avec")

    def _passes(self, place: Place, *, but: str = "") -> bool:
        return all(
            name == but or words is None or self._word(name, place) in words
            for name, words in self._chosen_places.items()
        )

    def _word(self, name: str, place: Place) -> str:
        return self.filters[name].word(place[OF_LINES[name]])

    @cached_property
    def _chosen_places(self) -> dict[str, set[str] | None]:
        return {name: set(self.chosen(name)) or None for name in OF_LINES}

    # --- counts beside the filters -------------------------------------------------------------------------------

    def _known_counts(self) -> dict[tuple[str, str], int]:
        """They come from what the figures are made of."""
        known: Counter[tuple[str, str]] = Counter({("", "found"): sum(row["lines"] for row in self.by_line.values())})
        for name in OF_LINES:
            if self._is_of_places or not self.chosen(name):
                for place, values in self._anywhere.items():
                    if self._passes(place, but=name):
                        known[name, self._word(name, place)] += values["lines"]
        for name, dimension in OF_INITIATIVES.items():
            made = gathered(self.rows(but=(name,)), *self._asked) if self.chosen(name) else self.gathered
            for row in made.rows[dimension] if made else ():
                known[name, self.filters[name].word(row.value)] += row.figures["lines"]
        narrowed = any(self.form.cleaned_data[name] for name, row in self.filters.items() if not isinstance(row, Sort))
        is_asked = {name for name, _word in known} >= {*OF_LINES, *OF_INITIATIVES}  # else one question brings the rest
        total = known["", "found"] if not narrowed else self.count_all() if is_asked else held("count", self._every)
        return dict(known) if total is None else known | {("", "total"): total}

    @property
    def _every(self) -> Lines:
        return self.queryset.order_by() if self.counted is None else self.counted

    def count_all(self) -> int:
        """The rows of the list before any filter."""
        return kept("count", self._every, compute=self._every.count)

    def chosen(self, name: str) -> list[Any]:
        """The values of filter `name` that were read; none where the address cannot be."""
        return list(self.form.cleaned_data.get(name) or ()) if self.is_valid() else []


def countable(sight: Sight) -> FundingLineQuerySet:
    """The fundings every figure of the dashboard is made of: granted, of an amount this reader may see."""
    return FundingLine.objects.amounts_seen_by(sight).granted()


def counted(sight: Sight) -> CountedLineQuerySet:
    """The rows kept of `countable(sight)`."""
    return CountedLine.objects.amounts_seen_by(sight)


def dashboard_filter(data: QueryDict, sight: Sight) -> DashboardFilter:
    """What the dashboard and its list show to this reader."""
    return DashboardFilter(data, countable(sight), counted=counted(sight))
