"""What the dashboard and the list behind its figures can be narrowed by; both take the same address."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from core.filters import Facet, FilterSet, Sort
from funding.enums import GRANTED_STATES, PaymentKind, Stage
from funding.filters import STAGE_WORDS, STATE_WORDS, funders, goals, programmes, regions, years
from funding.models import FundingLine, Payment
from funding.models.initiative import NATIONAL, SEVERAL
from funding.querysets import FundingLineQuerySet
from funding.visibility import Sight

SEVERAL_WORD, NATIONAL_WORD, UNKNOWN_WORD = "plusieurs", "france", "inconnue"


def places() -> list[tuple[str, object]]:
    """Every region, and the groups of what acts in several, in the whole country, or where nobody said."""
    return [
        *regions(),
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


class DashboardFilter(FilterSet):
    """Fundings whose amounts the reader may see. A year is that of the decision, but for `verse`."""

    annee = Facet("decided_on__year", label=_("Year of decision"), choices=years)
    financeur = Facet("funder__slug", label=_("Funder"), choices=funders)
    programme = Facet("initiative__programme__slug", label=_("Programme"), choices=programmes)
    region = Facet(
        "initiative__region_group",
        label=_("Region"),
        choices=places,
        words={SEVERAL_WORD: SEVERAL, NATIONAL_WORD: NATIONAL, UNKNOWN_WORD: ""},
    )
    # Translators: ODD principal
    odd = Facet("initiative__main_sdg", label=_("Main SDG"), choices=goals)
    stade = Facet("initiative__stage", label=_("Stage"), choices=Stage.choices, words=STAGE_WORDS)
    etat = Facet("state", label=_("State"), choices=granted_states, words=STATE_WORDS)
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


def countable(sight: Sight) -> FundingLineQuerySet:
    """The fundings every figure of the dashboard is made of: granted, of an amount this reader may see."""
    return FundingLine.objects.amounts_seen_by(sight).granted()
