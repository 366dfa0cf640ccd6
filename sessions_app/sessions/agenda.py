"""Clock times of an agenda: each item begins when the one before it ends, each day by itself. No database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from sessions_app.models import AgendaItem, Session

PARIS = ZoneInfo("Europe/Paris")


def times_of(session: Session, items: Iterable[AgendaItem]) -> list[dt.datetime | None]:
    """When each item of the agenda begins; None on a day whose beginning is not known."""
    times: list[dt.datetime | None] = []
    for number, of_day in groupby(items, key=lambda item: item.day):
        times += start_times(start_of_day(session, number), [item.minutes_long for item in of_day])
    return times


def start_of_day(session: Session, number: int) -> dt.datetime | None:
    """When the session's day `number`, from 1, begins."""
    if number == 1:
        return session.starts_at
    if session.next_days_at is None:
        return None
    return dt.datetime.combine(day_numbered(session, number), session.next_days_at, PARIS)


def end_of(session: Session, items: Iterable[AgendaItem]) -> dt.datetime | None:
    """When the last item of the session's last day ends; None where that day has no item or no known beginning."""
    last = session.number_of_days
    durations = [item.minutes_long for item in items if item.day == last]
    return end_time(start_of_day(session, last), durations) if durations else None


def day_numbered(session: Session, number: int) -> dt.date:
    """The session's day `number`, from 1; its date is known."""
    return session.date.lower + dt.timedelta(days=number - 1)


def start_times(starts_at: dt.datetime | None, durations: Iterable[int]) -> list[dt.datetime | None]:
    """When each item begins, in Europe/Paris; `durations` are whole minutes.

    All None where the session's own start is unknown. Minutes are counted in UTC, so that an agenda that
    runs over the change of clocks stays right.
    """
    if starts_at is None:
        return [None for _ in durations]
    if starts_at.tzinfo is None:
        raise ValueError("The start of a session needs its time zone.")
    moment = starts_at.astimezone(dt.UTC)
    times: list[dt.datetime | None] = []
    for minutes in durations:
        times.append(moment.astimezone(PARIS))
        moment += dt.timedelta(minutes=minutes)
    return times


def end_time(starts_at: dt.datetime | None, durations: Iterable[int]) -> dt.datetime | None:
    """When the last item ends, in Europe/Paris; None where the start is unknown."""
    return None if starts_at is None else start_times(starts_at, [*durations, 0])[-1]
