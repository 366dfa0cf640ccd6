"""Writes what an animator took from a Word document: revisions of items, and new items of the agenda."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts import rights
from core.richtext.mentions import found_again
from sessions_app.minutes.services import EntryConflict, MinutesError, save_entry
from sessions_app.models import AgendaItem, MinutesEntry, Session
from sessions_app.sessions.locks import hold_minutes

if TYPE_CHECKING:
    from core.accounts.models import User

TITLE_LENGTH = 200  # characters, as `AgendaItem.title` takes


@dataclass(frozen=True)
class Piece:
    """A part of the document and the item it goes to; None makes a new item of that title."""

    title: str
    html: str
    item: AgendaItem | None


class WordConflict(MinutesError):
    """Items that somebody saved since the preview, each with what is stored and what the document would make of it."""

    def __init__(self, conflicts: list[EntryConflict]) -> None:
        super().__init__(str(EntryConflict.message))
        self.message = EntryConflict.message
        self.conflicts = conflicts


@transaction.atomic
def take_in(
    *,
    session: Session,
    pieces: Sequence[Piece],
    replace: bool,
    based_on: Mapping[int, int],
    by: User,
    now: dt.datetime,
) -> list[MinutesEntry]:
    """Saves each piece under its item, all or nothing; several pieces of one item follow each other.

    With `replace` the text takes the place of what is stored, else it follows it. `based_on` holds the revision
    of each item (by key) that the preview showed. A new item stands after the item of the piece before it.
    Raises `WordConflict`, and what `save_entry` raises.
    """
    rights.check_for_writing(by, "sessions_app.write_minutes", session)
    hold_minutes(session)
    if any(piece.item is None for piece in pieces):
        rights.check_for_writing(by, "sessions_app.prepare_session", session)
        pieces = _with_new_items(session, pieces)
    texts: dict[AgendaItem, list[str]] = {}
    for piece in pieces:
        if piece.item is not None:
            texts.setdefault(piece.item, []).append(piece.html)
    entries = list(MinutesEntry.objects.filter(item__session=session))
    stored = {entry.item_id: entry for entry in entries}
    before = [entry.body for entry in entries]  # Word keeps the words of a mention only
    saved, conflicts = [], []
    for item, htmls in texts.items():
        present = stored[item.pk].body if item.pk in stored and not replace else ""
        body = present + found_again("".join(htmls), before)
        try:
            saved.append(save_entry(item=item, by=by, body=body, based_on=based_on.get(item.pk, 0), now=now))
        except EntryConflict as conflict:
            conflicts.append(conflict)
    if conflicts:
        raise WordConflict(conflicts)
    return saved


def _with_new_items(session: Session, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with their new items made and put into the agenda."""
    order = list(AgendaItem.objects.filter(session=session))
    place, placed = 0, []
    for piece in pieces:
        item = piece.item
        if item is None:
            item = AgendaItem(session=session, title=(piece.title or _("Taken from Word"))[:TITLE_LENGTH])
            order.insert(place, item)
        place = order.index(item) + 1
        placed.append(Piece(piece.title, piece.html, item))
    for position, item in enumerate(order, start=1):
        if item.position != position or item.pk is None:
            item.position = position
            item.full_clean(validate_constraints=False)  # places are unique at the end of the transaction only
            item.save()
    return placed
