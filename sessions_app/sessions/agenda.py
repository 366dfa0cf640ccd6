"""Clock times of an agenda: each item begins when the one before it ends. Pure functions, no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


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
