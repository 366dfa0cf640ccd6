"""What attendance adds to the portal: its report, and what waits for the animators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import waiting
from core.accounts import rights
from core.reports import registry
from core.templatetags.dates import ordinal_text
from sessions_app.attendance import permissions  # noqa: F401  (registers)
from sessions_app.attendance.signing import SigningSheet
from sessions_app.enums import SessionState
from sessions_app.models import Session


def attendance_to_record(user: Any, now: dt.datetime) -> Iterator[waiting.Task]:
    """For animators: sessions that were held and of which nobody is recorded."""
    if not rights.allows(user, "sessions_app.record_attendance"):
        return
    for session in Session.objects.filter(state=SessionState.HELD, attendance=None).order_by("number")[:5]:
        yield waiting.Task(
            # Translators: Saisir les présences de la %(nth)s session
            title=_("Record the attendance of the %(nth)s session") % {"nth": ordinal_text(session.number)},
            note=session.title,
            url=reverse("sessions:attendance-edit", args=[session.number]),
            # Translators: Saisir
            action=_("Record"),
            icon="users-three",
        )


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    registry.register(SigningSheet())
    waiting.register(attendance_to_record)
