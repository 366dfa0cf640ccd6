"""What can be found: each app registers its sources, and what results are narrowed to, in `AppConfig.ready()`.

    sources.register(Source("cycle", _("Cycles"), Cycle, watched=[Watched(Cycle)], entries=…, reader=…, visible=…))

`entries` tells what is indexed of some objects, in a fixed number of queries; what nobody may ever find is left out
there. `reader` says with whose eyes somebody reads at this moment, asked of the rights at each request; `visible`, as a
condition on passages, what those eyes see. It is part of every statement of the search, so that neither counts nor
suggestions tell more; and it is built of the reader alone, also the day, since who reads alike shares what was compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise

from core.partial_dates import PartialDate

Text = str | Promise


@dataclass(frozen=True)
class Entry:
    """One passage of an object; see `core.search.models.Passage`. `text` is plain."""

    object_id: int
    address: str
    title: str
    names: str = ""
    text: str = ""
    anchor: str = ""
    public_address: str = ""
    date: PartialDate | None = None
    groups: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    reserved: bool = False


@dataclass(frozen=True)
class Watched:
    """A table whose rows, when they change, change what is indexed of an object.

    `column` holds the object's key; with `through` (model, its column) it is compared with that column of the model,
    whose `key` is that of the object. `only` names the columns that matter, where others change often.
    """

    model: type[models.Model]
    column: str = "id"
    through: tuple[type[models.Model], str] | None = None
    key: str = "id"
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mentioned:
    """How objects of a source are named in rich texts: see `core.search.mentions`."""

    sign: str  # typed before their name: "@"
    offered: Callable[[Any], Hashable] = lambda reader: reader  # a reader → one who sees what all colleagues see too
    merged: Callable[[Collection[int]], Mapping[int, int]] = lambda ids: {}  # doubles among these → what became of them
    doubles: Callable[[int], models.QuerySet] | None = None  # the keys of what was merged into this one


@dataclass(frozen=True)
class Source:
    kind: str  # the word in addresses and in the index
    label: Text  # plural: "Decisions"
    label_of_one: Text
    model: type[models.Model]
    watched: Sequence[Watched]
    entries: Callable[[Sequence[int]], Iterable[Entry]]
    reader: Callable[[Any], Hashable]  # user → all that decides what he or she finds; None who finds nothing
    visible: Callable[[Any], Q]  # reader → which passages
    weight: float = 1.0  # how far up its hits stand among equals
    icon: str = "file-text"
    reads_public: Callable[[Any], bool] = lambda user: False  # whether a reader is led to `Entry.public_address`
    mentions: bool = False  # whether its texts are rich ones, which name other objects
    mentioned: Mentioned | None = None  # then the first entry of an object is the object itself


@dataclass(frozen=True)
class Grouping:
    """Something results are narrowed to, beside kind and year; `label_of` names its values: {"12": "Le RAMEAU"}."""

    name: str
    label: Text
    labels_of: Callable[[Sequence[str]], Mapping[str, str]] = field(compare=False)


_sources: dict[str, Source] = {}
_groupings: dict[str, Grouping] = {}


def register(source: Source) -> None:
    """A kind stands once."""
    if source.kind in _sources:
        raise ValueError(f"{source.kind} is registered twice.")
    _sources[source.kind] = source
    from core.search import indexing

    for watched in source.watched:
        indexing.follow(watched.model)


def register_grouping(grouping: Grouping) -> None:
    if grouping.name in _groupings:
        raise ValueError(f"{grouping.name} is registered twice.")
    _groupings[grouping.name] = grouping


def sources() -> Mapping[str, Source]:
    return _sources


def groupings() -> Mapping[str, Grouping]:
    return _groupings


def among(queryset: models.QuerySet) -> Q:
    """Passages of the objects in `queryset`."""
    return Q(Exists(queryset.order_by().filter(pk=OuterRef("object_id"))))


Readers = tuple[tuple[str, Hashable], ...]


def readers_of(user: Any, kinds: Collection[str] | None = None) -> Readers:
    """With whose eyes `user` reads each source (or those `kinds`) now, without those of which he or she finds nothing."""
    wanted = _sources.values() if kinds is None else [_sources[kind] for kind in _sources if kind in kinds]
    asked = ((source.kind, source.reader(user)) for source in wanted)
    return tuple((kind, reader) for kind, reader in asked if reader is not None)


def readable_by(readers: Readers) -> Q:
    """The passages of every source that these eyes see."""
    conditions = (Q(kind=kind) & _sources[kind].visible(reader) for kind, reader in readers)
    return reduce(or_, conditions)
