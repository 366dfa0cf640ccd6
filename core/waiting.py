"""What waits for a person, most pressing first: apps register providers, the home page shows the tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Task:
    title: Text
    note: Text  # until when, for whom, why
    url: str
    action: Text  # the verb on the button
    icon: str = "clipboard-text"
    due: dt.datetime | None = None  # the sooner, the higher; without a date last


Provider = Callable[[Any, dt.datetime], Iterable[Task]]  # (user, now) → tasks, in a bounded number of queries

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Adds a provider; called from `AppConfig.ready()`."""
    if provider not in _providers:
        _providers.append(provider)


def tasks(user: Any, now: dt.datetime) -> list[Task]:
    """Everything that waits for `user`, what falls due first at the head."""
    found = [task for provider in _providers for task in provider(user, now)]
    return sorted(found, key=lambda task: (task.due is None, task.due or now))
