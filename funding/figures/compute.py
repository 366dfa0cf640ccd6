"""Every figure of the portal about money, defined once: used by pages, exports, PDF and frozen figures alike.

    lines = FundingLine.objects.amounts_seen_by(visibility).of(initiatives)   # or FundingLineFact, where granted ones suffice
    compute(lines)["agreed"]                      # one query for all figures
    breakdown(lines, "region")                    # rows that add up to `compute(lines)`
    by_year(lines, "paid", fiscal_month=1)        # by the figure's own date

A figure is a sum or a count over funding lines, computed by the database without a join that could double a
row. `definition(key)` gives label, unit, definition, date basis and source in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, Count, F, Func, IntegerField, QuerySet, Sum, Value, When
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from funding.enums import PaymentKind
from funding.figures.cached import cached
from funding.figures.definitions import (
    COUNTED,
    DEFINITIONS,
    FIGURES,
    MONEY,
    SPREAD,
    SUMS,
    TOTAL,
    ZERO,
    Figure,
    Text,
    definition,
)
from funding.querysets import FundingLineFactQuerySet, FundingLineQuerySet, InitiativeQuerySet

if TYPE_CHECKING:
    from funding.visibility import Visibility

__all__ = [
    "COUNTED",
    "DEFINITIONS",
    "DIMENSIONS",
    "FIGURES",
    "SPREAD",
    "SUMS",
    "Dimension",
    "Figure",
    "Lines",
    "Row",
    "Values",
    "breakdown",
    "by_year",
    "compute",
    "count_by",
    "count_touching",
    "definition",
    "exact",
    "fiscal_label",
    "leverage",
    "ratio",
    "undisclosed",
]

Values = dict[str, Decimal | int | None]
Lines = FundingLineQuerySet | FundingLineFactQuerySet


def compute(lines: Lines, keys: Iterable[str] = FIGURES) -> Values:
    """The figures `keys` over `lines`, in one query. Sums of nothing are 0; mean, median, largest are then None."""
    keys = tuple(keys)

    def made() -> Values:
        found = lines.order_by().aggregate(**{f"_{key}": FIGURES[key].aggregate for key in keys})
        return {key.removeprefix("_"): exact(value) for key, value in found.items()}

    return cached("compute", lines, keys, compute=made)


def exact(value: Any) -> Decimal | int | None:
    """Cents, not floating-point noise (the median and the mean come with more digits)."""
    return Decimal(str(value)).quantize(Decimal("0.01")) if isinstance(value, float | Decimal) else value


# --- the same by a dimension: each line in exactly one row ------------------------------------------------------------


@dataclass(frozen=True)
class Dimension:
    """`path` from a funding line to a column with one value a line, so that rows add up to the whole."""

    key: str
    label: Text
    path: str

    def path_in(self, lines: Lines) -> str:
        return lines.model.path(self.path)


DIMENSIONS: dict[str, Dimension] = {
    dimension.key: dimension
    for dimension in (
        Dimension("region", _("Region"), "initiative__region_group"),
        Dimension("sdg", _("Main SDG"), "initiative__main_sdg"),
        Dimension("stage", _("Stage"), "initiative__stage"),
        Dimension("programme", _("Programme"), "initiative__programme"),
        Dimension("funder", _("Funder"), "funder"),
        Dimension("kind", pgettext_lazy("of a funding", "Kind"), "kind"),
        Dimension("state", pgettext_lazy("of a funding", "State"), "state"),
    )
}


@dataclass(frozen=True)
class Row:
    value: Any  # a code, a number, a key, or None
    figures: Values


def breakdown(lines: Lines, dimension: str, keys: Iterable[str] = SUMS) -> list[Row]:
    """One row for each value of `dimension`, in the order of the values; the sums add up to `compute(lines)`.

    A region has a row of its own for initiatives that name no other; those with several are in the row "several"
    (`funding.models.initiative.SEVERAL`). An initiative counts for its main goal, the first it names.
    """
    keys = tuple(keys)
    path = DIMENSIONS[dimension].path_in(lines)

    def made() -> list[Row]:
        rows = lines.order_by().values(_value=F(path)).annotate(**{f"_{key}": FIGURES[key].aggregate for key in keys})
        return [Row(row["_value"], {key: exact(row[f"_{key}"]) for key in keys}) for row in rows.order_by("_value")]

    return cached("breakdown", lines, dimension, keys, compute=made)


def count_by(initiatives: InitiativeQuerySet, column: str) -> dict[Any, int]:
    """Initiatives by one column (`region_group`, `main_sdg`, `stage`, `programme`); adds up to their number."""
    rows = initiatives.order_by().values(_value=F(column)).annotate(_number=Count("pk")).order_by("_value")
    return cached("count_by", rows, compute=lambda: {row["_value"]: row["_number"] for row in rows})


def count_touching(initiatives: InitiativeQuerySet) -> dict[str, int]:
    """Region code → initiatives that act there, also among others. Does not add up, and must say so where shown."""
    rows = initiatives.order_by().annotate(_code=Func("regions", function="unnest", output_field=CharField()))
    numbers = rows.values("_code").annotate(_number=Count("pk")).order_by("_code")
    return cached("count_touching", numbers, compute=lambda: {row["_code"]: row["_number"] for row in numbers})


# --- by year ----------------------------------------------------------------------------------------------------------


class FiscalYear(Func):
    """The year in which the financial year of a date begins, for years that begin with month `month`."""

    template = "EXTRACT(YEAR FROM %(expressions)s - make_interval(months => %(shift)s))::integer"
    output_field = IntegerField()

    def __init__(self, date: str, *, month: int = 1) -> None:
        super().__init__(F(date), shift=int(month) - 1)


def fiscal_label(year: int, month: int) -> str:
    """ "2024", or "2024-2025" for a financial year that does not begin in January."""
    return str(year) if month == 1 else f"{year}-{year + 1}"


def by_year(lines: Lines, key: str, *, fiscal_month: int = 1) -> dict[int | None, Decimal | int]:
    """Year → figure by its own date basis; None holds what has no date, so that all adds up to `compute(lines)`.

    Payments are dated one by one. Raises ValueError for a figure that has no date, such as what is still to be paid.
    """
    figure = FIGURES[key]
    if figure.date in ("payments", "returns"):
        return _payments_by_year(lines, figure, fiscal_month)
    if not figure.date:
        raise ValueError(f"{key} is of the day on which it is read.")
    year = (
        F("decided_year")
        if (figure.date, fiscal_month) == ("decided_on", 1)
        else FiscalYear(figure.date, month=fiscal_month)
    )
    rows = lines.order_by().values(_year=year).annotate(_it=figure.aggregate)
    rows = rows.order_by("_year")
    return cached("by_year", rows, compute=lambda: {row["_year"]: exact(row["_it"]) for row in rows if row["_it"]})


def _payments_by_year(lines: Lines, figure: Figure, month: int) -> dict[int | None, Decimal | int]:
    from funding.models import Payment

    kind = PaymentKind.PAYMENT if figure.date == "payments" else PaymentKind.RETURN
    payments = Payment.objects.filter(line__in=lines.order_by().granted().values("pk"), kind=kind)
    year = F("paid_year") if month == 1 else FiscalYear("paid_on", month=month)
    rows = payments.order_by().values(_year=year).annotate(_it=Sum("amount"))
    rows = rows.order_by("_year")
    return cached("payments_by_year", rows, compute=lambda: {row["_year"]: exact(row["_it"]) for row in rows})


# --- what needs more than one aggregate -------------------------------------------------------------------------------


def backed_by_others(lines: Lines, funder: Any) -> Lines:
    """The granted lines of others on the initiatives of `lines` that `funder` funds."""
    granted = lines.order_by().granted()
    return granted.filter(initiative__in=granted.filter(funder=funder).values("initiative")).exclude(funder=funder)


def leverage(lines: Lines, funder: Any) -> Decimal | None:
    """Euros of others for one euro of `funder`, on the initiatives of `lines` that it funds; None without any.

    `lines` are the lines of all funders whose amounts the reader may see.
    """
    backed = lines.order_by().granted().filter(funder=funder).values("initiative")
    sums = (
        lines.order_by()
        .granted()
        .filter(initiative__in=backed)
        .values(_own=Case(When(funder=funder, then=Value(1)), default=Value(0)))
        .annotate(_it=Sum(TOTAL, output_field=MONEY))
    )
    found = cached("leverage", sums, compute=lambda: {row["_own"]: row["_it"] for row in sums})
    return ratio(found.get(0, ZERO), found.get(1, ZERO))


def ratio(others: Decimal, own: Decimal) -> Decimal | None:
    """Euros of others for one own, to the cent; None where there is no own."""
    return (others / own).quantize(Decimal("0.01")) if own else None


def hidden(seen: Lines, visibility: Visibility) -> Lines:
    """The granted lines of `seen` whose amounts are not shared with the reader."""
    return seen.order_by().granted().exclude(visibility.amounts())


def undisclosed(seen: Lines, visibility: Visibility) -> int:
    """How many these are."""
    found = hidden(seen, visibility)
    return cached("count", found, compute=found.count)


def at_once(counted: Sequence[QuerySet], added: Lines | None = None) -> tuple[list[int], Decimal]:
    """How many rows each of `counted` has, and the euros of `added`, in one statement."""
    asked = [("count(*)", rows.order_by().values(_it=F("pk"))) for rows in counted]
    if added is not None:
        asked.append(('coalesce(sum("_it"), 0)', added.order_by().values(_it=TOTAL)))
    try:
        written = [(wanted, *rows.query.sql_with_params()) for wanted, rows in asked]
    except EmptyResultSet:  # nothing can be found by one of them; they are asked one by one
        return [rows.count() for rows in counted], compute(added, ("agreed",))["agreed"] if added is not None else ZERO

    def made() -> list[Any]:
        # Django wrote each statement; what people type stays a parameter
        parts = ", ".join(f"(SELECT {wanted} FROM ({statement}) AS rows)" for wanted, statement, _given in written)  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {parts}", [value for *_text, given in written for value in given])
            return list(cursor.fetchone())

    found = cached("at_once", asked[0][1], written, compute=made)
    numbers = [int(value) for value in found[: len(counted)]]
    return numbers, exact(found[len(counted)]) if added is not None else ZERO
