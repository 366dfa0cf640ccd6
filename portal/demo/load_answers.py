"""Answers to the announced session, fictional, drawn once and for all from a hash; the accounts still have to answer."""

from __future__ import annotations

from core.accounts.models import User
from members.enums import ACTING_ROLES
from members.models import Position
from portal.demo.context import DemoContext, identifier
from portal.demo.load_attendance import chance
from sessions_app.enums import SessionMode, SessionState
from sessions_app.models import Answer, Guest, Session
from sessions_app.responses.enums import AnswerChoice

ANSWERED = 0.62  # share of the organisations
GUESTS = (("Inès Thévenot", "doctorante en géographie"), ("Marc Oudin", "élu intercommunal"))


def loaded(context: DemoContext) -> bool:
    return Answer.objects.exists()


def load(context: DemoContext) -> None:
    for session in Session.objects.filter(state=SessionState.ANNOUNCED):
        _answers(context, session)


def _answers(context: DemoContext, session: Session) -> None:
    places = (
        Position.objects.running(context.now)
        .filter(role__in=ACTING_ROLES, user__is_demo=False)
        .select_related("user", "organisation")
        .order_by("organisation__slug", "role", "pk")
    )
    first: dict[int, Position] = {}
    substitutes: dict[int, User] = {}
    for place in places:
        if first.setdefault(place.organisation_id, place) is not place:
            substitutes.setdefault(place.organisation_id, place.user)
    rows: list[Answer] = []
    coming: list[Position] = []
    represented: list[Position] = []
    for place in first.values():
        slug = place.organisation.slug
        if chance("answered", session.number, slug) > ANSWERED:
            continue
        luck = chance("answer", session.number, slug)
        if luck < 0.62:
            coming.append(place)
            remotely = session.mode == SessionMode.HYBRID and chance("way", session.number, slug) < 0.3
            rows.append(_row(context, session, place, AnswerChoice.YES, remotely=remotely))
        elif luck < 0.74:
            rows.append(_row(context, session, place, AnswerChoice.MAYBE))
        elif luck < 0.82 and place.organisation_id in substitutes:
            substitute = substitutes[place.organisation_id]
            rows.append(_row(context, session, place, AnswerChoice.REPRESENTED, substitute=substitute))
        elif luck < 0.9 and place.organisation.is_fictional:
            represented.append(place)
        else:
            rows.append(_row(context, session, place, AnswerChoice.NO))
    holders = [place for place in coming if place.organisation.is_fictional]
    for place, holder in zip(represented, holders, strict=False):  # a pouvoir passes among invented bodies
        rows.append(_row(context, session, place, AnswerChoice.REPRESENTED, holder=holder.organisation))
    context.add_all(Answer, rows)
    guests = [
        Guest(
            public_id=identifier("guest", session.number, name),
            session=session,
            organisation=place.organisation,
            name=name,
            function=function,
            added_by=place.user,
            added_at=context.now,
        )
        for place, (name, function) in zip(coming, GUESTS, strict=False)
    ]
    context.add_all(Guest, guests)


def _row(context: DemoContext, session: Session, place: Position, choice: AnswerChoice, **fields: object) -> Answer:
    return Answer(
        public_id=identifier("answer", session.number, place.organisation.slug),
        session=session,
        organisation=place.organisation,
        user=place.user,
        choice=choice,
        meeting_at=session.starts_at,
        meeting_until=session.ends_on,
        recorded_by=place.user,
        answered_at=context.now,
        **fields,
    )
