"""Why an organisation cannot leave the space yet: higher apps know of what it still holds there.

    register(holds_the_mandate)      # in `AppConfig.ready()`

An obstacle is asked for the first day on which the organisation would no longer be a member.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils.functional import Promise

from members.models import Organisation

Obstacle = Callable[
    [Organisation, dt.date, dt.datetime], str | Promise | None
]  # (who, first day without, now) → why not

_obstacles: list[Obstacle] = []


def register(obstacle: Obstacle) -> None:
    if obstacle not in _obstacles:
        _obstacles.append(obstacle)


def reasons(organisation: Organisation, *, end: dt.date, now: dt.datetime) -> list[str | Promise]:
    """Everything that stands against it, as sentences."""
    return [reason for obstacle in _obstacles if (reason := obstacle(organisation, end, now))]
