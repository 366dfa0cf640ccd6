"""What the dashboard and the list behind its figures can be narrowed by; both take the same address."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.filters import Facet, FilterSet, Sort, Text
from core.models import Region
from core.territories import regions as by_code
from funding.dashboard.numbers import Numbers
from funding.enums import GRANTED_STATES, PaymentKind, Stage
from funding.filters import (
    AGREED,
    PLACE_WORDS,
    STAGE_WORDS,
    STATE_WORDS,
    Named,
    funding_organisations,
    goals,
    places,
    years,
)
from funding.models import FundingLine, FundingLineFact, Payment, Programme
from funding.querysets import FundingLineFactQuerySet, FundingLineQuerySet
from funding.visibility import Visibility
from members.models import Organisation


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


class Signed(django_filters.Filter):
    """Fundings with a signed contract, for the figure "under contract" links to it: not every settled one has one."""

    field_class = forms.ChoiceField

    def __init__(self, *, label: object) -> None:
        super().__init__(label=label, choices=[("signee", _("signed"))])

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.filter(signed_on__isnull=False) if value else qs


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

    q = Text(label=_("Search"))
    annee = Facet("decided_year", label=_("Year of decision"), choices=())
    financeur = Named("funder", label=_("Funder"), given=list)
    programme = Named("initiative__programme", label=_("Programme"), given=list)
    region = Facet(
        "initiative__region_group",
        label=_("Region"),
        choices=(),
        words=PLACE_WORDS,
    )
    odd = Facet("initiative__main_sdg", label=_("Main SDG"), choices=goals)
    stade = Facet("initiative__stage", label=_("Stage"), choices=Stage.choices, words=STAGE_WORDS)
    etat = Facet("state", label=_("State"), choices=granted_states, words=STATE_WORDS)
    avec = FundedTogether(label=_("Initiative funded by"))
    verse = PaidIn(label=_("Paid in"))
    convention = Signed(label=_("Contract"))
    tri = Sort(
        {
            "montant": (_("Amount agreed"), [AGREED.desc(nulls_last=True)]),
            "recents": (_("Latest decision first"), ["-decided_on"]),
            "titre": (_("Title of the initiative"), ["initiative__title"]),
        }
    )

    class Meta:
        model = FundingLine
        fields: list[str] = []

    def __init__(
        self,
        data: QueryDict,
        queryset: QuerySet,
        *,
        visibility: Visibility,
        counted: FundingLineFactQuerySet | None = None,
    ) -> None:
        """`visibility` says what may be chosen; `counted` are the rows kept of `queryset`.

        Where there are none, figures are made of the fundings themselves.
        """
        super().__init__(data, queryset)
        self.visibility, self.counted = visibility, counted
        for name, given in {
            "annee": lambda: years(visibility),
            "financeur": lambda: [(row.pk, row.slug, row.label) for row in self.organisations],
            "avec": lambda: [(row.slug, row.label) for row in self.organisations],
            "programme": lambda: [(row.pk, row.slug, row.name) for row in self.programmes],
            "region": lambda: places(self.regions),
        }.items():
            self.filters[name].given = given

    @cached_property
    def organisations(self) -> list[Organisation]:
        return list(funding_organisations(self.visibility))

    @cached_property
    def programmes(self) -> list[Programme]:
        return list(Programme.objects.order_by("name", "pk"))

    @cached_property
    def regions(self) -> list[Region]:
        return list(by_code().values())

    @cached_property
    def numbers(self) -> Numbers:
        """What is added up of the rows found."""
        return Numbers(self)

    def _known_counts(self) -> dict[tuple[str, str], int]:
        return self.numbers.counts()

    def chosen(self, name: str) -> list[Any]:
        """The values of filter `name` that were read; none where the address cannot be."""
        return list(self.form.cleaned_data.get(name) or ()) if self.is_valid() else []


def countable(visibility: Visibility) -> FundingLineQuerySet:
    """The fundings every figure of the dashboard is made of: granted, of an amount this reader may see."""
    return FundingLine.objects.amounts_seen_by(visibility).granted()


def counted(visibility: Visibility) -> FundingLineFactQuerySet:
    """The rows kept of `countable(visibility)`."""
    return FundingLineFact.objects.amounts_seen_by(visibility)


def dashboard_filter(data: QueryDict, visibility: Visibility) -> DashboardFilter:
    """What the dashboard and its list show to this reader."""
    return DashboardFilter(data, countable(visibility), visibility=visibility, counted=counted(visibility))
