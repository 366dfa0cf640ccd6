"""Reads of sessions; each list has one `for_list` that holds all its prefetching and a settled order."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, Concat, JSONObject, NullIf

from members.models import EngineeringScheme
from sessions_app.enums import PAST_STATES, VISIBLE_STATES, FollowUp, SessionState

if TYPE_CHECKING:
    from sessions_app.models import Session


def _name(typed: str) -> Coalesce:
    """The name typed by hand in the field `typed`, else that of the known person; "" where there is neither."""
    known = NullIf(Concat("user__first_name", Value(" "), "user__last_name"), Value(" "))
    return Coalesce(NullIf(typed, Value("")), known, Value(""))


def _number(rows: models.QuerySet, of: str) -> Coalesce:
    """How many different `of` the rows of one session have."""
    counted = rows.order_by().values("session").annotate(number=Count(of, distinct=True)).values("number")
    return Coalesce(Subquery(counted), 0)


# What a page shows of a speaker, as JSON beside the item, so that speakers cost no query of their own.
SPEAKER_CARD = JSONObject(
    name=_name("guest_name"),
    is_guest=Q(user=None),
    organisation=F("organisation__name"),
    organisation_short=F("organisation__short_name"),
    slug=F("organisation__slug"),
)

# The order of the list: sessions ahead, the soonest first; then the others, the newest first. There is an index of it.
_AHEAD = Q(state__in=(SessionState.DRAFT, SessionState.ANNOUNCED))
COMING_FIRST = [
    Case(When(_AHEAD, then=0), default=1),
    Case(When(_AHEAD, then=F("number")), default=-F("number")),
]

# What a page shows of an organisation's part in a session.
ATTENDANCE_CARD = JSONObject(
    presence="presence",
    organisation="organisation__name",
    slug="organisation__slug",
    represented_by=Coalesce(NullIf("represented_by__short_name", Value("")), "represented_by__name"),
    runs_scheme="runs_scheme",
    people="people_names",
)

VERSION_LINE = JSONObject(
    number="number", public_id="public_id", content_sha256="content_sha256", published_at="published_at"
)


class CycleQuerySet(models.QuerySet):
    def by_year(self) -> CycleQuerySet:
        return self.order_by("-year")

    def with_neighbours(self) -> CycleQuerySet:
        """Adds `before` and `after`: {"year", "theme"} of the neighbouring cycles, or None."""
        card = JSONObject(year="year", theme="theme")
        before = self.model.objects.filter(year__lt=OuterRef("year")).order_by("-year").annotate(card=card)
        after = self.model.objects.filter(year__gt=OuterRef("year")).order_by("year").annotate(card=card)
        return self.annotate(before=Subquery(before.values("card")[:1]), after=Subquery(after.values("card")[:1]))


class SessionQuerySet(models.QuerySet):
    def visible(self, *, drafts: bool) -> SessionQuerySet:
        """All sessions for who prepares them, else those that were announced, also where they were cancelled since."""
        return self if drafts else self.filter(state__in=VISIBLE_STATES, never_announced=False)

    def past(self) -> SessionQuerySet:
        return self.filter(state__in=PAST_STATES)

    def coming(self) -> SessionQuerySet:
        return self.filter(state__in=(SessionState.DRAFT, SessionState.ANNOUNCED))

    def newest_first(self) -> SessionQuerySet:
        return self.order_by("-number", "-pk")

    def with_existing(self, *, drafts: bool) -> SessionQuerySet:
        """Adds what each row says: whether minutes are published, whether and how many materials and decisions exist.

        Decisions exist for readers once they were brought out, for who prepares sessions (`drafts`) at once.
        """
        from sessions_app.models import Decision, Material, MinutesVersion

        here = OuterRef("pk")
        versions = MinutesVersion.objects.all() if drafts else MinutesVersion.objects.readable()
        materials = Material.objects.filter(session=here)
        decisions = Decision.objects.visible(drafts=drafts).filter(session=here)
        return self.annotate(
            has_minutes=Exists(versions.filter(session=here)),
            has_materials=Exists(materials),
            has_decisions=Exists(decisions),
            materials_number=_number(materials, "series"),
            decisions_number=_number(decisions, "pk"),
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
            if word.isdecimal() and len(word) < 5:
                condition |= Q(number=int(word))
            query = query.filter(condition)
        return query

    def for_list(self) -> SessionQuerySet:
        return self.select_related("cycle").newest_first()

    def with_neighbours(self, *, drafts: bool) -> SessionQuerySet:
        """Adds `previous` and `following`: {"number", "title"} of the nearest sessions one may see, or None."""
        around = self.model.objects.visible(drafts=drafts)
        card = JSONObject(number="number", title="title")
        before = around.filter(number__lt=OuterRef("number")).order_by("-number").annotate(card=card)
        after = around.filter(number__gt=OuterRef("number")).order_by("number").annotate(card=card)
        return self.annotate(previous=Subquery(before.values("card")[:1]), following=Subquery(after.values("card")[:1]))

    def with_version(self) -> SessionQuerySet:
        """Adds `version`: the published version in force as {"number", "sha256", "published_at", "snapshot"}, or None."""
        from sessions_app.models import MinutesVersion

        newest = MinutesVersion.objects.filter(session=OuterRef("pk")).order_by("-number")
        card = JSONObject(
            number="number",
            sha256="content_sha256",
            published_at="published_at",
            procedure="procedure",
            organisation="organisation__name",
            public_id="public_id",
            snapshot="snapshot",
        )
        return self.annotate(version=Subquery(newest.annotate(card=card).values("card")[:1]))

    def with_version_lines(self) -> SessionQuerySet:
        """Adds `version_lines`: what the report card says of each published version, the newest first."""
        from sessions_app.models import MinutesVersion

        versions = MinutesVersion.objects.filter(session=OuterRef("pk")).order_by("-number")
        return self.annotate(version_lines=ArraySubquery(versions.values(line=VERSION_LINE)))

    def with_attendance_cards(self) -> SessionQuerySet:
        """Adds `attendance_cards`: an `ATTENDANCE_CARD` for each organisation recorded, by name."""
        from sessions_app.models import Attendance, Attendee

        people = Attendee.objects.filter(attendance=OuterRef("pk")).order_by("pk")
        scheme = EngineeringScheme.objects.filter(organisation=OuterRef("organisation"))
        rows = Attendance.objects.filter(session=OuterRef("pk")).annotate(
            runs_scheme=Exists(scheme), people_names=ArraySubquery(people.values_list(_name("name"), flat=True))
        )
        return self.annotate(
            attendance_cards=ArraySubquery(rows.order_by("organisation__name", "pk").values(card=ATTENDANCE_CARD))
        )

    def for_page(self, *, drafts: bool) -> SessionQuerySet:
        """One session with what every session's page shows, in three queries whatever it holds. See `fetch_outcome`."""
        from sessions_app.models import AgendaItem, DecisionRecord, Material, Speaker

        speakers = Speaker.objects.filter(item=OuterRef("pk")).order_by("position", "pk")
        agenda = AgendaItem.objects.annotate(speaker_cards=ArraySubquery(speakers.values(card=SPEAKER_CARD)))
        return (
            self.select_related("cycle", "minutes")
            .annotate(has_record=Exists(DecisionRecord.objects.filter(session=OuterRef("pk"))))
            .with_version()
            .with_version_lines()
            .with_attendance_cards()
            .with_neighbours(drafts=drafts)
            .prefetch_related(
                Prefetch("agenda", agenda), Prefetch("materials", Material.objects.select_related("file"))
            )
        )


