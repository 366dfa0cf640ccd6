"""What every page links to: apps register their entries, each reader sees those he or she may open.

An app calls `register` in `AppConfig.ready()`; the order numbers leave room between neighbours. Places:
`main` (the head of the page), `tools` (icons beside it: search, notifications), `account` (the menu under
the reader's initials), `resources` and `information` (columns of the foot).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from core.accounts import rights

PLACES = ("main", "tools", "account", "resources", "information")


@dataclass(frozen=True)
class Entry:
    label: str | Promise
    url_name: str
    permission: str  # "" for what everybody may open
    order: int
    place: str
    icon: str
    also: tuple[str, ...]  # other pages on which the entry is the current one
    badge: Callable[[Any], int] | None  # reader → a count shown on the icon, in at most one query


@dataclass(frozen=True)
class Link:
    """An entry as one reader sees it."""

    label: str | Promise
    url: str
    icon: str
    current: bool
    count: int = 0


_entries: dict[tuple[str, str], Entry] = {}


def register(
    label: str | Promise,
    url_name: str,
    *,
    permission: str = "",
    order: int = 100,
    place: str = "main",
    icon: str = "",
    also: tuple[str, ...] = (),
    badge: Callable[[Any], int] | None = None,
) -> None:
    """Adds an entry. An address stands once in a place; `permission` is one that `rights.register` knows."""
    if place not in PLACES:
        raise ValueError(f"No place is called {place}.")
    key = (place, url_name)
    if key in _entries:
        raise ValueError(f"{url_name} is registered twice in {place}.")
    _entries[key] = Entry(label, url_name, permission, order, place, icon, also, badge)


def registered() -> list[Entry]:
    return sorted(_entries.values(), key=lambda entry: (entry.order, entry.url_name))


def links(user: Any, path: str) -> dict[str, list[Link]]:
    """For each place the links `user` may open, the one that holds `path` marked as current."""
    found: dict[str, list[Link]] = {place: [] for place in PLACES}
    open_to_user = [(entry, reverse(entry.url_name)) for entry in registered() if _may_open(user, entry)]
    holding = [
        (len(held), url)
        for entry, url in open_to_user
        for held in (url, *map(reverse, entry.also))
        if path == held or (held != "/" and path.startswith(held))
    ]
    _length, current = max(holding, default=(0, ""))
    for entry, url in open_to_user:
        count = entry.badge(user) if entry.badge else 0
        found[entry.place].append(Link(entry.label, url, entry.icon, url == current, count))
    return found


def place_of(path: str) -> str:
    """What the part of the portal that holds `path` is called; "" where no entry does. For whoever may read of it."""
    entries = [(reverse(entry.url_name), str(entry.label)) for entry in registered()]
    holding = [(len(url), label) for url, label in entries if url != "/" and path.startswith(url)]
    return max(holding, default=(0, ""))[1]


def _may_open(user: Any, entry: Entry) -> bool:
    return not entry.permission or rights.allows(user, entry.permission)
