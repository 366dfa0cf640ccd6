"""What waits for a person, most pressing first: apps register providers, the home page shows the tasks.

Every task has a day. What is overdue comes first, the longest overdue at the head, then what falls due soonest.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet, Value
from django.utils import timezone
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Task:
    title: Text
    note: Text  # until when, for whom, why
    url: str
    action: Text  # the verb on the button
    due: dt.datetime  # the deadline, of several the earliest; where nothing says until when, since when it waits
    icon: str = "clipboard-text"
    is_deadline: bool = True  # whether `due` is a day by which it had to be done
    is_overdue: bool = False  # told by `tasks`
    kind: str = ""  # what stands together on the home page; unless given: its provider, its verb and its icon


@dataclass(frozen=True)
class Group:
    """Tasks of one kind: the most pressing, and the others under it."""

    first: Task
    others: list[Task]


@dataclass(frozen=True)
class Pile:
    """Rows that wait for whoever has the right, told as one task. The piles of all apps are read in one query."""

    rows: tuple[tuple[QuerySet, str], ...]  # with the field that says since when each row waits
    task: Callable[[list[dt.datetime]], Task]  # given those moments, earliest first; not asked while nothing waits


# (user, now) → tasks, in a bounded number of queries, and piles, in none
Provider = Callable[[Any, dt.datetime], Iterable[Task | Pile]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Adds a provider; called from `AppConfig.ready()`."""
    if provider not in _providers:
        _providers.append(provider)


def tasks(user: Any, now: dt.datetime) -> list[Task]:
    """Everything that waits for `user`, what is overdue first, then what falls due first."""
    told = [(provider, given) for provider in _providers for given in provider(user, now)]
    piles = [(provider, pile) for provider, pile in told if isinstance(pile, Pile)]
    single = [(provider, task) for provider, task in told if isinstance(task, Task)]
    found = [
        replace(task, is_overdue=task.is_deadline and task.due < now, kind=task.kind or _kind(provider, task))
        for provider, task in [*single, *_of_piles(piles)]
    ]
    return sorted(found, key=lambda task: (not task.is_overdue, task.due))


def _of_piles(piles: list[tuple[Provider, Pile]]) -> list[tuple[Provider, Task]]:
    parts = [
        rows.order_by().annotate(pile=Value(number)).values_list("pile", since)
        for number, (_provider, pile) in enumerate(piles)
        for rows, since in pile.rows
    ]
    if not parts:
        return []
    moments = defaultdict(list)
    for number, moment in parts[0].union(*parts[1:], all=True):
        moments[number].append(moment)
    return [
        (provider, pile.task(sorted(moments[number])))
        for number, (provider, pile) in enumerate(piles)
        if moments[number]
    ]


def _kind(provider: Provider, task: Task) -> str:
    return f"{provider.__module__}.{provider.__qualname__} {task.action} {task.icon}"


def groups(user: Any, now: dt.datetime) -> list[Group]:
    """`tasks`, with those of one kind together in the place of the most pressing of them."""
    found: dict[str, Group] = {}
    for task in tasks(user, now):
        if task.kind in found:
            found[task.kind].others.append(task)
        else:
            found[task.kind] = Group(task, [])
    return list(found.values())


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day: what is due on it is overdue afterwards."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))
