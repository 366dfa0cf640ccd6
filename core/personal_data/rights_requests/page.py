"""A request as administrators read it, with the month that the law gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.db.periods import today
from core.personal_data.models import RightsRequest


@dataclass(frozen=True)
class Clock:
    """How much of the month is left, in days; late once the last day is over."""

    request: RightsRequest
    due_on: dt.date
    left: int

    @property
    def is_late(self) -> bool:
        return self.left < 0

    @property
    def over(self) -> int:
        return -self.left


def clock(request: RightsRequest, now: dt.datetime) -> Clock:
    """Of a confirmed request."""
    return Clock(request, request.due_on, (request.due_on - today(now)).days)
