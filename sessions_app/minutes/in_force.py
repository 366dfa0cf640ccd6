"""What follows when a version of the minutes comes into force: subjects that stand above the minutes register it.

It is carried out in the transaction that publishes; each queues its own work on commit.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from core.accounts.models import User
    from sessions_app.models import MinutesVersion


class Follower(Protocol):
    def __call__(self, *, version: MinutesVersion, by: User, now: dt.datetime) -> None: ...


_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Called once for each from `AppConfig.ready()`."""
    _followers.append(follower)


def follow(*, version: MinutesVersion, by: User, now: dt.datetime) -> None:
    for follower in _followers:
        follower(version=version, by=by, now=now)
