"""The next session but one, fictional: a draft known to a month, whose date the members are being asked for."""

from __future__ import annotations

import datetime as dt

from core.partial_dates import month
from members.models import Position
from portal.demo.context import DemoContext, identifier, moment
from portal.demo.load_attendance import chance
from portal.demo.load_minutes import writer_of
from portal.demo.load_space import cycle_of
from sessions_app.date_polls.enums import Availability
from sessions_app.enums import ItemKind, SessionFormat, SessionMode, SessionState
from sessions_app.models import AgendaItem, CandidateDate, DateAnswer, DatePoll, Session

NUMBER = 24
TITLE = "Ce que six mois d’indicateurs nous apprennent"
AGENDA = (
    ("Ouverture et suites en cours", ItemKind.INFORMATION, 15),
    ("Deux dispositifs racontent leurs six mois", ItemKind.TESTIMONY, 40),
    ("Quels indicateurs garder ?", ItemKind.DEBATE, 60),
    ("Décisions et suites", ItemKind.DECISION, 20),
)
IN_DAYS = (96, 101, 103, 110)  # from the day of loading; a week-end makes way for the Monday after it
OPEN_FOR = 9
ANSWERED = 0.7  # share of the organisations
LIKES = (0.45, 0.7, 0.55, 0.35)  # how well each date suits


def loaded(context: DemoContext) -> bool:
    return DatePoll.objects.exists()


def load(context: DemoContext) -> None:
    days = [_working_day(context.today + dt.timedelta(days=number)) for number in IN_DAYS]
    before = context.sessions[NUMBER - 1]
    writer = writer_of(context, before)
    session = context.add(
        Session,
        {"number": NUMBER},
        public_id=identifier("session", NUMBER),
        cycle=cycle_of(context, days[0].year),
        title=TITLE,
        summary="Cinq indicateurs essayés par les dispositifs volontaires : lesquels garder, lesquels changer ?",
        date=month(days[0].year, days[0].month),
        format=SessionFormat.PLENARY,
        mode=SessionMode.HYBRID,
        state=SessionState.DRAFT,
    )
    for position, (title, kind, minutes) in enumerate(AGENDA, start=1):
        context.add(
            AgendaItem,
            {"session": session, "position": position},
            public_id=identifier("item", NUMBER, position),
            title=title,
            kind=kind,
            minutes_long=minutes,
        )
    poll = context.add(
        DatePoll,
        {"session": session},
        public_id=identifier("date-poll", NUMBER),
        note="Une demi-journée à Marseille, sans doute ; les trajets en train sont comptés dans les horaires.",
        opened_by=writer.user,
        opened_at=moment(context.today - dt.timedelta(days=5), 9, 30),
        closes_at=moment(context.today + dt.timedelta(days=OPEN_FOR)),
    )
    dates = [
        context.add(
            CandidateDate,
            {"poll": poll, "starts_at": moment(day, 13, 30)},
            public_id=identifier("candidate-date", NUMBER, number),
            ends_at=moment(day, 17),
        )
        for number, day in enumerate(days)
    ]
    if not DateAnswer.objects.filter(date__poll=poll).exists():
        context.add_all(DateAnswer, _answers(context, dates))


def _working_day(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _answers(context: DemoContext, dates: list[CandidateDate]) -> list[DateAnswer]:
    """One person a member organisation; the accounts of the demonstration still have to answer."""
    places = (
        Position.objects.running(context.now)
        .acting()
        .filter(user__is_demo=False)
        .exclude(organisation__positions__user__is_demo=True)
        .select_related("user", "organisation")
        .order_by("organisation__slug", "role", "pk")
    )
    first: dict[int, Position] = {}
    for place in places:
        first.setdefault(place.organisation_id, place)
    rows = []
    for place in first.values():
        slug = place.organisation.slug
        if chance("dates", NUMBER, slug) > ANSWERED:
            continue
        for number, (date, liked) in enumerate(zip(dates, LIKES, strict=True)):
            luck = chance("date", NUMBER, number, slug)
            choice = (
                Availability.YES if luck < liked else Availability.IF_NEEDED if luck < liked + 0.15 else Availability.NO
            )
            rows.append(
                DateAnswer(
                    date=date,
                    organisation=place.organisation,
                    availability=choice,
                    answered_by=place.user,
                    answered_at=moment(context.today - dt.timedelta(days=2), 10),
                )
            )
    return rows
