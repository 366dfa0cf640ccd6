"""Named places on pages and documents that higher apps fill, so that lower apps need not know them.

A page writes `{% slot "organisation_page" organisation %}`. A higher app registers in `AppConfig.ready()`
what it adds there: its place in the order, the permission it needs, how its content is fetched (a number of
queries that does not grow) and the template that draws it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.accounts import rights

Fetch = Callable[[Any, Any], dict[str, Any] | None]  # (subject, user) → template context; None shows nothing


@dataclass(frozen=True)
class Filling:
    slot: str
    order: int
    permission: str  # "" where whoever sees the page may see this too; asked of the subject
    fetch: Fetch
    template: str


@dataclass(frozen=True)
class Piece:
    """One filling for one subject and reader."""

    template: str
    context: dict[str, Any]


_fillings: dict[str, list[Filling]] = defaultdict(list)


def register(slot: str, *, order: int, template: str, fetch: Fetch, permission: str = "") -> None:
    """Fills `slot`. A template stands once in a slot."""
    if any(filling.template == template for filling in _fillings[slot]):
        raise ValueError(f"{template} is registered twice for {slot}.")
    _fillings[slot].append(Filling(slot, order, permission, fetch, template))
    _fillings[slot].sort(key=lambda filling: (filling.order, filling.template))


def fillings(slot: str) -> list[Filling]:
    return list(_fillings.get(slot, ()))


def pieces(slot: str, subject: Any, user: Any) -> list[Piece]:
    """What `user` may see in `slot` for `subject`, in order."""
    found = []
    for filling in fillings(slot):
        if filling.permission and not rights.allows(user, filling.permission, subject):
            continue
        context = filling.fetch(subject, user)
        if context is not None:
            found.append(Piece(filling.template, context))
    return found
