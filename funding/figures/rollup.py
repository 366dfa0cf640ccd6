"""What the dashboard shows of one filter, made in one statement over the fundings instead of one for each part.

    found = rollup(lines, ("agreed", "backed"), ("region", "stage"), funders)
    found.values, found.rows["region"]   # as `figures.compute` and `figures.breakdown` give them
    found.together                       # the same by which of `funders` give together
    rollup_lines(lines, ("agreed",))     # by what fundings differ in within an initiative: year, funder, state

The fundings are first added up for each initiative, which PostgreSQL does on several processors and without
counting distinct values; the initiatives, a tenth as many, are then added up by each dimension. So only figures
that add up can be rolled up, and those of `definitions` serve as they are, over fundings and over the narrow
rows kept of them (`FundingLineFact`). Tests compare both with the raw sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import BitOr
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, F, Func

from funding.figures.cached import cached, peek
from funding.figures.compute import COUNTED, DIMENSIONS, FIGURES, SUMS, Lines, Row, Values, exact

BITS = 60  # of a bigint: one for each funder


@dataclass(frozen=True)
class Rollup:
    values: Values
    rows: dict[str, list[Row]]  # by dimension, in the order of the values
    together: dict[tuple[int, ...], Values]  # funders of an initiative, in the order given → its and the like's figures


class _Bit(Func):
    """The bit of a funder among `known`; NULL for any other."""

    template = "(1::bigint << (array_position(ARRAY[%(known)s]::bigint[], %(expressions)s) - 1))"
    output_field = BigIntegerField()

    def __init__(self, known: Sequence[int]) -> None:
        super().__init__(F("funder_id"), known=", ".join(str(int(key)) for key in known))


# Where a funding stands within its initiative: year of the decision, funder, state.
Place = tuple[int | None, int, str]


def rollup(lines: Lines, keys: Iterable[str], dimensions: Sequence[str], funders: Sequence[int]) -> Rollup:
    """The figures `keys` over `lines`, whole and by each of `dimensions`, which must be those of initiatives.

    Raises ValueError for a figure that does not add up.
    """
    asked = _Asked(lines, tuple(keys), dimensions, funders)
    return cached("rollup", asked.each, asked.keys, compute=asked.answer)


def cached_rollup(
    lines: Lines, keys: Iterable[str], dimensions: Sequence[str], funders: Sequence[int]
) -> Rollup | None:
    """What `rollup` answered since the last change, if it was asked."""
    asked = _Asked(lines, tuple(keys), dimensions, funders)
    return peek("rollup", asked.each, asked.keys)


class _Asked:
    """One question to `rollup`: `each` adds the fundings up by initiative."""

    def __init__(self, lines: Lines, keys: tuple[str, ...], dimensions: Sequence[str], funders: Sequence[int]) -> None:
        self.keys, self.dimensions = keys, dimensions
        self.sums = [
            key for key in dict.fromkeys((*keys, "lines")) if key in SUMS
        ]  # an order that stays: it is written
        if missing := [key for key in keys if key not in self.sums and key != COUNTED]:
            raise ValueError(f"{missing} do not add up.")
        self.groups = [list(funders[start : start + BITS]) for start in range(0, len(funders), BITS)]
        self.masks = {f"_mask{number}": BitOr(_Bit(known)) for number, known in enumerate(self.groups)}
        self.columns = {f"_{name}": F(DIMENSIONS[name].path_in(lines)) for name in dimensions}
        each = lines.order_by().values("initiative", **self.columns)
        self.each = each.annotate(**{f"_sum_{key}": FIGURES[key].aggregate for key in self.sums}, **self.masks)

    def answer(self) -> Rollup:
        try:
            statement, parameters = self.each.query.sql_with_params()
        except EmptyResultSet:
            nothing = {key: exact(FIGURES[key].nothing) for key in self.keys}
            return Rollup(nothing, {name: [] for name in self.dimensions}, {})
        with connection.cursor() as cursor:
            cursor.execute(_over(statement, list(self.columns), list(self.masks), self.sums), parameters)
            return _read(cursor.fetchall(), self.keys, self.sums, self.dimensions, self.groups)


def rollup_lines(lines: Lines, keys: Iterable[str]) -> dict[Place, Values]:
    """The figures `keys`, which must add up over fundings: few rows, read in one pass and added up by whoever asks."""
    keys = tuple(keys)
    rows = lines.order_by().values(_year=F("decided_year"), _funder=F("funder_id"), _state=F("state"))
    rows = rows.annotate(**{f"_sum_{key}": FIGURES[key].aggregate for key in keys})

    def made() -> dict[Place, Values]:
        return {
            (row["_year"], row["_funder"], row["_state"]): {key: _typed(key, row[f"_sum_{key}"]) for key in keys}
            for row in rows
        }

    return cached("rollup_lines", rows, compute=made)


def _over(each: str, columns: list[str], masks: list[str], sums: list[str]) -> str:
    """The statement that adds `each` up: whole, by each column, and by all masks together."""
    sets = ["()", *(f'("{name}")' for name in columns), *([_listed(masks)] if masks else [])]
    asked = [
        f"GROUPING{_listed([*columns, *masks])}" if columns or masks else "0",
        *(f'"{name}"' for name in [*columns, *masks]),
        'count(*) FILTER (WHERE "_sum_lines" > 0)',
        *(f'sum("_sum_{key}")' for key in sums),
    ]
    # Every name in it is written above or in `definitions`; what people type stays a parameter of `each`.
    return f"SELECT {', '.join(asked)} FROM ({each}) AS each GROUP BY GROUPING SETS ({', '.join(sets)})"  # noqa: S608


def _listed(names: list[str]) -> str:
    return "(" + ", ".join(f'"{name}"' for name in names) + ")"


def _read(
    found: list[tuple[Any, ...]],
    keys: Sequence[str],
    sums: list[str],
    dimensions: Sequence[str],
    groups: list[list[int]],
) -> Rollup:
    """GROUPING has a bit for each column that a row is not grouped by, the first column's the highest."""
    width = len(dimensions) + len(groups)
    every = 2**width - 1
    by = {every ^ (1 << (width - 1 - place)): name for place, name in enumerate(dimensions)}
    answer = Rollup({}, {name: [] for name in dimensions}, {})
    for grouping, *rest in found:
        values, (backed, *added) = rest[:width], rest[width:]
        named = {COUNTED: backed} | {key: _typed(key, value) for key, value in zip(sums, added, strict=True)}
        wanted = {key: named[key] for key in keys}
        if grouping == every:
            answer.values.update(wanted)
        elif grouping in by:
            name = by[grouping]
            answer.rows[name].append(Row(values[dimensions.index(name)], wanted))
        if groups and grouping == every ^ (2 ** len(groups) - 1):
            answer.together[_named(values[len(dimensions) :], groups)] = wanted
    for rows in answer.rows.values():
        rows.sort(key=lambda row: (row.value is None, row.value if row.value is not None else 0))
    return answer


def _typed(key: str, value: Any) -> Any:
    """A sum of nothing is 0; a count is whole."""
    figure = FIGURES[key]
    return exact(value or figure.nothing) if figure.is_money else int(value or 0)


def _named(masks: list[int | None], groups: list[list[int]]) -> tuple[int, ...]:
    return tuple(
        key
        for mask, known in zip(masks, groups, strict=True)
        for place, key in enumerate(known)
        if (mask or 0) >> place & 1
    )
