"""Reads of sessions; each list has one `for_list` that holds all its prefetching and a settled order."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from sessions_app.enums import PAST_STATES, VISIBLE_STATES, SessionState


class CycleQuerySet(models.QuerySet):
    def by_year(self) -> CycleQuerySet:
        return self.order_by("-year")


class SessionQuerySet(models.QuerySet):
    def visible(self, *, drafts: bool) -> SessionQuerySet:
        """All sessions for who prepares them, else those that were announced."""
        return self if drafts else self.filter(state__in=VISIBLE_STATES)

    def past(self) -> SessionQuerySet:
        return self.filter(state__in=PAST_STATES)

    def coming(self) -> SessionQuerySet:
        return self.filter(state__in=(SessionState.DRAFT, SessionState.ANNOUNCED))

    def newest_first(self) -> SessionQuerySet:
        return self.order_by("-number", "-pk")

    def with_existing(self) -> SessionQuerySet:
        """Adds what each row says: whether minutes are published, and whether materials and decisions exist."""
        from sessions_app.models import Decision, Material, MinutesVersion

        here = OuterRef("pk")
        return self.annotate(
            has_minutes=Exists(MinutesVersion.objects.filter(session=here)),
            has_materials=Exists(Material.objects.filter(session=here)),
            has_decisions=Exists(Decision.objects.filter(session=here)),
        )

    def matching(self, text: str) -> SessionQuerySet:
        """Sessions whose title, sentence, place, cycle theme or agenda holds every word of `text`, accents ignored."""
        from sessions_app.models import AgendaItem

        query = self
        for word in text.split():
            agenda = AgendaItem.objects.filter(session=OuterRef("pk"), title__unaccent__icontains=word)
            condition = (
                Q(title__unaccent__icontains=word)
                | Q(summary__unaccent__icontains=word)
                | Q(place__unaccent__icontains=word)
                | Q(cycle__theme__unaccent__icontains=word)
                | Exists(agenda)
            )
            if word.isdigit() and len(word) < 5:
                condition |= Q(number=int(word))
            query = query.filter(condition)
        return query

    def for_list(self) -> SessionQuerySet:
        return self.select_related("cycle").with_existing().newest_first()

    def for_page(self) -> SessionQuerySet:
        """One session with all that its page shows, in a number of queries that never grows."""
        from sessions_app.models import AgendaItem, Attendance, Material, Speaker

        speakers = Speaker.objects.select_related("user", "organisation")
        return (
            self.select_related("cycle", "minutes")
            .with_existing()
            .prefetch_related(
                Prefetch("agenda", AgendaItem.objects.prefetch_related(Prefetch("speakers", speakers))),
                Prefetch(
                    "attendance",
                    Attendance.objects.select_related("organisation", "represented_by").prefetch_related("people__user"),
                ),
                Prefetch("materials", Material.objects.select_related("file")),
                "decisions__responsible",
                "actions__responsible",
            )
        )


class MinutesVersionQuerySet(models.QuerySet):
    def in_force(self) -> MinutesVersionQuerySet:
        """The newest version of each session."""
        newest = self.model.objects.filter(session=OuterRef("session")).order_by("-number").values("number")[:1]
        return self.filter(number=models.Subquery(newest))

    def latest_first(self) -> MinutesVersionQuerySet:
        return self.order_by("-published_at", "-pk")

    def without_text(self) -> MinutesVersionQuerySet:
        """For lists: leaves the snapshot, which may be large, in the database."""
        return self.defer("snapshot")


