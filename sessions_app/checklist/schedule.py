"""When a task is due, from the day of its session; pure functions."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import pgettext

from core.partial_dates import PartialDate
from core.partial_dates.values import is_day
from core.text import lazy_text


def day_of(date: PartialDate | None) -> dt.date | None:
    """The exact day of a session, None while it is known less precisely."""
    return date.lower if is_day(date) else None


def due_on(day: dt.date | None, offset: int) -> dt.date | None:
    return None if day is None else day + dt.timedelta(days=offset)


def offset_of(day: dt.date | None, due: dt.date | None) -> int | None:
    """The days from the session to `due`; None where either is unknown, and the task then stays where it is."""
    return None if day is None or due is None else (due - day).days


@lazy_text
def offset_label(offset: int) -> str:
    """ "J−30", "J", "J+2" in French; D in English. With a true minus sign, which no line parts from its number."""
    day = pgettext("the day of the session", "D")
    return day if offset == 0 else f"{day}{'+' if offset > 0 else '−'}{abs(offset)}"
