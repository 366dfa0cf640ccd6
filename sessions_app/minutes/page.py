"""A published version as a page shows it, read from its snapshot alone, with people's names as known today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString

from core.partial_dates import PartialDate
from core.partial_dates.values import from_json
from core.search.mentions import links_for
from sessions_app.enums import DecisionKind, FollowUp, ItemKind, Presence, Procedure
from sessions_app.minutes.procedure import in_words, review_in_words
from sessions_app.minutes.snapshot import day_of_item, moment, name_of, people_in, resolve_names


def anchor_of(number: int) -> str:
    """The anchor of an item; those of its paragraphs begin with it (`core.richtext.paragraphs`)."""
    return f"point-{number}"


SCREENFULS = 6000  # characters of minutes, tags counted


@dataclass(frozen=True)
class ReadItem:
    """One item with its text; `number` counts from 1."""

    id: str
    number: int
    day: dt.date | None  # of a session of several days
    title: str
    kind: str
    kind_label: str
    starts_at: dt.datetime | None
    minutes_long: int
    is_reserved: bool
    html: str
    speakers: list[tuple[str, str]]  # (person or "", organisation or "")
    marked: SafeString | None = None  # the text with the names of known people marked, before it is made public

    @property
    def anchor(self) -> str:
        return anchor_of(self.number)


@dataclass(frozen=True)
class ReadPresence:
    organisation: str
    presence: str
    label: str
    represented_by: str
    people: list[str]


@dataclass(frozen=True)
class ReadFollowUp:
    reference: str
    text: str
    responsible: str
    due: PartialDate | None
    status: str
    status_label: str
    kind_label: str = ""


@dataclass(frozen=True)
class ReadMinutes:
    items: list[ReadItem]
    attendance: list[ReadPresence]
    guests: list[tuple[str, str]]  # (name, organisation or "")
    decisions: list[ReadFollowUp]
    actions: list[ReadFollowUp]
    materials: list[str]  # the titles
    organisation: str
    author: str
    procedure: str  # how it came to be published; "" in a draft
    review: str  # what was asked in its review; "" without one

    @property
    def is_long(self) -> bool:
        """Several screens of a phone, which then shows the items closed under their titles."""
        return sum(len(item.html) for item in self.items) > SCREENFULS


def read_items(snapshot: dict[str, Any], names: dict[Any, str] | None = None) -> list[ReadItem]:
    """The items alone; without `names` no person is named and no query is made."""
    known = names or {}
    return [
        ReadItem(
            id=item["public_id"],
            number=item["number"],
            day=day_of_item(snapshot, item),
            title=item["title"],
            kind=item["kind"],
            kind_label=ItemKind(item["kind"]).label,
            starts_at=moment(item["starts_at"]),
            minutes_long=item["minutes_long"],
            is_reserved=item["is_reserved"],
            html=item["body"],
            speakers=[
                (name_of(speaker["person"], known), (speaker["organisation"] or {}).get("name", ""))
                for speaker in item["speakers"]
            ],
        )
        for item in snapshot["agenda"]
    ]


def linked_for(user: Any, items: Sequence[ReadItem]) -> list[ReadItem]:
    """The items as `user` reads them: what they mention is a link where he or she may see it."""
    texts = links_for(user, [item.html for item in items])
    return [replace(item, html=html) for item, html in zip(items, texts, strict=True)]


def read_for(user: Any, snapshot: dict[str, Any]) -> ReadMinutes:
    text = read(snapshot)
    return replace(text, items=linked_for(user, text.items))


def read(snapshot: dict[str, Any]) -> ReadMinutes:
    """The whole version, in at most four queries (for names)."""
    names = resolve_names(people_in(snapshot))
    version = snapshot["version"]
    return ReadMinutes(
        items=read_items(snapshot, names),
        attendance=[
            ReadPresence(
                organisation=row["organisation"]["name"],
                presence=row["presence"],
                label=Presence(row["presence"]).label,
                represented_by=(row["represented_by"] or {}).get("name", ""),
                people=[name for person in row["people"] if (name := name_of(person, names))],
            )
            for row in snapshot["attendance"]
            if row["presence"]
        ],
        guests=read_guests(snapshot, names),
        decisions=[_follow_up(row, DecisionKind(row["kind"]).label) for row in snapshot["decisions"]],
        actions=[_follow_up(row) for row in snapshot["actions"]],
        materials=[row["title"] for row in snapshot["materials"]],
        organisation=(snapshot["organisation"] or {}).get("name", ""),
        author=name_of(version["author"], names) if version else "",
        procedure=in_words(version) if version and version["procedure"] in Procedure else "",
        review=review_in_words(version) if version else "",
    )


def read_guests(snapshot: dict[str, Any], names: dict[Any, str]) -> list[tuple[str, str]]:
    """The guests who were there, whose names are still known."""
    rows = [
        (name_of(guest["person"], names), (guest["organisation"] or {}).get("name", ""))
        for guest in snapshot.get("guests", [])
    ]
    return [row for row in rows if row[0]]


def _follow_up(row: dict[str, Any], kind_label: Any = "") -> ReadFollowUp:
    return ReadFollowUp(
        reference=row["reference"],
        text=row["text"],
        responsible=(row["responsible"] or {}).get("name", ""),
        due=from_json(row["due"]),
        status=row["status"],
        status_label=str(FollowUp(row["status"]).label),
        kind_label=str(kind_label),
    )
