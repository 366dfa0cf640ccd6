"""What the page of a session shows, gathered from what `SessionQuerySet.for_page` has fetched; no query here."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _, ngettext

from core.charts import seating_figure as round_of_seats
from core.text import initials
from sessions_app.enums import PRESENT, Presence, VersionState
from sessions_app.minutes.page import ReadItem, read_items
from sessions_app.models import ActionItem, AgendaItem, Material, Session
from sessions_app.sessions.agenda import day_numbered, times_of

SHOWN_ATTENDANCE = 8
SCREENFUL = 1500  # characters of minutes, tags counted


@dataclass(frozen=True)
class SpeakerCard:
    """A speaker as shown: `name` is "" where an organisation speaks as such."""

    name: str
    is_guest: bool
    organisation: str
    slug: str

    @property
    def initials(self) -> str:
        return initials(self.name or self.organisation)


@dataclass(frozen=True)
class AgendaLine:
    number: int
    item: AgendaItem
    starts: dt.datetime | None
    speakers: list[SpeakerCard]


@dataclass(frozen=True)
class AgendaDay:
    """The items of one day; `day` is None where the session has one only."""

    day: dt.date | None
    lines: list[AgendaLine]


@dataclass(frozen=True)
class AttendanceLine:
    """How an organisation took part; `represented_by` is "" but for who was represented."""

    organisation: str
    slug: str
    presence: Presence
    represented_by: str
    people: list[str]
    runs_scheme: bool


@dataclass(frozen=True)
class PublishedMinutes:
    number: int
    published_at: dt.datetime
    organisation: str
    sha256: str
    items: list[ReadItem]
    is_withdrawn: bool

    @property
    def is_long(self) -> bool:
        """Longer than a screen: the session's page then shows the contents and leads to the page of the minutes."""
        return sum(len(item.html) for item in self.items) > SCREENFUL


@dataclass(frozen=True)
class SessionPage:
    agenda: list[AgendaDay]
    minutes: PublishedMinutes | None
    first_attendance: list[AttendanceLine]
    more_attendance: list[AttendanceLine]
    round: round_of_seats.Round | None
    materials: list[Material]
    may_write: bool
    may_prepare: bool
    record: bool  # whether a record of decisions was circulated
    under_way: list[ActionItem]  # of earlier sessions, while this one is ahead
    may_review: bool  # the minutes are under review, and the reader is concerned
    withdrawn: bool
    may_propose: bool  # materials

    @property
    def shows_follow_up(self) -> bool:
        return bool(self.minutes or self.record or self.may_write)

    @property
    def attendance_count(self) -> int:
        return len(self.first_attendance) + len(self.more_attendance)


def session_page(
    session: Session,
    *,
    may_write: bool,
    may_prepare: bool,
    may_review: bool = False,
    may_propose: bool = False,
    under_way: list[ActionItem] | None = None,
) -> SessionPage:
    """`under_way` are the actions of earlier sessions that come up in one that lies ahead."""
    attendance = [attendance_line(card) for card in session.attendance_cards]
    return SessionPage(
        agenda=agenda_days(session),
        minutes=published(session.version),
        first_attendance=attendance[:SHOWN_ATTENDANCE],
        more_attendance=attendance[SHOWN_ATTENDANCE:],
        round=attendance_round(session, attendance, unrecorded=session.unrecorded),
        materials=newest_of_each(session.materials.all()),
        may_write=may_write,
        may_prepare=may_prepare,
        record=session.has_record,
        under_way=under_way or [],
        may_review=may_review,
        may_propose=may_propose,
        withdrawn=session.is_withdrawn,
    )


def agenda_days(session: Session) -> list[AgendaDay]:
    items = list(session.agenda.all())
    rows = enumerate(zip(items, times_of(session, items), strict=True), start=1)
    lines = [AgendaLine(number, item, time, speaker_cards(item)) for number, (item, time) in rows]
    several = session.number_of_days > 1
    return [
        AgendaDay(day_numbered(session, number) if several else None, list(of_day))
        for number, of_day in groupby(lines, key=lambda line: line.item.day)
    ]


def newest_of_each(materials: Iterable[Material]) -> list[Material]:
    """Of the versions of one material the newest, at the place of its first."""
    newest: dict[uuid.UUID, Material] = {}
    for material in materials:
        held = newest.get(material.series)
        if held is None or held.version < material.version:
            newest[material.series] = material
    return list(newest.values())


def speaker_cards(item: AgendaItem) -> list[SpeakerCard]:
    return [
        SpeakerCard(
            name=card["name"],
            is_guest=card["is_guest"],
            organisation=card["organisation_short"] or card["organisation"] or "",
            slug=card["slug"] or "",
        )
        for card in item.speaker_cards
    ]


def attendance_line(card: dict[str, Any]) -> AttendanceLine:
    return AttendanceLine(
        organisation=card["organisation"],
        slug=card["slug"],
        presence=Presence(card["presence"]),
        represented_by=card["represented_by"] or "",
        people=card["people"],
        runs_scheme=card["runs_scheme"],
    )


def published(version: dict[str, Any] | None) -> PublishedMinutes | None:
    if version is None:
        return None
    return PublishedMinutes(
        number=version["number"],
        published_at=parse_datetime(version["published_at"]),
        organisation=version["organisation"],
        sha256=version["sha256"],
        items=read_items(version["snapshot"]),
        is_withdrawn=version["state"] == VersionState.WITHDRAWN,
    )


def attendance_round(
    session: Session, attendance: list[AttendanceLine], *, unrecorded: int
) -> round_of_seats.Round | None:
    """The round of seats of a session: organisations with a scheme inside, the others outside.

    What it counts of are those that were members, as in the report (`documents.words.Counts`), recorded or not.
    """
    if not attendance:
        return None
    inner = [_seat(row) for row in attendance if row.runs_scheme]
    outer = [_seat(row) for row in attendance if not row.runs_scheme]
    present = sum(row.presence in PRESENT for row in attendance)
    represented = sum(row.presence == Presence.REPRESENTED for row in attendance)
    total = len(attendance) + unrecorded
    first = ngettext("present", "present", present)
    if represented:
        first = ngettext("present, %(count)d represented", "present, %(count)d represented", represented) % {
            "count": represented
        }
    return round_of_seats.draw(
        inner,
        outer,
        number=present,
        lines=[first, ngettext("of %(count)d organisation", "of %(count)d organisations", total) % {"count": total}],
        alternative=_(
            "Attendance of session %(number)d: %(present)d organisations present, %(represented)d represented,"
            " %(absent)d absent or excused, of %(total)d."
        )
        % {
            "number": session.number,
            "present": present,
            "represented": represented,
            "absent": len(attendance) - present - represented,
            "total": total,
        },
    )


def _seat(row: AttendanceLine) -> str:
    if row.presence in PRESENT:
        return "present"
    return "ring" if row.presence == Presence.REPRESENTED else "absent"
