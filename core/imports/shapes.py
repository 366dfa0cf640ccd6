"""The columns of one kind of table together, found by their field and by every name they are known by."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from core.imports.cells import plain
from core.imports.columns import ImportColumn, in_all_languages

TextRow = dict[str, str]  # field → text of the cell; "row" → its number in the file
_REFERENCE, _NO_REFERENCE = _("Reference"), _("The reference is missing.")
FIXED = "À corriger"  # the head of what a file to be corrected says beside its rows; never read


class Survey(Protocol):
    """What a dialect has to know of the whole file before one row can be read."""

    not_kept: Counter[str]  # heads of the schema → filled cells that have no place here

    def look(self, row: TextRow) -> None: ...

    def translate(self, row: TextRow) -> None:
        """Puts the cells into the words of the portal's own table."""

    @property
    def asks(self) -> bool:
        """Whether the file leaves open what only its sender can say."""


class Dialect(Protocol):
    """Another shape of the same rows, such as a public schema: known by its heads, read through a survey."""

    name: str

    def fits(self, head: list[str]) -> bool: ...

    def beside(self, head: str) -> str:
        """The key under which the cells of a head without a column are kept for the survey; "" for none."""

    def survey(self) -> Survey: ...


@dataclass(frozen=True)
class TableShape:
    """`key` is the field whose text tells rows apart, within the value of the field `within` where there is one.

    Where several rows may bear one key (`key_repeats`), the planner says which of them are the same.
    """

    kind: str
    columns: tuple[ImportColumn, ...]
    computed_heads: tuple[Any, ...] = ()  # of what the portal writes into lists and never reads
    dialects: tuple[Dialect, ...] = ()
    key: str = "reference"
    within: str = ""
    key_repeats: bool = False
    key_label: Any = _REFERENCE
    key_missing: Any = _NO_REFERENCE

    @cached_property
    def by_field(self) -> dict[str, ImportColumn]:
        return {column.field: column for column in self.columns}

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Every name of a column, in plain letters → its field; a header wins over another name of another."""
        found: dict[str, str] = {}
        for column in self.columns:
            for name in column.names:
                for word in in_all_languages(name):
                    found.setdefault(plain(word), column.field)
        return found | {plain(column.header): column.field for column in self.columns}

    @cached_property
    def computed(self) -> set[str]:
        return {plain(FIXED)} | {plain(word) for head in self.computed_heads for word in in_all_languages(head)}

    def dialect_of(self, head: list[str]) -> Dialect | None:
        return next((dialect for dialect in self.dialects if dialect.fits(head)), None)
