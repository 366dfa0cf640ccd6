"""The saves of one item of the minutes: listed with what each changed, compared two by two, taken up again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import transaction

from core.richtext.diff import Change, Sides, changed_words, diff, side_by_side
from sessions_app.minutes.services import save_entry
from sessions_app.models import AgendaItem, MinutesEntry, MinutesRevision
from sessions_app.sessions.locks import hold

if TYPE_CHECKING:
    from core.accounts.models import User


@dataclass(frozen=True)
class Line:
    """One save, with the words it added and removed against the save before it, where that is still kept."""

    revision: MinutesRevision
    change: Change | None


@dataclass(frozen=True)
class Comparison:
    """Two saves in one text (`inline`) and side by side; without an older one everything is new."""

    older: MinutesRevision | None
    newer: MinutesRevision
    inline: str
    sides: Sides


def lines(revisions: Iterable[MinutesRevision]) -> Iterator[Line]:
    """For saves from the newest to the oldest; the oldest is only compared with, where it has one before itself."""
    rows = list(revisions)
    for newer, older in pairwise(rows):
        is_next = newer.number == older.number + 1
        yield Line(newer, changed_words(older.body, newer.body) if is_next else None)
    if rows:
        yield Line(rows[-1], changed_words("", rows[-1].body) if rows[-1].number == 1 else None)


def compare(older: MinutesRevision | None, newer: MinutesRevision) -> Comparison:
    compared = diff(older.body if older else "", newer.body)
    return Comparison(older, newer, compared, side_by_side(compared))


def restore(*, revision: MinutesRevision, by: User, based_on: int, now: dt.datetime) -> MinutesEntry:
    """Saves the text of an earlier revision as the newest one; all that came between stays in the history.

    Raises what `save_entry` raises, `EntryConflict` where somebody saved since `based_on`.
    """
    return save_entry(item=revision.entry.item, by=by, body=revision.body, based_on=based_on, now=now)


@transaction.atomic
def take_theirs(*, item: AgendaItem, by: User, mine: str, based_on: int, now: dt.datetime) -> MinutesEntry:
    """Ends a conflict for the other text: mine is saved so that it stands in the history, then theirs as the newest.

    Raises what `save_entry` raises.
    """
    hold(item.session)
    theirs = MinutesEntry.objects.get(item=item).body
    entry = save_entry(item=item, by=by, body=mine, based_on=based_on, now=now)
    return save_entry(item=item, by=by, body=theirs, based_on=entry.revision, now=now)
