"""The columns of each kind of table together, found by their field and by every name they are known by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from funding.enums import TableKind
from funding.imports.cells import plain
from funding.imports.columns import COMPUTED, INITIATIVE_COLUMNS, LINE_COLUMNS, ImportColumn, in_all_languages


@dataclass(frozen=True)
class TableShape:
    """The columns of one kind of table, by field and by every name they are known by."""

    kind: TableKind
    columns: tuple[ImportColumn, ...]

    @property
    def by_field(self) -> dict[str, ImportColumn]:
        return {column.field: column for column in self.columns}

    @property
    def by_name(self) -> dict[str, str]:
        return _names(self.kind)

    @property
    def computed(self) -> set[str]:
        return {plain(word) for head in COMPUTED[self.kind] for word in in_all_languages(head)}


SHAPES = {
    TableKind.LINES: TableShape(TableKind.LINES, LINE_COLUMNS),
    TableKind.INITIATIVES: TableShape(TableKind.INITIATIVES, INITIATIVE_COLUMNS),
}


@cache
def _names(kind: TableKind) -> dict[str, str]:
    """Every name of a column, in plain letters → its field; the header of one wins over another name of another."""
    found: dict[str, str] = {}
    for column in SHAPES[kind].columns:
        for name in column.names:
            for word in in_all_languages(name):
                found.setdefault(plain(word), column.field)
    return found | {plain(column.header): column.field for column in SHAPES[kind].columns}