def fetch_outcome(session: Session, *, drafts: bool) -> None:
    """Fetches `decisions` and `actions` of a session with who answers for them, in two queries."""
    from sessions_app.models import ActionItem, Decision

    prefetch_related_objects(
        [session],
        Prefetch("decisions", Decision.objects.visible(drafts=drafts).select_related("responsible")),
        Prefetch("actions", ActionItem.objects.visible(drafts=drafts).select_related("responsible")),
    )


class MinutesVersionQuerySet(models.QuerySet):
    def readable(self) -> MinutesVersionQuerySet:
        """Without what was withdrawn: for lists, feeds and searches of everybody but the animators."""
        from sessions_app.models import Minutes

        withdrawn = Minutes.objects.filter(session=OuterRef("session"), withdrawn_at__isnull=False)
        return self.filter(~Exists(withdrawn))

    def public(self) -> MinutesVersionQuerySet:
        """Versions in force that everybody may read, in their public form only."""
        from sessions_app.models import Minutes

        opened = Minutes.objects.filter(
            session=OuterRef("session"), public_since__isnull=False, withdrawn_at__isnull=True
        )
        return self.in_force().filter(Exists(opened))

    def in_force(self) -> MinutesVersionQuerySet:
        """The newest version of each session."""
        newest = self.model.objects.filter(session=OuterRef("session")).order_by("-number").values("number")[:1]
        return self.filter(number=Subquery(newest))

    def latest_first(self) -> MinutesVersionQuerySet:
        return self.order_by("-published_at", "-pk")

    def without_text(self) -> MinutesVersionQuerySet:
        """For lists: leaves the snapshot, which may be large, in the database."""
        return self.defer("snapshot")


class PreparationTaskQuerySet(models.QuerySet):
    def to_be_done(self) -> PreparationTaskQuerySet:
        """Undone, around a session that was neither cancelled nor filed as closed."""
        return self.filter(done_at=None).exclude(session__state__in=(SessionState.CANCELLED, SessionState.CLOSED))

    def for_list(self) -> PreparationTaskQuerySet:
        return self.select_related("assignee", "done_by")


class FollowUpQuerySet(models.QuerySet):
    """Decisions and actions, across sessions."""

    def visible(self, *, drafts: bool) -> FollowUpQuerySet:
        """For readers: what the minutes or a record of decisions brought out, unless those minutes were withdrawn.

        Who prepares sessions sees all.
        """
        if drafts:
            return self
        from sessions_app.models import Minutes

        withdrawn = Minutes.objects.filter(session=OuterRef("session"), withdrawn_at__isnull=False)
        return self.filter(~Exists(withdrawn), released_at__isnull=False)

    def open(self) -> FollowUpQuerySet:
        return self.filter(status=FollowUp.OPEN)

    def due_by(self, day: dt.date) -> FollowUpQuerySet:
        """Whose last possible day is `day` or before."""
        return self.filter(due__endswith__lte=day + dt.timedelta(days=1))

    def matching(self, text: str) -> FollowUpQuerySet:
        query = self
        for word in text.split():
            query = query.filter(
                Q(text__unaccent__icontains=word)
                | Q(responsible__name__unaccent__icontains=word)
                | Q(session__title__unaccent__icontains=word)
            )
        return query

    def for_list(self) -> FollowUpQuerySet:
        return self.select_related("session__cycle", "responsible")
