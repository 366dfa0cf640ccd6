"""Two rows turn out to be one organisation: each app moves what hangs on the double, or says why that cannot be.

    register(moves(20, Guest, "organisation", lambda count: ngettext(…), once=("session", "user")))
    register(Handler(30, ("sessions_app.Attendance.organisation",), preview, apply, obstacles))
    stands("sessions_app.MinutesVersion.organisation")

Called from `AppConfig.ready()`. The double itself stays as a tombstone: rows that the database freezes go on pointing at
it. `tests/test_lifecycle.py` fails on a relation to an organisation that nobody answers for. Handlers apply within the
transaction of `members.merging.services.merge`, in their order, before the double becomes a tombstone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from core.accounts.models import User

Text = str | Promise


@dataclass(frozen=True)
class Merge:
    """`merged` is the double, `kept` what remains of both."""

    merged: Any
    kept: Any
    now: dt.datetime
    by: User


@dataclass(frozen=True)
class Line:
    """One kind of thing in the reader's language; `settles` says how a collision ends."""

    text: Text
    count: int
    names: Sequence[str] = ()
    settles: bool = False


def nothing(merge: Merge) -> list[Any]:
    """Neither to be told nor to be moved."""
    return []


@dataclass(frozen=True)
class Handler:
    order: int
    relations: tuple[str, ...]  # "app_label.Model.field"
    preview: Callable[[Merge], Iterable[Line]] = nothing
    apply: Callable[[Merge], Any] = nothing
    obstacles: Callable[[Merge], Iterable[Text]] = nothing


_handlers: list[Handler] = []
_standing: set[str] = set()


def register(handler: Handler) -> None:
    _refuse_twice(handler.relations)
    _handlers.append(handler)
    _handlers.sort(key=lambda each: each.order)


def stands(*relations: str) -> None:
    """Rows that are frozen or history: they keep naming the double, whose tombstone leads to what is kept."""
    _refuse_twice(relations)
    _standing.update(relations)


def known_relations() -> set[str]:
    return _standing | {relation for handler in _handlers for relation in handler.relations}


def obstacles(merge: Merge) -> list[Text]:
    """Everything that stands against it, named."""
    return [text for handler in _handlers for text in handler.obstacles(merge)]


def preview(merge: Merge) -> list[Line]:
    return [line for handler in _handlers for line in handler.preview(merge) if line.count]


def apply(merge: Merge) -> None:
    for handler in _handlers:
        handler.apply(merge)


def moves(
    order: int,
    model: type[Model],
    field: str,
    words: Callable[[int], str],
    *,
    once: Sequence[str] = (),
    named_by: str = "",
    also: Sequence[str] = (),
    obstacles: Callable[[Merge], Iterable[Text]] = nothing,
) -> Handler:
    """Rows that simply move; where both have one of the same `once`, that of the kept organisation stands.

    `named_by` is the field by which each is told, `also` are relations that move with the rows by themselves.
    """

    def doubled(merge: Merge) -> QuerySet:
        same = {name: OuterRef(name) for name in once}
        theirs = model._default_manager.filter(**{field: merge.kept}, **same)
        rows = model._default_manager.filter(**{field: merge.merged})
        return rows.filter(Exists(theirs)) if once else rows.none()

    def lines(merge: Merge) -> Iterable[Line]:
        clashing = doubled(merge).count()
        rows = model._default_manager.filter(**{field: merge.merged})
        count = rows.count() - clashing
        yield Line(words(count), count, list(rows.values_list(named_by, flat=True)) if named_by else ())
        text = _("%(things)s: both have one, that of the kept organisation stands") % {"things": words(clashing)}
        yield Line(text, clashing, settles=True)

    def act(merge: Merge) -> None:
        doubled(merge).delete()
        model._default_manager.filter(**{field: merge.merged}).update(**{field: merge.kept})

    own = f"{model._meta.app_label}.{model.__name__}.{field}"
    return Handler(order, (own, *also), lines, act, obstacles)


def _refuse_twice(relations: Iterable[str]) -> None:
    if twice := known_relations().intersection(relations):
        raise ValueError(f"Answered for twice: {sorted(twice)}")
