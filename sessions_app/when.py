"""When a session is, as people read it: its day and hours, or from the first day to the last."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext

from core.formatting.dates import NBSP, clock, partial_date_first, weekday_date
from core.partial_dates import Days, PartialDate

if TYPE_CHECKING:
    from sessions_app.models import Session


def when(session: Session) -> str | SafeString:
    """ "Vendredi 12 novembre 2027, 14 h 00 – 17 h 00"; "" where no date is known."""
    if session.starts_at is None:
        return partial_date_first(session.days)
    if isinstance(session.days, Days):
        return capfirst(over_days(session.days, session.starts_at, session.ends_at, session.next_days_at))
    return capfirst(hours(session.starts_at, session.ends_at))


def hours(starts_at: dt.datetime, ends_at: dt.datetime | None) -> str:
    end = f"{NBSP}– {clock(ends_at)}" if ends_at else ""
    return f"{weekday_date(starts_at)}, {clock(starts_at)}{end}"


def over_days(
    days: PartialDate, starts_at: dt.datetime, ends_at: dt.datetime | None, next_days_at: dt.time | None
) -> str:
    """ "du vendredi 12 novembre 2027, 14 h 00, au samedi 13 novembre 2027, 12 h 00; le lendemain dès 9 h 00"."""
    last = days.upper - dt.timedelta(days=1)
    end = f"{weekday_date(last)}, {clock(ends_at)}" if ends_at else weekday_date(last)
    values = {"start": f"{weekday_date(starts_at)}, {clock(starts_at)}", "end": end}
    text = _("from %(start)s, to %(end)s") % values
    if next_days_at is None:
        return text
    following = (days.upper - days.lower).days - 1
    beginning = ngettext("the following day from %(time)s on", "the following days from %(time)s on", following) % {
        "time": clock(next_days_at)
    }
    return f"{text} ({beginning})"
