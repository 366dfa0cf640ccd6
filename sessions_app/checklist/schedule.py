"""When a task is due, from the day of its session; pure functions."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import pgettext

from core.partial_dates import PartialDate
from core.partial_dates.values import is_days, last_day
from core.text import lazy_text


def exact(days: PartialDate | None) -> PartialDate | None:
    """The day or days of a session, None while it is known less precisely."""
    return days if is_days(days) else None


def due_on(days: PartialDate | None, offset: int) -> dt.date | None:
    """So many days before the first day of the session, or after its last."""
    if days is None:
        return None
    return (days.lower if offset <= 0 else last_day(days)) + dt.timedelta(days=offset)


def offset_of(days: PartialDate | None, due: dt.date | None) -> int | None:
    """The days from the session to `due`, 0 while it lasts; None where either is unknown: the task then stays."""
    if days is None or due is None:
        return None
    return min((due - days.lower).days, 0) or max((due - last_day(days)).days, 0)


@lazy_text
def offset_label(offset: int) -> str:
    """ "J−30", "J", "J+2" in French; D in English. With a true minus sign, which no line parts from its number."""
    day = pgettext("the day of the session", "D")
    return day if offset == 0 else f"{day}{'+' if offset > 0 else '−'}{abs(offset)}"
