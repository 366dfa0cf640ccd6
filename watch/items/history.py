"""What an entry of the watch said each time it was sent, published or changed since, with what each save changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.enums import SDG
from core.partial_dates import display
from core.partial_dates.values import from_json
from core.richtext import from_plain
from core.richtext.diff import diff
from core.territories import regions
from watch.enums import Beneficiary, Licence, Purpose
from watch.items.revisions import DATES, FLAGS, ORDER
from watch.models import WatchItem, WatchRevision

_CHOICES: Mapping[str, Any] = {"purpose": Purpose, "licence": Licence, "beneficiaries": Beneficiary, "sdgs": SDG}


@dataclass(frozen=True)
class Change:
    """One field: additions in <ins>, removals in <del>."""

    label: str
    compared: str


@dataclass(frozen=True)
class Save:
    """A revision with what it changed against the one before it; the first says what the entry was."""

    revision: WatchRevision
    changes: list[Change]
    is_first: bool


def saves(revisions: Sequence[WatchRevision], *, whole: bool) -> list[Save]:
    """For revisions from the newest to the oldest; the oldest is only compared with, unless the list is `whole`."""
    rows = list(revisions)
    olders = [*rows[1:], *([None] if rows and whole else [])]
    return [
        Save(newer, changes(older.content if older else {}, newer.content), is_first=older is None)
        for newer, older in zip_longest(rows[: len(olders)], olders)
    ]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The fields that differ."""
    found = []
    for name in ORDER:
        old, new = _words(name, before.get(name)), _words(name, after.get(name))
        if old != new:
            found.append(Change(_label(name), diff(from_plain(old), from_plain(new))))
    return found


def _label(name: str) -> str:
    field = "file" if name == "document" else name
    return capfirst(str(WatchItem._meta.get_field(field).verbose_name))


def _words(name: str, value: Any) -> str:
    """As the page says it; "" for nothing."""
    if value in (None, "", []):
        return ""
    if name in DATES:
        return display(from_json(value))
    if name in FLAGS:
        return _("yes") if value else _("no")
    if name == "regions":
        known = regions()
        return ", ".join(known[code].name for code in value if code in known)
    if choices := _CHOICES.get(name):
        labels = {choice.value: str(choice.label) for choice in choices}
        return ", ".join(labels.get(each, str(each)) for each in (value if isinstance(value, list) else [value]))
    return ", ".join(value) if isinstance(value, list) else str(value)
