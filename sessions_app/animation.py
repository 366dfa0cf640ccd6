"""Which organisation animated a session: a question this app asks and a higher one answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from members.models import Organisation
    from sessions_app.models import Session

Provider = Callable[[dt.datetime], "Organisation | None"]

_provider: Provider | None = None


def register_provider(provider: Provider) -> None:
    """Called once from the `AppConfig.ready()` of the app that knows mandates."""
    global _provider
    _provider = provider


def animator_of(session: Session) -> Organisation | None:
    """Who held the animation when the session began, at the first moment it may have begun; None if not known."""
    begins = session.starts_at
    if begins is None and session.date is not None:
        begins = timezone.make_aware(dt.datetime.combine(session.date.lower, dt.time.min))
    return _provider(begins) if _provider and begins else None


def animating(now: dt.datetime) -> Organisation | None:
    """Who holds the animation at `now`; None if nobody is known to."""
    return _provider(now) if _provider else None
