"""Objects named in rich texts by "@" or "#": offered while one writes, links for whoever may see them, "Mentioned in" on their pages.

A source says that its objects are named so (`Source.mentioned`). What somebody is offered, led to or told of is asked of
the index with the conditions of the search: a draft is no passage, and a reader hears nothing of what he or she may not read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator

from core.partial_dates import PartialDate
from core.richtext import clean
from core.richtext.mentions import is_marked, linked, mentioned
from core.search import querysets
from core.search.page import place_of
from core.search.sources import Mentioned, readers_of, sources

OFFERED = 8
SHOWN = 10  # the newest; the others are folded
MOST = 100
EXCERPT = 320  # characters

Key = tuple[str, int]  # kind and key of an object


@dataclass(frozen=True)
class Offer:
    kind: str
    id: str
    label: str
    note: str  # what it is


def signs() -> list[str]:
    return sorted({found.sign for found in _kinds().values()})


def offers(user: Any, sign: str, text: str) -> list[Offer]:
    """What `user` may mean. Nothing that is not out yet, though he or she sees it: readers of the text would be told its name."""
    kinds = _kinds()
    asked = [kind for kind in kinds if kinds[kind].sign == sign]
    passages = querysets.readable_with(
        tuple((kind, kinds[kind].offered(reader)) for kind, reader in readers_of(user, asked))
    )
    if passages is None or not text:
        return []
    found = querysets.begun_names(passages, text, OFFERED)
    return [Offer(row.kind, str(row.object_id), row.title, str(sources()[row.kind].label_of_one)) for row in found]


def links_for(user: Any, texts: Sequence[str]) -> list[str]:
    """These rich texts as `user` reads them: mentions of what he or she sees lead there. At most three queries."""
    cleaned = [clean(text) if is_marked(text) else text for text in texts]
    keys = {key for text in cleaned for key in mentioned(text)}
    if not keys:
        return cleaned
    known = _addresses(user, keys)
    return [linked(text, known) for text in cleaned]


def _addresses(user: Any, keys: set[str]) -> Mapping[str, str]:
    wanted = {parsed: key for key in keys if (parsed := _parsed(key))}
    passages = querysets.readable_with(readers_of(user, {kind for kind, _identifier in wanted}))
    found = {(row.kind, row.object_id): row.address for row in querysets.objects(passages, wanted)}
    leads_on = _merged(wanted.keys() - found.keys())
    if leads_on:
        kept = {(row.kind, row.object_id): row.address for row in querysets.objects(passages, set(leads_on.values()))}
        found |= {double: kept[one] for double, one in leads_on.items() if one in kept}
    return {wanted[key]: address for key, address in found.items()}


def _parsed(key: str) -> Key | None:
    kind, _colon, identifier = key.partition(":")
    known = kind in _kinds() and identifier.isascii() and identifier.isdecimal() and len(identifier) < 18
    return (kind, int(identifier)) if known else None


def _merged(missing: set[Key]) -> dict[Key, Key]:
    """Doubles → what they were merged into."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, identifier in missing:
        by_kind[kind].append(identifier)
    return {
        (kind, double): (kind, kept)
        for kind, ids in by_kind.items()
        for double, kept in _kinds()[kind].merged(ids).items()
    }


# --- "Mentioned in" ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A paragraph that names the object."""

    title: str
    kind: str
    url: str
    excerpt: str
    date: PartialDate | None


def mentioned_in(kind: str) -> Callable[[Any, Any], dict[str, Any] | None]:
    """Fills the slot of a page of such an object; shows nothing where nothing names it that the reader may read."""

    def fetch(subject: Any, user: Any) -> dict[str, Any] | None:
        found = places(user, kind, subject.pk)
        if not found:
            return None
        return {"newest": found[:SHOWN], "others": found[SHOWN:MOST], "is_capped": len(found) > MOST, "most": MOST}

    return fetch


def places(user: Any, kind: str, identifier: int) -> list[Place]:
    """Where `user` reads of the object, newest first, at most `MOST` + 1; also where a double of it was meant."""
    doubles = _kinds()[kind].doubles
    naming = [source.kind for source in sources().values() if source.mentions]
    passages = querysets.readable_with(readers_of(user, naming))
    found = querysets.mentioning(passages, kind, identifier, doubles(identifier) if doubles else None, MOST + 1)
    return [
        Place(
            title=row.title,
            kind=str(sources()[row.kind].label_of_one),
            url=place_of(row, user),
            excerpt=Truncator(row.text).chars(EXCERPT),
            date=row.date,
        )
        for row in found
    ]


def _kinds() -> dict[str, Mentioned]:
    return {kind: source.mentioned for kind, source in sources().items() if source.mentioned}
