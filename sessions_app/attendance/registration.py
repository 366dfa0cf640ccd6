"""What attendance adds to the portal: its report, and its line on an organisation’s page."""

from __future__ import annotations

from typing import Any

from core import slots
from core.accounts import rights
from core.reports import registry
from sessions_app.attendance import permissions  # noqa: F401  (registers)
from sessions_app.attendance.matrix import NOT_MEMBER, line_of
from sessions_app.attendance.signing import SigningSheet


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
    slots.register(
        "organisation_page",
        order=20,
        template="sessions/attendance/_organisation.html",
        fetch=of_organisation,
    )
