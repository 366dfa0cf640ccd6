"""Erasing a person: what is removed, what is made anonymous, what stays and on which ground.

    erasure.remove(SavedView, by=("owner",))                              # the rows go
    erasure.keep("sessions_app.Answer.user", ground=…)                     # the row stays, of a person without a name
    erasure.record("sessions_app.MinutesVersion", ground=…)                # the public record: no word of it changes
    erasure.obstacle(running_positions)                                    # what is to be done first
    erasure.settle(end_positions)                                          # the same by itself, after a restore

Each app registers in `personal_data.py`. The account's own row keeps its identifier and loses all that names somebody,
so that whatever points to it stays true and says nothing. `core.personal_data.erasure` shows all this before it does
it, in one transaction, and then takes names, addresses and removed texts out of every other table, audit included.
A test walks every relation to people for one of these answers. Knows no model.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

Text = str | Promise
MARK = "[effacé]"  # what stands where words were taken out of French texts


@dataclass(frozen=True)
class Removal:
    """Rows of `model` that go with the person; `texts` are fields whose words are also taken out of the audit."""

    model: type[Model]
    by: tuple[str, ...]
    rows: Callable[[Any], QuerySet]
    texts: tuple[str, ...]
    first: Callable[[Any, dt.datetime], None] | None  # what goes beside the rows: files, sign-ins

    @property
    def label(self) -> str:
        return self.model._meta.label


@dataclass(frozen=True)
class Obstacle:
    """Why a person cannot be erased yet, and where that is mended."""

    reason: Text
    url: str = ""
    action: Text = ""


Obstacles = Callable[[Any, dt.datetime], Iterable[Obstacle]]
Settle = Callable[[Any, dt.datetime], None]

_removals: dict[str, Removal] = {}
_kept: dict[str, Text] = {}
_record: dict[str, Text] = {}
_obstacles: list[Obstacles] = []
_settled: list[Settle] = []


def remove(
    model: type[Model],
    *,
    by: tuple[str, ...] = (),
    rows: Callable[[Any], QuerySet] | None = None,
    texts: tuple[str, ...] = (),
    first: Callable[[Any, dt.datetime], None] | None = None,
) -> None:
    """The rows that `by` leads to, or those that `rows(person)` finds. In the order of registration."""
    label = model._meta.label
    if label in _removals:
        raise ValueError(f"{label} is registered twice.")

    def lead_to(user: Any) -> QuerySet:
        wanted = Q()
        for path in by:
            wanted |= Q(**{path: user})
        return model._base_manager.filter(wanted)

    _removals[label] = Removal(model, by, rows or lead_to, texts, first)


def keep(*fields: str, ground: Text) -> None:
    """Relations ("app.Model.field") whose rows stay, pointing to somebody without a name, and why they may."""
    for name in fields:
        if name in _kept:
            raise ValueError(f"{name} is kept twice.")
        _kept[name] = ground


def record(*labels: str, ground: Text) -> None:
    """Models ("app.Model") whose texts are the public record: erasing a person changes no word of them."""
    for label in labels:
        _record[label] = ground


def obstacle(provider: Obstacles) -> None:
    """`provider(person, now)` yields what is to be done before."""
    if provider not in _obstacles:
        _obstacles.append(provider)


def settle(function: Settle) -> None:
    """`function(person, now)` puts in order what stood in the way once: a restore may have brought it back."""
    if function not in _settled:
        _settled.append(function)


def removals() -> list[Removal]:
    return list(_removals.values())


def kept() -> dict[str, Text]:
    return dict(_kept)


def records() -> dict[str, Text]:
    return dict(_record)


def obstacles(user: Any, now: dt.datetime) -> list[Obstacle]:
    return [found for provider in _obstacles for found in provider(user, now)]


def settle_all(user: Any, now: dt.datetime) -> None:
    for function in _settled:
        function(user, now)
