"""Filters of the lists of this app, with French words in the address."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.filters import Conditions, Facet, FilterSet, Sort, Text
from sessions_app.enums import FollowUp, SessionFormat
from sessions_app.models import ActionItem, Cycle, Decision, Session

FORMAT_WORDS = {
    "pleniere": SessionFormat.PLENARY,
    "atelier": SessionFormat.WORKSHOP,
    "webinaire": SessionFormat.WEBINAR,
}
STATUS_WORDS = {"en-cours": FollowUp.OPEN, "fait": FollowUp.DONE, "abandonne": FollowUp.DROPPED}


def cycles() -> list[tuple[int, str]]:
    return [(year, f"{year}, {theme}") for year, theme in Cycle.objects.by_year().values_list("year", "theme")]


class SessionFilter(FilterSet):
    q = Text(label=_("Search a word"))
    cycle = Facet("cycle__year", label=_("Cycle"), choices=cycles)
    format_session = Facet("format", label=_("Format"), choices=SessionFormat.choices, words=FORMAT_WORDS)
    documents = Conditions(
        {
            "compte-rendu": (_("With minutes"), Q(has_minutes=True)),
            "supports": (_("With materials"), Q(has_materials=True)),
            "decisions": (_("With decisions"), Q(has_decisions=True)),
        },
        label=_("Documents"),
        match_all=True,
    )
    tri = Sort(
        {"recentes": (_("Newest first"), ["-number"]), "anciennes": (_("Oldest first"), ["number"])}, label=_("Order")
    )

    class Meta:
        model = Session
        fields: list[str] = []


class DecisionFilter(FilterSet):
    q = Text(label=_("Search a word"))
    cycle = Facet("session__cycle__year", label=_("Cycle"), choices=cycles)
    statut = Facet("status", label=_("Status"), choices=FollowUp.choices, words=STATUS_WORDS)
    tri = Sort(
        {
            "recentes": (_("Newest first"), ["-session__number", "number"]),
            "anciennes": (_("Oldest first"), ["session__number", "number"]),
        },
        label=_("Order"),
    )

    class Meta:
        model = Decision
        fields: list[str] = []


class ActionFilter(DecisionFilter):
    tri = Sort(
        {
            "echeance": (_("Soonest due first"), ["due", "-session__number", "number"]),
            "recentes": (_("Newest first"), ["-session__number", "number"]),
        },
        label=_("Order"),
    )

    class Meta:
        model = ActionItem
        fields: list[str] = []
