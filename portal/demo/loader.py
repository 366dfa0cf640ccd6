"""Loads the demonstration data once, part by part, in one transaction.

A part is a module `load_<part>` with two functions: `loaded(context) -> bool`, one cheap query, and
`load(context) -> None`, which finds rows by natural key before it adds them. A part that is loaded already is
left alone, so that what people changed since stays theirs; a part added by a later release is loaded then.
"""

from __future__ import annotations

import datetime as dt
from types import ModuleType

from django.conf import settings
from django.db import transaction

from core import space
from core.accounts.models import User
from core.db import audit, locks
from core.models import Space
from portal.demo import (
    load_answers,
    load_attendance,
    load_date_finding,
    load_doubles,
    load_evaluation,
    load_follow_up,
    load_frozen,
    load_funding,
    load_governance,
    load_mandates,
    load_materials,
    load_messages,
    load_minutes,
    load_newcomers,
    load_organisations,
    load_people,
    load_personal_data,
    load_preparation,
    load_session_life,
    load_sessions,
    load_space,
    load_watch,
)
from portal.demo.context import DemoContext
from portal.setup import administrator

# Each part may use what the parts before it wrote.
PARTS: list[ModuleType] = [
    load_space,
    load_organisations,
    load_people,
    load_mandates,
    load_newcomers,
    load_personal_data,
    load_doubles,
    load_sessions,
    load_attendance,
    load_answers,
    load_materials,
    load_minutes,  # publishing freezes all the above
    load_session_life,
    load_messages,
    load_preparation,
    load_date_finding,
    load_evaluation,
    load_funding,
    load_follow_up,
    load_governance,
    load_frozen,
    load_watch,
]
EARLIEST = dt.date(2025, 2, 1)  # sessions 22 and 23 come after the 21st, in November 2024


class DemoRefused(Exception):
    """The demonstration data may not be loaded here; the text says why."""


def check_allowed() -> None:
    """Raises `DemoRefused` in production, where the demonstration accounts with their public password may not exist."""
    if not settings.DEMO_ALLOWED:
        raise DemoRefused("Demonstration data is refused: PORTAL_PROFILE is production.")


def load_all(*, today: dt.date) -> int:
    """Loads what is missing and returns the number of rows added; 0 where everything stood already.

    Raises `DemoRefused` in production, where the space holds data of its own, and for a day before `EARLIEST`.
    """
    check_allowed()
    if today < EARLIEST:
        raise DemoRefused(f"Demonstration data starts from {EARLIEST:%Y-%m-%d}.")
    context = DemoContext(today=today)
    with audit.context(command="load_demo"), transaction.atomic():
        locks.hold_exclusive("load_demo")
        locks.hold_exclusive(administrator.COMMAND)  # a real space that is being started in this very moment
        is_demonstration = Space.objects.filter(demonstration=True).exists()
        if not is_demonstration and (Space.objects.exists() or User.objects.exists()):
            raise DemoRefused("Demonstration data is refused: this space holds data of its own.")
        for part in PARTS:
            if not part.loaded(context):
                part.load(context)
    space.forget()
    return context.added
