"""What pages show of answers, gathered in a number of queries that does not grow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from core.accounts.models import User
from core.db.periods import today
from members.enums import ACTING_ROLES
from members.models import Organisation, Position
from sessions_app.enums import SessionState
from sessions_app.models import Answer, Guest, Session
from sessions_app.responses.by_organisation import OrganisationResponse, counts, held_by, responses_by_organisation
from sessions_app.responses.enums import AnswerChoice
from sessions_app.responses.forms import AnswerForm, GuestForm
from sessions_app.responses.permissions import acting_positions
from sessions_app.responses.services import takes_answers


@dataclass
class Seat:
    """One organisation somebody answers for: his or her answer, what the organisation holds, the forms."""

    organisation: Organisation
    answer: Answer | None
    response: OrganisationResponse | None
    held: list[Answer]
    guests: list[Guest]
    form: AnswerForm | None = None
    guest_form: GuestForm | None = None

    @property
    def prefix(self) -> str:
        return f"org{self.organisation.pk}"

    @property
    def pouvoir_of_colleague(self) -> Answer | None:
        """A pouvoir that somebody else of the organisation gave."""
        pouvoir = self.response.pouvoir if self.response else None
        return pouvoir if pouvoir and (self.answer is None or pouvoir.pk != self.answer.pk) else None


def answers_of(session: Session) -> list[Answer]:
    rows = Answer.objects.filter(session=session)
    return list(rows.select_related("organisation", "holder", "substitute", "user", "session"))


def seats(
    session: Session, user: User, places: Iterable[Position], answers: list[Answer], *, guests: Iterable[Guest] = ()
) -> list[Seat]:
    found = responses_by_organisation(answers)
    own = {answer.organisation_id: answer for answer in answers if answer.user_id == user.pk}
    by_organisation: dict[int, list[Guest]] = {}
    for guest in guests:
        by_organisation.setdefault(guest.organisation_id, []).append(guest)
    return [
        Seat(
            organisation=place.organisation,
            answer=own.get(place.organisation_id),
            response=found.get(place.organisation_id),
            held=held_by(place.organisation_id, found),
            guests=by_organisation.get(place.organisation_id, []),
        )
        for place in places
    ]


def with_forms(session: Session, user: User, places: list[Position], now: dt.datetime) -> list[Seat]:
    """The seats with a form each, in five queries."""
    keys = [place.organisation_id for place in places]
    guests = Guest.objects.filter(session=session, organisation__in=keys)
    found = seats(session, user, places, answers_of(session), guests=guests)
    people = Position.objects.running(now).acting().filter(organisation__in=keys).exclude(user=user)
    colleagues = list(people.select_related("user").order_by("role", "user__last_name", "pk"))
    members = list(Organisation.objects.members_on(today(now)).order_by("name", "pk"))
    for seat in found:
        seat.form = AnswerForm(
            prefix=seat.prefix,
            session=session,
            answer=seat.answer,
            colleagues=[place.user for place in colleagues if place.organisation_id == seat.organisation.pk],
            others=[other for other in members if other.pk != seat.organisation.pk],
        )
        seat.guest_form = GuestForm(prefix=f"guest{seat.organisation.pk}")
    return found


def bound(seat: Seat, session: Session, data: Any) -> AnswerForm:
    """The form of `seat` with what was sent; the choices are those it was drawn with."""
    drawn = seat.form
    seat.form = AnswerForm(
        data,
        prefix=seat.prefix,
        session=session,
        answer=None,
        colleagues=drawn.colleagues.values(),
        others=drawn.others.values(),
    )
    return seat.form


def on_session_page(session: Session, user: Any) -> dict[str, Any] | None:
    """For the slot of the session page: one's own answers and how many organisations come; two queries."""
    if session.state != SessionState.ANNOUNCED:
        return None
    answers = answers_of(session)
    found = responses_by_organisation(answers)
    return {
        "seats": seats(session, user, acting_positions(user), answers) if user.is_authenticated else [],
        "counts": counts(found),
        "is_open": takes_answers(session, timezone.now()),
        "choices": [choice for choice in AnswerChoice if choice != AnswerChoice.REPRESENTED],
    }


@dataclass(frozen=True)
class Line:
    """One member organisation on the animators' page."""

    organisation: Organisation
    response: OrganisationResponse | None
    people: list[Position]
    guests: list[Guest]


def overview(session: Session, now: dt.datetime) -> list[Line]:
    """Every member organisation of today with its people and what they answered, in four queries."""
    found = responses_by_organisation(answers_of(session))
    guests: dict[int, list[Guest]] = {}
    for guest in Guest.objects.filter(session=session):
        guests.setdefault(guest.organisation_id, []).append(guest)
    people: dict[int, list[Position]] = {}
    running = Position.objects.running(now).filter(role__in=ACTING_ROLES).select_related("user", "organisation")
    for place in running.order_by("role", "user__last_name", "pk"):
        people.setdefault(place.organisation_id, []).append(place)
    members = Organisation.objects.members_on(today(now)).order_by("name", "pk")
    return [Line(one, found.get(one.pk), people.get(one.pk, []), guests.get(one.pk, [])) for one in members]
