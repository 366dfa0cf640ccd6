"""A breach as the register shows it, with the 72 hours that the law gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.personal_data.models import Breach

HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """`left` counts whole hours, none in the last one; `over` those since the 72 hours were up."""

    breach: Breach
    left: int
    over: int
    is_late: bool
    was_late: bool  # notified, but after the 72 hours

    @property
    def runs(self) -> bool:
        return self.breach.waits_for_cnil


def entry(breach: Breach, now: dt.datetime) -> Entry:
    rest = breach.due_at - now
    notified = breach.notified_at
    return Entry(
        breach=breach,
        left=max(rest // HOUR, 0),
        over=max(-rest // HOUR, 0),
        is_late=breach.waits_for_cnil and rest < dt.timedelta(0),
        was_late=notified is not None and notified > breach.due_at,
    )
