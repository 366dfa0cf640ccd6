"""What the editor's page shows of a session's draft: its items, how far each is written, and the chosen one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core import richtext
from sessions_app.enums import MinutesState
from sessions_app.minutes.history import Line, lines
from sessions_app.models import (
    AgendaItem,
    Minutes,
    MinutesEntry,
    MinutesProposal,
    MinutesRevision,
    MinutesVersion,
    Session,
)

LATEST = 5


@dataclass(frozen=True)
class AgendaEntry:
    """One line of the editor's table of items."""

    number: int
    item: AgendaItem
    words: int


@dataclass(frozen=True)
class EditorState:
    """The editor's state. `place` counts from 1; `entry` is None while nothing was saved for the item."""

    state: str
    version: int  # number of the version in force, 0 for none
    places: list[AgendaEntry]
    place: int
    item: AgendaItem | None
    entry: MinutesEntry | None
    entries: dict[int, MinutesEntry]  # by the key of their item

    @property
    def written(self) -> int:
        return sum(1 for place in self.places if place.words)

    @property
    def revision(self) -> int:
        return self.entry.revision if self.entry else 0

    @property
    def body(self) -> str:
        return self.entry.body if self.entry else ""

    @property
    def key(self) -> str:
        """Under which the browser keeps what is not saved yet."""
        return str(self.item.public_id) if self.item else ""

    @property
    def field_id(self) -> str:
        return f"body-{self.place}"

    def sheets(self) -> list[EditorState]:
        """This state at each of its items in turn, without a further query."""
        return [
            replace(self, place=each.number, item=each.item, entry=self.entries.get(each.item.pk))
            for each in self.places
        ]


def desk_for(session: Session, place: int) -> EditorState:
    """The desk at `place` (an item's number; out of range falls back to the first)."""
    items = list(AgendaItem.objects.filter(session=session))
    entries = {entry.item_id: entry for entry in MinutesEntry.objects.filter(item__session=session)}
    place = place if 1 <= place <= len(items) else 1
    item = items[place - 1] if items else None
    entry = entries.get(item.pk) if item else None
    minutes = Minutes.objects.filter(session=session).first()
    latest = MinutesVersion.objects.filter(session=session).order_by("-number").values_list("number", flat=True).first()
    return EditorState(
        state=minutes.state if minutes else MinutesState.DRAFT,
        version=latest or 0,
        places=[
            AgendaEntry(number, each, richtext.word_count(entries[each.pk].body) if each.pk in entries else 0)
            for number, each in enumerate(items, start=1)
        ],
        place=place,
        item=item,
        entry=entry,
        entries=entries,
    )


def latest_saves(desk: EditorState) -> list[Line]:
    """The last saves of the chosen item, with what each changed."""
    if desk.entry is None:
        return []
    return list(lines(MinutesRevision.objects.filter(entry=desk.entry).select_related("author")[: LATEST + 1]))[:LATEST]


def open_proposals(desk: EditorState) -> list[MinutesProposal]:
    """Texts that somebody left for the chosen item when the right to write had passed on."""
    if desk.item is None:
        return []
    return list(MinutesProposal.objects.filter(item=desk.item, closed_at=None).select_related("author"))
