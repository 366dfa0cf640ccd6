"""Who funds together with whom: initiatives shared by two funders, each initiative once a cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from django.contrib.postgres.aggregates import ArrayAgg

from funding.dashboard.territories import step
from funding.kept import kept
from funding.querysets import FundingLineQuerySet
from members.models import Organisation

MOST_FUNDERS = 8


@dataclass(frozen=True)
class Cell:
    number: int
    css: str
    own: bool
    other: Organisation


@dataclass(frozen=True)
class MatrixRow:
    funder: Organisation
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    funders: list[Organisation]
    rows: list[MatrixRow]
    hidden: int  # funders beyond the largest `MOST_FUNDERS`


def build(lines: FundingLineQuerySet) -> Matrix:
    """The funders with most initiatives, two by two, in two queries; the diagonal holds each one's own number."""
    totals: Counter[int] = Counter()
    together: Counter[tuple[int, int]] = Counter()
    groups = lines.order_by().values("initiative").annotate(givers=ArrayAgg("funder", distinct=True))
    alike = kept("matrix", groups, compute=lambda: Counter(map(tuple, groups.values_list("givers", flat=True))))
    for givers, number in alike.items():
        totals.update(dict.fromkeys(givers, number))
        together.update(dict.fromkeys(combinations(sorted(givers), 2), number))
    chosen = sorted(totals, key=lambda pk: (-totals[pk], pk))[:MOST_FUNDERS]
    known = Organisation.objects.in_bulk(chosen)
    funders = [known[pk] for pk in chosen]
    rows = [
        MatrixRow(
            row,
            [
                Cell(totals[row.pk], "own", own=True, other=row)
                if row.pk == column.pk
                else _shared(together[min(row.pk, column.pk), max(row.pk, column.pk)], column)
                for column in funders
            ],
        )
        for row in funders
    ]
    return Matrix(funders, rows, max(len(totals) - MOST_FUNDERS, 0))


def _shared(number: int, column: Organisation) -> Cell:
    return Cell(number, step(number) if number else "", own=False, other=column)
