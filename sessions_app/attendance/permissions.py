"""Permissions around attendance."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.accounts.rights import Denied, always, register
from core.db.periods import today
from members.backends import positions_of
from sessions_app.enums import SessionState

NOT_BEGUN = Denied(
    _("This session has not begun yet."), _("Attendance is recorded from the hour at which it begins."), weight=4
)
FILED = Denied(
    _("This session is closed or cancelled: its attendance no longer changes."),
    _("Reopen the session to correct its attendance."),
    weight=4,
)


def may_be_recorded(user: Any, session: Any) -> Denied | None:
    """From the beginning of the session until it is closed."""
    if session is None or session.state == SessionState.HELD:
        return None
    if session.state in (SessionState.CLOSED, SessionState.CANCELLED):
        return FILED
    now = timezone.now()
    begun = session.starts_at <= now if session.starts_at else bool(session.date and session.date.lower <= today(now))
    return None if begun and session.state == SessionState.ANNOUNCED else NOT_BEGUN


NOT_YOUR_RATE = Denied(
    _("The rate of an organisation is shown to itself and to the animators alone."),
    _("The page shows the rates of all organisations together."),
    weight=2,
)


def own_organisation(user: Any, organisation: Any) -> Denied | None:
    own = organisation is not None and any(place.organisation_id == organisation.pk for place in positions_of(user))
    return None if own else NOT_YOUR_RATE


register("sessions_app.record_attendance", _("record the attendance of a session"), animator=may_be_recorded)
register("sessions_app.use_signed_sheet", _("print the sheet to sign and keep its scan"), animator=always)
register(
    "sessions_app.view_attendance_rate",
    _("see how regularly an organisation takes part"),
    member=own_organisation,
    animator=always,
)
