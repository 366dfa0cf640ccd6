"""What attendance adds to the portal: its report, and what waits for the animators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import slots, waiting
from core.accounts import rights
from core.reports import registry
from core.templatetags.dates import ordinal_text
from sessions_app.attendance import permissions  # noqa: F401  (registers)
from sessions_app.attendance.matrix import NOT_MEMBER, line_of
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


def of_organisation(organisation: Any, user: Any) -> dict[str, Any] | None:
    """For the slot of the organisation's page: its marks session after session; the rate for whom it concerns."""
    if not rights.allows(user, "sessions_app.view_session"):
        return None
    line = line_of(organisation, may_see=rights.allows(user, "sessions_app.view_attendance_rate", organisation))
    own = [cell for cell in line.cells if cell.presence != NOT_MEMBER]
    if not own:
        return None
    return {"line": line, "cells": own, "marks": {cell.mark: cell.label for cell in own}}


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    registry.register(SigningSheet())
    waiting.register(attendance_to_record)
    slots.register(
        "organisation_page",
        order=20,
        template="sessions/attendance/_organisation.html",
        fetch=of_organisation,
    )
