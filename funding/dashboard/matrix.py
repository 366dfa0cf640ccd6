"""Who funds together with whom: initiatives shared by two funders, each initiative once a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

from core.charts.region_map import step
from funding.figures.compute import Values
from members.models import Organisation

MOST_FUNDERS = 8
Address = Callable[..., str]


@dataclass(frozen=True)
class Cell:
    number: int
    css: str
    own: bool
    other: Organisation
    url: str  # the fundings of these initiatives


@dataclass(frozen=True)
class MatrixRow:
    funder: Organisation
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    funders: list[Organisation]
    rows: list[MatrixRow]
    hidden: int  # funders beyond the largest `MOST_FUNDERS`


def build(together: Mapping[tuple[int, ...], Values], funders: Mapping[int, Organisation], listing: Address) -> Matrix:
    """The funders with most initiatives, two by two; the diagonal holds each one's own number.

    `together`: the figures by which funders give together (`funding.figures.rollup`).
    """
    totals: Counter[int] = Counter()
    pairs: Counter[tuple[int, int]] = Counter()
    for givers, values in together.items():
        number = values["backed"]
        totals.update(dict.fromkeys(givers, number))
        pairs.update(dict.fromkeys(combinations(sorted(givers), 2), number))
    chosen = sorted(totals, key=lambda pk: (-totals[pk], pk))[:MOST_FUNDERS]
    shown = [funders[pk] for pk in chosen]

    def cell(row: Organisation, column: Organisation) -> Cell:
        if row.pk == column.pk:
            return Cell(totals[row.pk], "own", True, row, listing(avec=row.slug))
        number = pairs[min(row.pk, column.pk), max(row.pk, column.pk)]
        return Cell(number, step(number) if number else "", False, column, listing(avec=[row.slug, column.slug]))

    rows = [MatrixRow(row, [cell(row, column) for column in shown]) for row in shown]
    return Matrix(shown, rows, max(len(totals) - MOST_FUNDERS, 0))
