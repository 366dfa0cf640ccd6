"""Filters of the lists of this app, with French words in the address."""

from __future__ import annotations

from django.db.models import DateField, Exists, OuterRef, Q
from django.db.models.functions import Cast, Now
from django.utils.translation import gettext_lazy as _

from core.filters import Conditions, Facet, FilterSet, Sort, Text
from members.models import Organisation
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


def responsible_organisations() -> list[tuple[str, str]]:
    answering = Organisation.objects.filter(Exists(Decision.objects.filter(responsible=OuterRef("pk"))))
    answering |= Organisation.objects.filter(Exists(ActionItem.objects.filter(responsible=OuterRef("pk"))))
    return list(answering.order_by("name").values_list("slug", "name"))


class DecisionFilter(FilterSet):
    q = Text(label=_("Search a word"))
    cycle = Facet("session__cycle__year", label=_("Cycle"), choices=cycles)
    # Translators: Structure responsable
    structure = Facet("responsible__slug", label=_("Responsible organisation"), choices=responsible_organisations)
    # Translators: Échéance
    echeance = Conditions(
        {
            # Translators: En retard
            "en-retard": (_("Overdue"), Q(status=FollowUp.OPEN, due__endswith__lte=Cast(Now(), DateField()))),
            # Translators: Sans échéance
            "sans": (_("Without a date"), Q(due=None)),
        },
        label=_("Due"),
    )
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
