"""The kinds of import, registered by the apps that know their rows; this app reads, compares, shows and keeps.

An app subclasses `ImportKind` and calls `register(Kind())` in `AppConfig.ready()`.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.forms import Form
from django.urls import reverse
from django.utils.functional import Promise

from core.imports.planning import PlannedRow
from core.imports.reading import Table
from core.imports.shapes import TableShape, TextRow


class Planner(Protocol):
    """Compares piece after piece of one table; what an earlier row creates is known to the later ones."""

    def plan(self, texts: list[TextRow]) -> Sequence[PlannedRow]: ...


class ImportKind:
    """One kind of import. Class attributes say what it is, methods know its rows."""

    name: str
    label: str | Promise
    shape: TableShape
    written_name: str  # of the address where what was written is seen
    pages: (
        str  # name of the address where a table is sent; with "-preview", "-columns", "-to-correct" those of an import
    )
    question_title: str | Promise = ""
    question_text: str | Promise = ""

    def subject(self, subject_id: int) -> Any:
        """For whom the table is imported; raises `core.jobs.SubjectMissingError`."""
        raise NotImplementedError

    def may(self, by: Any, subject: Any) -> None:
        """Raises `PermissionRefused` where `by` may not import for `subject`; inside a transaction."""
        raise NotImplementedError

    def planner(self, table: Table, subject: Any) -> Planner:
        raise NotImplementedError

    def lock(self, subject: Any, references: Iterable[str]) -> None:
        """Locks every row the table names, in the order of their keys, so that two writers never wait for each other."""
        raise NotImplementedError

    def stamp(self) -> Any:
        """For a kind whose lock holds up everybody: what changes with every row that it compares; else None.

        Such a table is compared before the lock, under which its rows are written; once more there if something moved.
        """
        return None

    def write(self, rows: Sequence[Any], now: dt.datetime) -> None:
        """Writes rows that were planned, in few statements."""
        raise NotImplementedError

    def question(self, data: Any = None) -> Form | None:
        """What a file may leave open (`Survey.asks`), as a form whose cleaned data are the answers."""
        return None

    def facts(self, run: Any) -> list[str | Promise]:
        """What the page says of an import beside its file: for whom it is, which schema it follows."""
        return []

    def remarks(self, run: Any) -> list[str | Promise]:
        """What has to be known of how the file was read."""
        return []

    def ways_on(self, run: Any) -> list[tuple[str | Promise, str]]:
        """Where the page of a written import leads: (what is there, its address)."""
        return [(self.label, reverse(self.written_name))]

    def address(self, public_id: uuid.UUID, page: str = "preview") -> str:
        """Where a page of an import stands."""
        return reverse(f"{self.pages}-{page}", args=[public_id])

    @property
    def send_address(self) -> str:
        return reverse(self.pages)


_kinds: dict[str, ImportKind] = {}


def register(kind: ImportKind) -> None:
    if kind.name in _kinds:
        raise ValueError(f"Import kind {kind.name} is registered twice.")
    _kinds[kind.name] = kind


def kind(name: str) -> ImportKind:
    return _kinds[name]


def all_kinds() -> list[ImportKind]:
    return list(_kinds.values())
