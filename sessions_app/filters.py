"""Filters of the lists of this app, with French words in the address."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    SmallIntegerField,
    Value,
    When,
)
from django.db.models.functions import Cast, Now
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.filters import Conditions, Facet, FilterSet, Sort, Text
from members.models import Organisation
from sessions_app.enums import PRESENT, FollowUp, SessionFormat
from sessions_app.models import ActionItem, Attendance, Cycle, Decision, Session
from sessions_app.querysets import COMING_FIRST

FORMAT_WORDS = {
    "pleniere": SessionFormat.PLENARY,
    "atelier": SessionFormat.WORKSHOP,
    "webinaire": SessionFormat.WEBINAR,
}
STATUS_WORDS = {"en-cours": FollowUp.OPEN, "fait": FollowUp.DONE, "abandonne": FollowUp.DROPPED}


def cycles() -> list[tuple[int, str]]:
    return [(year, f"{year}, {theme}") for year, theme in Cycle.objects.by_year().values_list("year", "theme")]


def years_of_cycles() -> list[tuple[int, str]]:
    return [(year, str(year)) for year in Cycle.objects.by_year().values_list("year", flat=True)]


def themes() -> list[tuple[str, str]]:
    """Themes of cycles; one that came back in a later year stands once."""
    return [(theme, theme) for theme in dict.fromkeys(Cycle.objects.by_year().values_list("theme", flat=True))]


class ThemeFacet(Facet):
    """Themes by their slug: an address says "mise-en-communs"."""

    def word(self, value: object) -> str:
        return slugify(str(value)) or "theme"

    def counted(self, queryset: QuerySet) -> list[QuerySet]:
        """The database counts by theme; here each theme gives its word."""
        words = {value: word for word, value in self.stored.items()}
        whens = [When(**{self.field_name: value}, then=Value(word)) for value, word in words.items()]
        option = Case(*whens, default=Value(""), output_field=CharField())
        return [queryset.annotate(_option=option).values("_option").annotate(_number=Count("pk"))]


class PresentFacet(Facet):
    """Organisations by the sessions they were present at, themselves or by a substitute.

    Those of sessions that this reader may see alone: else a draft would tell who is noted in it.
    """

    def choices(self) -> list[tuple[str, str]]:
        sessions = self.parent.queryset.order_by().values("pk")
        present = self._present().filter(organisation=OuterRef("pk"), session__in=sessions)
        self.given = Organisation.objects.filter(Exists(present)).order_by("name", "pk").values_list("slug", "name")
        return super().choices()

    def condition(self, words: Sequence[str]) -> Q:
        return Q(pk__in=self._present().filter(organisation__slug__in=words).values("session"))

    def counted(self, queryset: QuerySet) -> list[QuerySet]:
        rows = self._present().filter(session__in=queryset.order_by().values("pk"))
        option = Cast(F("organisation__slug"), CharField())
        return [rows.order_by().annotate(_option=option).values("_option").annotate(_number=Count("pk"))]

    def _present(self) -> QuerySet:
        return Attendance.objects.filter(presence__in=PRESENT)


class YearFacet(Facet):
    """Years in which sessions that this reader may see were or are to be held; a date that spans two counts for the first."""

    def choices(self) -> list[tuple[str, str]]:
        dated = self.parent.queryset.order_by().exclude(date=None)
        years = dated.values_list("date__startswith__year", flat=True).distinct()
        self.given = [(year, str(year)) for year in sorted(years, reverse=True)]
        return super().choices()


class SessionFilter(FilterSet):
    q = Text(label=_("Search a word"))
    cycle = Facet("cycle__year", label=_("Cycle"), choices=years_of_cycles)
    theme = ThemeFacet("cycle__theme", label=_("Theme"), choices=themes)
    annee = YearFacet("date__startswith__year", label=_("Year"), choices=())
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
    organisation = PresentFacet(
        "attendance__organisation__slug",
        label=_("Organisation present"),
        choices=(),
    )
    tri = Sort(
        {"recentes": (_("Newest first"), COMING_FIRST), "anciennes": (_("Oldest first"), ["number"])}, label=_("Order")
    )

    class Meta:
        model = Session
        fields: list[str] = []


class ResponsibleFacet(Facet):
    """Organisations that answer for something that is out, in either register, or that this reader may see in this one."""

    def choices(self) -> list[tuple[str, str]]:
        out = [rows.objects.visible(drafts=False) for rows in (Decision, ActionItem)]
        answers_for = Q()
        for rows in (*out, self.parent.queryset.order_by()):
            answers_for |= Q(Exists(rows.filter(responsible=OuterRef("pk"))))
        self.given = Organisation.objects.filter(answers_for).order_by("name", "pk").values_list("slug", "name")
        return super().choices()


class DecisionFilter(FilterSet):
    q = Text(label=_("Search a word"))
    cycle = Facet("session__cycle__year", label=_("Cycle"), choices=cycles)
    structure = ResponsibleFacet("responsible__slug", label=_("Responsible organisation"), choices=())
    echeance = Conditions(
        {
            "en-retard": (_("Overdue"), Q(status=FollowUp.OPEN, due__endswith__lte=Cast(Now(), DateField()))),
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


# What is done or dropped asks nothing of anybody any more.
OPEN_FIRST = Case(When(status=FollowUp.OPEN, then=0), default=1, output_field=SmallIntegerField())


class ActionFilter(DecisionFilter):
    tri = Sort(
        {
            "echeance": (_("Soonest due first"), [OPEN_FIRST, "due", "-session__number", "number"]),
            "recentes": (_("Newest first"), ["-session__number", "number"]),
        },
        label=_("Order"),
    )

    class Meta:
        model = ActionItem
        fields: list[str] = []
