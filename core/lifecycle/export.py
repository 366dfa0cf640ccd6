"""What is held about a person, for the person: each app says where it stands, `core.personal_data` puts it into a file.

    export.register(Position, by=("user",))                       # all fields of the rows that lead to the person
    export.register(Session, rows=lambda user: …, without={"why_not": "…"})
    export.register(AmendmentRequest, by=("author",), did={"answered_by": ("answer", "answered_at")})
    export.leave_out("members.Region", why="…")                   # a whole model, or "members.Position.changed_by"

A test walks every relation to people and every text and file of every model: one that is neither given nor left out
with a reason fails. Registered in `AppConfig.ready()`; knows no model.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import IO, Any

from django.db.models import Model, Q, QuerySet


@dataclass(frozen=True)
class Section:
    """The rows of one model that are about a person. `by`: relations to people, any of which makes a row the person's.

    `did`: relations to who only did something in a row that is about somebody else, and the columns that say what.
    `hides`: columns of a row that hold other people's words. `following`: relations that texts of related rows read.
    """

    model: type[Model]
    by: tuple[str, ...]
    rows: Callable[[Any], QuerySet]
    without: Mapping[str, str] = field(default_factory=dict)  # field → why it is not given out
    did: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hides: Callable[[Model], Collection[str]] = lambda row: ()
    following: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def app(self) -> str:
        return self.model._meta.app_label

    @property
    def fields(self) -> list[Any]:
        """The columns given out, in the order of the model."""
        return [column for column in self.model._meta.concrete_fields if column.name not in self.without]

    def given(self, row: Model, user: Any) -> frozenset[str]:
        """The names of the columns of `row` that are given out to this person."""
        names = frozenset(column.name for column in self.fields) - frozenset(self.hides(row))
        if not self.did or any(getattr(row, f"{path}_id") == user.pk for path in self.by):
            return names
        deeds = [path for path in self.did if getattr(row, f"{path}_id") == user.pk]
        return names & {name for path in deeds for name in (path, *self.did[path])}


@dataclass(frozen=True)
class OwnFile:
    """A file the person sent: under which name it is given back, and how its bytes are read."""

    name: str
    open: Callable[[], AbstractContextManager[IO[bytes]]]


Files = Callable[[Any], Iterable[OwnFile]]

_sections: dict[str, Section] = {}
_left_out: dict[str, str] = {}
_files: list[Files] = []


def register(
    model: type[Model],
    *,
    by: tuple[str, ...] = (),
    rows: Callable[[Any], QuerySet] | None = None,
    without: Mapping[str, str] | None = None,
    did: Mapping[str, tuple[str, ...]] | None = None,
    hides: Callable[[Model], Collection[str]] = lambda row: (),
    following: tuple[str, ...] = (),
) -> None:
    """Gives out the rows of `model` that `by` and `did` lead to, or those that `rows(person)` finds. A model stands once."""
    label = model._meta.label
    if label in _sections:
        raise ValueError(f"{label} is registered twice.")

    def lead_to(user: Any) -> QuerySet:
        wanted = Q()
        for path in (*by, *(did or {})):
            wanted |= Q(**{path: user})
        return model._base_manager.filter(wanted)

    _sections[label] = Section(model, by, rows or lead_to, dict(without or {}), dict(did or {}), hides, following)


def leave_out(*labels: str, why: str) -> None:
    """Models ("app.Model") or fields of them ("app.Model.field") that hold nothing to give out, and why."""
    for label in labels:
        if label in _left_out:
            raise ValueError(f"{label} is left out twice.")
        _left_out[label] = why


def register_files(provider: Files) -> None:
    """`provider(person)` yields the files that he or she sent."""
    if provider not in _files:
        _files.append(provider)


def sections() -> list[Section]:
    """By app, in the order of registration."""
    return sorted(_sections.values(), key=lambda section: section.app)


def left_out() -> dict[str, str]:
    return dict(_left_out)


def files_of(user: Any) -> Iterator[OwnFile]:
    for provider in _files:
        yield from provider(user)
