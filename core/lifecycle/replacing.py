"""Somebody leaves and another person takes over: each app hands over what lies ahead in its rows, or says why it stays.

    register(Handler(order=20, relations=("sessions_app.ActionItem.person",), preview=…, move=…))
    leave_behind(Kept(order=90, what=_("Minutes"), why=_("They say who wrote them."), relations=(…)))

Both are called from `AppConfig.ready()`. `tests/test_lifecycle.py` fails on a relation to a person that stands in neither.
Handlers move within the transaction of `members.replacements.services.replace`, which has asked the right and holds the
rights lock alone; one that writes what minutes freeze takes the locks of sessions in their order.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from core.accounts.models import User

Text = str | Promise


@dataclass(frozen=True)
class Leaving:
    """Who hands over what lies ahead at one organisation. `successor` is None while nobody is chosen yet."""

    leaver: User
    successor: User | None
    organisation: Any
    now: dt.datetime
    by: User
    keeps_another: bool  # the leaver holds a position elsewhere: what names no organisation is not surely of this one


@dataclass(frozen=True)
class Line:
    """One kind of thing in the reader's language: "3 answers to coming sessions", and which."""

    text: Text
    count: int
    names: Sequence[str] = ()
    moves: bool = True  # False: it stands in the name of the organisation, and the successor takes it up as it is
    told: bool = True  # False: whoever acts may not read what it is


def untold(count: int) -> Line:
    """Things that pass over and that whoever acts may not read: counted together, whatever they are."""
    return Line("", count, told=False)


def _nothing(leaving: Leaving) -> None:
    """The rows are the organisation's and say who wrote them: the successor finds them as they are."""


@dataclass(frozen=True)
class Handler:
    order: int
    relations: tuple[str, ...]  # "app_label.Model.field"
    preview: Callable[[Leaving], Iterable[Line]]
    move: Callable[[Leaving], None] = _nothing


@dataclass(frozen=True)
class Kept:
    """What a person leaves behind as it is: history, or his or her own."""

    order: int
    what: Text
    why: Text
    relations: tuple[str, ...]


_handlers: list[Handler] = []
_kept: list[Kept] = []


def register(handler: Handler) -> None:
    _refuse_twice(handler.relations)
    _handlers.append(handler)
    _handlers.sort(key=lambda each: each.order)


def leave_behind(kept: Kept) -> None:
    _refuse_twice(kept.relations)
    _kept.append(kept)
    _kept.sort(key=lambda each: each.order)


def kept() -> list[Kept]:
    return list(_kept)


def known_relations() -> set[str]:
    """Every relation that some app has answered for."""
    return {relation for each in (*_handlers, *_kept) for relation in each.relations}


def preview(leaving: Leaving) -> list[Line]:
    """What would pass to the successor, without the kinds of which there is nothing; what is untold comes last, in one."""
    lines = [line for handler in _handlers for line in handler.preview(leaving) if line.count]
    rest = sum(line.count for line in lines if not line.told)
    text = ngettext(
        "%(count)d other thing, which you may not read", "%(count)d other things, which you may not read", rest
    )
    named = [line for line in lines if line.told]
    return [*named, Line(text % {"count": rest}, rest)] if rest else named


def move(leaving: Leaving) -> list[Line]:
    """Hands everything over; what passed, as `preview` told it a moment before."""
    lines = preview(leaving)
    for handler in _handlers:
        handler.move(leaving)
    return lines


def _refuse_twice(relations: Iterable[str]) -> None:
    if twice := known_relations().intersection(relations):
        raise ValueError(f"Answered for twice: {sorted(twice)}")
