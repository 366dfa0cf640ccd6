"""The rows of the attendance form: every organisation that was a member that day, and who is recorded besides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from members.models import Membership, Organisation, Position
from sessions_app.attendance.guests import SessionGuest, guests_of
from sessions_app.attendance.services import people_of
from sessions_app.enums import PRESENT, Presence
from sessions_app.models import Answer, Attendance, Attendee, Session
from sessions_app.responses.by_organisation import OrganisationResponse, responses_by_organisation


@dataclass(frozen=True)
class KnownPerson:
    position: Position
    is_present: bool

    @property
    def name(self) -> str:
        return self.position.user.get_full_name()


@dataclass
class SheetRow:
    organisation: Organisation
    attendance: Attendance | None
    response: OrganisationResponse | None
    people: list[KnownPerson]
    names: list[str] = field(default_factory=list)  # typed by hand, or known people who hold no position here

    @property
    def presence(self) -> str:
        return self.attendance.presence if self.attendance else ""

    @property
    def represented_by(self) -> str:
        holder = self.attendance.represented_by if self.attendance else None
        return holder.name if holder else ""


@dataclass(frozen=True)
class Tally:
    present: int
    represented: int
    away: int
    unrecorded: int


@dataclass(frozen=True)
class Sheet:
    rows: list[SheetRow]
    guests: list[SessionGuest]

    @property
    def tally(self) -> Tally:
        return tally(row.presence for row in self.rows)

    @property
    def answers_waiting(self) -> int:
        """Answers that say something and are not taken over yet."""
        return sum(row.attendance is None and row.response is not None for row in self.rows)

    def row(self, organisation_id: int) -> SheetRow | None:
        return next((row for row in self.rows if row.organisation.pk == organisation_id), None)


def tally(presences: Iterable[str]) -> Tally:
    known = list(presences)
    return Tally(
        present=sum(presence in PRESENT for presence in known),
        represented=known.count(Presence.REPRESENTED),
        away=known.count(Presence.EXCUSED) + known.count(Presence.ABSENT),
        unrecorded=known.count(""),
    )


def sheet_of(session: Session) -> Sheet:
    """In seven queries, however many rows."""
    recorded = {
        row.organisation_id: row
        for row in Attendance.objects.filter(session=session)
        .select_related("represented_by")
        .prefetch_related(Prefetch("people", Attendee.objects.select_related("user")))
    }
    belonged = Membership.objects.filter(period__overlap=session.days) if session.date else Membership.objects.none()
    organisations = Organisation.objects.filter(Q(pk__in=belonged.values("organisation")) | Q(pk__in=recorded))
    answers = responses_by_organisation(
        Answer.objects.filter(session=session).select_related("user", "substitute", "holder", "organisation")
    )
    places = people_of(session)
    rows = [
        _row(one, recorded.get(one.pk), answers.get(one.pk), places.get(one.pk, []))
        for one in organisations.order_by("name", "pk")
    ]
    return Sheet(rows, guests_of(session))


def _row(
    organisation: Organisation,
    attendance: Attendance | None,
    response: OrganisationResponse | None,
    places: list[Position],
) -> SheetRow:
    attendees = list(attendance.people.all()) if attendance else []
    present = {one.user_id for one in attendees if one.user_id}
    holding = {place.user_id for place in places}
    names = [str(one) for one in attendees if one.user_id not in holding]
    people = [KnownPerson(place, place.user_id in present) for place in places]
    return SheetRow(organisation, attendance, response, people, names)
