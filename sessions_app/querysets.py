"""Reads of sessions; each list has one `for_list` that holds all its prefetching and a settled order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce, Concat, JSONObject, Lower, NullIf

from members.models import EngineeringScheme, Membership
from sessions_app.enums import (
    PAST_STATES,
    PRESENT,
    VISIBLE_STATES,
    Audience,
    FollowUp,
    SessionState,
    VersionState,
)

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
    number="number",
    public_id="public_id",
    content_sha256="content_sha256",
    published_at="published_at",
    state="standing__state",
)


def withdrawn(session: OuterRef) -> Q:
    """Whether what came out of a session was withdrawn and nothing of it is in force: what it decided is closed, too."""
    from sessions_app.models import RecordStanding, VersionStanding

    def any_is(state: VersionState) -> Q:
        versions = VersionStanding.objects.filter(session=session, state=state)
        return Q(Exists(versions)) | Q(Exists(RecordStanding.objects.filter(session=session, state=state)))

    return any_is(VersionState.WITHDRAWN) & ~any_is(VersionState.IN_FORCE)


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
        versions = MinutesVersion.objects.all() if drafts else MinutesVersion.objects.in_force()
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

    def with_version(self, *, drafts: bool) -> SessionQuerySet:
        """Adds `version`: the version in force as {"number", "sha256", "published_at", "snapshot", …}, or None.

        Who prepares sessions (`drafts`) gets the newest where none is in force.
        """
        from sessions_app.models import MinutesVersion

        versions = MinutesVersion.objects.filter(session=OuterRef("pk"))
        newest = versions.standing_first() if drafts else versions.in_force()
        card = JSONObject(
            number="number",
            sha256="content_sha256",
            published_at="published_at",
            procedure="procedure",
            organisation="organisation__name",
            public_id="public_id",
            snapshot="snapshot",
            state="standing__state",
        )
        return self.annotate(version=Subquery(newest.annotate(card=card).values("card")[:1]))

    def with_version_lines(self) -> SessionQuerySet:
        """Adds `version_lines`: what the report card says of each published version, the newest first."""
        from sessions_app.models import MinutesVersion

        versions = MinutesVersion.objects.filter(session=OuterRef("pk")).order_by("-number")
        return self.annotate(version_lines=ArraySubquery(versions.values(line=VERSION_LINE)))

    def with_attendance_cards(self) -> SessionQuerySet:
        """Adds `attendance_cards`: an `ATTENDANCE_CARD` for each organisation recorded, by name.

        And `unrecorded`: how many members of its days are not, so that the page counts as its report does.
        """
        from sessions_app.models import Attendance, Attendee

        people = Attendee.objects.filter(attendance=OuterRef("pk")).order_by("pk")
        # as the snapshot: on the first day of the session, where its day is known
        not_ended = Q(ended_on=None) | Q(ended_on__endswith__gt=OuterRef("session__date__startswith"))
        scheme = EngineeringScheme.objects.filter(not_ended, organisation=OuterRef("organisation"))
        rows = Attendance.objects.filter(session=OuterRef("pk")).annotate(
            runs_scheme=Exists(scheme), people_names=ArraySubquery(people.values_list(_name("name"), flat=True))
        )
        all_days = Func(Lower("date"), F("ends_on"), Value("[]"), function="daterange", output_field=DateRangeField())
        members = Membership.objects.filter(period__overlap=OuterRef("all_days")).exclude(
            organisation__in=Attendance.objects.filter(session=OuterRef(OuterRef("pk"))).values("organisation")
        )
        number = Func(F("organisation"), function="COUNT", template="COUNT(DISTINCT %(expressions)s)")
        return self.alias(
            all_days=Case(When(ends_on=None, then=F("date")), default=all_days, output_field=DateRangeField())
        ).annotate(
            attendance_cards=ArraySubquery(rows.order_by("organisation__name", "pk").values(card=ATTENDANCE_CARD)),
            unrecorded=Subquery(members.order_by().annotate(number=number).values("number"), IntegerField()),
        )

    def for_page(self, *, drafts: bool) -> SessionQuerySet:
        """One session with what every session's page shows, in three queries whatever it holds. See `fetch_outcome`."""
        from sessions_app.models import AgendaItem, DecisionRecord, Material, Speaker, VersionStanding

        speakers = Speaker.objects.filter(item=OuterRef("pk")).order_by("position", "pk")
        agenda = AgendaItem.objects.annotate(speaker_cards=ArraySubquery(speakers.values(card=SPEAKER_CARD)))
        records = DecisionRecord.objects.all() if drafts else DecisionRecord.objects.in_force()
        taken_back = VersionStanding.objects.filter(session=OuterRef("pk"), state=VersionState.WITHDRAWN)
        return (
            self.select_related("cycle", "minutes")
            .annotate(
                has_record=Exists(records.filter(session=OuterRef("pk"))),
                is_withdrawn=ExpressionWrapper(withdrawn(OuterRef("pk")) | Q(Exists(taken_back)), BooleanField()),
            )
            .with_version(drafts=drafts)
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


class FrozenQuerySet(models.QuerySet):
    """Published documents, by what each is worth today: all lists, feeds, files and pages ask here what is open."""

    def readable(self) -> FrozenQuerySet:
        """In force or replaced: what members may open. What was withdrawn is open to the animators alone."""
        return self.filter(standing__state__in=(VersionState.IN_FORCE, VersionState.REPLACED))

    def in_force(self) -> FrozenQuerySet:
        """At most one of each session."""
        return self.filter(standing__state=VersionState.IN_FORCE)

    def standing_first(self) -> FrozenQuerySet:
        """The one in force first, then the newest: what stands for the session for who sees also what was withdrawn."""
        in_force = Case(When(standing__state=VersionState.IN_FORCE, then=0), default=1)
        return self.select_related("standing").order_by(in_force, "-number")

    def with_in_force(self) -> FrozenQuerySet:
        """Adds `in_force_number`: the number of the one in force of the same session, or None."""
        others = self.model.objects.in_force().filter(session=OuterRef("session")).values("number")
        return self.annotate(in_force_number=Subquery(others[:1]))


class MinutesVersionQuerySet(FrozenQuerySet):
    def public(self) -> MinutesVersionQuerySet:
        """Versions in force that everybody may read, in their public form only."""
        return self.in_force().filter(session__minutes__public_since__isnull=False)

    def latest_first(self) -> MinutesVersionQuerySet:
        return self.order_by("-published_at", "-pk")

    def without_text(self) -> MinutesVersionQuerySet:
        """For lists: leaves the snapshot, which may be large, in the database."""
        return self.defer("snapshot")


class MaterialQuerySet(models.QuerySet):
    def current(self) -> MaterialQuerySet:
        """Of the versions of one material the newest."""
        newer = self.model.objects.filter(series=OuterRef("series"), version__gt=OuterRef("version"))
        return self.filter(~Exists(newer))

    def open_to_organisations(self, organisations: Collection[int]) -> MaterialQuerySet:
        """What is open to all who read the session, and what is kept for those where one of these was present."""
        from sessions_app.models import Attendance

        present = Attendance.objects.filter(
            session=OuterRef("session"), presence__in=PRESENT, organisation__in=organisations
        )
        return self.filter(~Q(audience=Audience.PARTICIPANTS) | Q(Exists(present)))


class PreparationTaskQuerySet(models.QuerySet):
    def to_be_done(self) -> PreparationTaskQuerySet:
        """Undone, around a session that was neither cancelled nor filed as closed."""
        return self.filter(done_at=None).exclude(session__state__in=(SessionState.CANCELLED, SessionState.CLOSED))

    def for_list(self) -> PreparationTaskQuerySet:
        return self.select_related("assignee", "done_by")


class FollowUpQuerySet(models.QuerySet):
    """Decisions and actions, across sessions."""

    def visible(self, *, drafts: bool) -> FollowUpQuerySet:
        """For readers: what the minutes or a record of decisions brought out, as long as they can read it there.

        Where something of the session was withdrawn, a document in force must be as new as the row is to readers:
        an older one does not hold it. Who prepares sessions sees all.
        """
        if drafts:
            return self
        from sessions_app.models import RecordStanding, VersionStanding

        versions = VersionStanding.objects.filter(session=OuterRef("session"))
        records = RecordStanding.objects.filter(session=OuterRef("session"))
        closed, in_force, told = VersionState.WITHDRAWN, VersionState.IN_FORCE, OuterRef("released_at")
        withdrawn_too = Q(Exists(versions.filter(state=closed))) | Q(Exists(records.filter(state=closed)))
        holds_it = Q(Exists(versions.filter(state=in_force, document__published_at__gte=told))) | Q(
            Exists(records.filter(state=in_force, document__released_at__gte=told))
        )
        return self.filter(~withdrawn_too | holds_it, released_at__isnull=False)

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
