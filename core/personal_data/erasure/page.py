"""What would become of somebody's data: shown before anything is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps

from core.lifecycle import erasure
from core.lifecycle.erasure import Obstacle, Text
from core.personal_data.erasure import services

if TYPE_CHECKING:
    from core.accounts.models import User


@dataclass(frozen=True)
class Line:
    """Rows of one kind."""

    label: Text
    number: int


@dataclass(frozen=True)
class Ground:
    """Kinds of rows that stay without the name, for one reason."""

    ground: Text
    lines: list[Line]


@dataclass(frozen=True)
class Preview:
    person: User
    obstacles: list[Obstacle]
    removed: list[Line]
    kept: list[Ground]
    record: list[Text]
    has_namesake: bool

    @property
    def may_go_on(self) -> bool:
        return not self.obstacles


def preview(person: User, by: User, now: dt.datetime) -> Preview:
    """In one query for each kind of rows, whatever the person did."""
    return Preview(
        person=person,
        obstacles=services.obstacles(person, by, now),
        removed=_lines((removal.model, removal.rows(person).count()) for removal in erasure.removals()),
        kept=_kept(person),
        record=list(dict.fromkeys(erasure.records().values())),
        has_namesake=services.has_namesake(person),
    )


def _lines(counted: Iterable[tuple[type, int]]) -> list[Line]:
    return [Line(model._meta.verbose_name_plural, number) for model, number in counted if number]


def _kept(person: User) -> list[Ground]:
    numbers: dict[Text, dict[type, int]] = {}
    for name, ground in erasure.kept().items():
        label, _dot, field = name.rpartition(".")
        model = apps.get_model(label)
        number = model._base_manager.filter(**{field: person}).count()
        if number:
            found = numbers.setdefault(ground, {})
            found[model] = found.get(model, 0) + number
    return [Ground(ground, _lines(found.items())) for ground, found in numbers.items()]
