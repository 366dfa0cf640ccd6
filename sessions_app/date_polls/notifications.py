"""What people are told of a search for a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.formatting.dates import ordinal_text
from core.notifications import kinds, services
from core.partial_dates.values import as_json
from sessions_app.checklist.services import helpers
from sessions_app.models import DatePoll
from sessions_app.notifications import day_in_words

KINDS = (
    (
        "dates_asked",
        _("Search for a date"),
        _("Say when your organisation is free for the %(nth)s session."),
    ),
    (
        "dates_added",
        _("Dates added"),
        _("Further dates are proposed for the %(nth)s session."),
    ),
    (
        "dates_reminder",
        _("Reminder: search for a date"),
        _("Reminder: your organisation has not said yet when it is free for the %(nth)s session."),
    ),
    (
        "date_kept",
        _("Date kept"),
        _("The %(nth)s session will be %(on_day)s; the invitation follows."),
    ),
    (
        "dates_closed",
        _("Search for a date closed"),
        _("The search for a date of the %(nth)s session is closed: keep one of the dates."),
    ),
)


def _in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, "nth": ordinal_text(values["number"]), **day_in_words(values)}


def _to_dates(values: Mapping[str, Any]) -> str:
    return reverse("sessions:dates", args=[values["number"]])


def register() -> None:
    for name, label, text in KINDS:
        kinds.register(kinds.Kind(f"sessions_app.{name}", label=label, text=text, address=_to_dates, prepare=_in_words))


def notify(name: str, poll: DatePoll, users: Iterable[User], *, now: dt.datetime) -> None:
    session = poll.session
    values = {"number": session.number, "date": as_json(session.days)}
    about = ("session", session.public_id)
    services.notify(kind=f"sessions_app.{name}", users=users, values=values, now=now, about=about)


def notify_animators(poll: DatePoll, *, now: dt.datetime) -> None:
    notify("dates_closed", poll, helpers(now), now=now)
