"""Every figure of the portal about money, defined once: used by pages, exports, PDF and frozen figures alike.

    lines = FundingLine.objects.amounts_seen_by(sight).of(initiatives)
    compute(lines)["agreed"]                      # one query for all figures
    breakdown(lines, "region")                    # rows that add up to `compute(lines)`
    by_year(lines, "paid", fiscal_month=1)        # by the figure's own date

A figure is a sum or a count over funding lines, computed by the database without a join that could double a
row. `definition(key)` gives label, unit, definition, date basis and source in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    Aggregate,
    Avg,
    Case,
    CharField,
    Count,
    DecimalField,
    Expression,
    F,
    FloatField,
    Func,
    IntegerField,
    Max,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from funding.enums import CONTRACT_STATES, GRANTED_STATES, OPEN_STATES, LineState, PaymentKind
from funding.querysets import FundingLineQuerySet, InitiativeQuerySet

Text = str | Promise
Values = dict[str, Decimal | int | None]
EUROS, COUNT, RATIO = "euros", "count", "ratio"
ZERO = Decimal(0)
_MONEY = DecimalField(max_digits=16, decimal_places=2)

_TOTAL = F("amount_agreed") + F("amount_amended")
_GRANTED = Q(state__in=GRANTED_STATES)
_CONTRACTED = Q(state__in=CONTRACT_STATES)
_OPEN = Q(state__in=OPEN_STATES)


@dataclass(frozen=True)
class Figure:
    """`aggregate` is over funding lines; `date` is the field by whose year it is dated, "" where it has none."""

    key: str
    label: Text
    unit: str
    definition: Text
    basis: Text  # what its year means, in words
    source: Text
    aggregate: Expression
    date: str = ""

    @property
    def is_money(self) -> bool:
        return self.unit == EUROS


def _sum(amount: Any, rows: Q) -> Expression:
    return Coalesce(Sum(amount, filter=rows, output_field=_MONEY), Value(ZERO, _MONEY))


class Median(Aggregate):
    """The middle of the amounts; between two middle ones, half way."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()
    allow_distinct = False


_LINES = _("funding lines as their funders keep them")
_DECISION = _("date of the decision")
_SIGNATURE = _("date of signature of the contract")
_PAYMENT = _("date of each payment")
_REQUEST = _("date of the request")
_TODAY = _("the day on which it is read")

_DEFINED = [
    Figure(
        "requested",
        # Translators: Demandé
        _("Requested"),
        EUROS,
        # Translators: Somme des montants demandés, quelle que soit la suite donnée ; les brouillons ne comptent pas.
        _("Sum of the amounts requested, whatever became of them; drafts do not count."),
        _REQUEST,
        _LINES,
        _sum("amount_requested", ~Q(state=LineState.DRAFT)),
        "requested_on",
    ),
    Figure(
        "agreed",
        # Translators: Accordé
        _("Agreed"),
        EUROS,
        # Translators: Somme des montants accordés, avenants compris, des financements accordés, conventionnés ou soldés. Un financement annulé ne compte pas ; un avenant compte avec la décision d’origine.
        _(
            "Sum of the amounts agreed, amendments included, of fundings that are agreed, under contract or settled."
            " A cancelled funding does not count; an amendment counts with the original decision."
        ),
        _DECISION,
        _LINES,
        _sum(_TOTAL, _GRANTED),
        "decided_on",
    ),
    Figure(
        "contracted",
        # Translators: Conventionné
        _("Under contract"),
        EUROS,
        # Translators: Part de l’accordé dont la convention est signée, avenants compris.
        _("The part of what was agreed whose contract is signed, amendments included."),
        _SIGNATURE,
        _LINES,
        _sum(_TOTAL, _CONTRACTED),
        "signed_on",
    ),
    Figure(
        "paid",
        # Translators: Versé
        _("Paid"),
        EUROS,
        # Translators: Somme des versements des financements accordés, conventionnés ou soldés, avant tout reversement.
        _("Sum of the payments of fundings that are agreed, under contract or settled, before any repayment."),
        _PAYMENT,
        _LINES,
        _sum("amount_paid", _GRANTED),
        "payments",
    ),
    Figure(
        "returned",
        # Translators: Reversé
        _("Paid back"),
        EUROS,
        # Translators: Somme des reversements faits par les structures porteuses sur ces mêmes financements.
        _("Sum of what bearers paid back of the same fundings."),
        _PAYMENT,
        _LINES,
        _sum("amount_returned", _GRANTED),
        "returns",
    ),
    Figure(
        "remaining",
        # Translators: Reste à verser
        _("Still to be paid"),
        EUROS,
        # Translators: Accordé moins versé, pour les financements accordés ou conventionnés ; un financement soldé n’a plus de reste.
        _("Agreed less paid, for fundings that are agreed or under contract; nothing remains of a settled one."),
        _TODAY,
        _LINES,
        _sum(_TOTAL - F("amount_paid"), _OPEN),
    ),
    Figure(
        "released",
        # Translators: Non versé au solde
        _("Not paid at settlement"),
        EUROS,
        # Translators: Accordé moins versé, pour les financements soldés. Accordé = versé + reste à verser + non versé au solde.
        _("Agreed less paid, for settled fundings. Agreed = paid + still to be paid + not paid at settlement."),
        _TODAY,
        _LINES,
        _sum(_TOTAL - F("amount_paid"), Q(state=LineState.SETTLED)),
    ),
    Figure(
        "lines",
        # Translators: Financements
        _("Fundings"),
        COUNT,
        # Translators: Nombre de financements accordés, conventionnés ou soldés.
        _("Number of fundings that are agreed, under contract or settled."),
        _DECISION,
        _LINES,
        Count("pk", filter=_GRANTED),
        "decided_on",
    ),
    Figure(
        "backed",
        # Translators: Initiatives financées
        _("Initiatives funded"),
        COUNT,
        # Translators: Nombre d’initiatives qui ont au moins un de ces financements ; chacune compte une fois, même à plusieurs financeurs.
        _("Number of initiatives with at least one such funding; each counts once, also with several funders."),
        _DECISION,
        _LINES,
        Count("initiative", filter=_GRANTED, distinct=True),
        "decided_on",
    ),
    Figure(
        "funders",
        # Translators: Financeurs
        _("Funders"),
        COUNT,
        # Translators: Nombre d’organisations qui ont au moins un de ces financements.
        _("Number of organisations that gave at least one such funding."),
        _DECISION,
        _LINES,
        Count("funder", filter=_GRANTED, distinct=True),
        "decided_on",
    ),
    Figure(
        "mean",
        # Translators: Moyenne
        _("Mean"),
        EUROS,
        # Translators: Accordé divisé par le nombre de financements.
        _("Agreed divided by the number of fundings."),
        _DECISION,
        _LINES,
        Avg(_TOTAL, filter=_GRANTED, output_field=_MONEY),
    ),
    Figure(
        "median",
        # Translators: Médiane
        _("Median"),
        EUROS,
        # Translators: La moitié des financements est au-dessous de ce montant, l’autre au-dessus.
        _("Half of the fundings lie below this amount, half above."),
        _DECISION,
        _LINES,
        Median(Cast(_TOTAL, FloatField()), filter=_GRANTED),
    ),
    Figure(
        "largest",
        # Translators: Le plus élevé
        _("Largest"),
        EUROS,
        # Translators: Le plus grand montant accordé, avenants compris.
        _("The largest amount agreed, amendments included."),
        _DECISION,
        _LINES,
        Max(_TOTAL, filter=_GRANTED, output_field=_MONEY),
    ),
]
FIGURES: dict[str, Figure] = {figure.key: figure for figure in _DEFINED}
SUMS = ("requested", "agreed", "contracted", "paid", "returned", "remaining", "released", "lines")  # add up everywhere
SPREAD = ("lines", "agreed", "mean", "median", "largest")

# Figures that are not one aggregate over lines; the same facts for the page of definitions.
INITIATIVES = Figure(
    "initiatives",
    # Translators: Initiatives
    _("Initiatives"),
    COUNT,
    # Translators: Nombre d’initiatives de la liste, financées ou non ; chacune compte une fois.
    _("Number of initiatives of the list, funded or not; each counts once."),
    _TODAY,
    _("initiatives as their keepers enter them"),
    Count("pk"),
)
LEVERAGE = Figure(
    "leverage",
    # Translators: Effet de levier
    _("Leverage"),
    RATIO,
    # Translators: Euros accordés par les autres financeurs pour un euro de ce financeur, sur les initiatives qu’il finance. Seuls comptent les montants communiqués.
    _(
        "Euros agreed by other funders for one euro of this funder, on the initiatives it funds."
        " Only amounts that are shared count."
    ),
    _DECISION,
    _LINES,
    Count("pk"),
)
DEFINITIONS: dict[str, Figure] = {**FIGURES, INITIATIVES.key: INITIATIVES, LEVERAGE.key: LEVERAGE}


def definition(key: str) -> Figure:
    return DEFINITIONS[key]


def compute(lines: FundingLineQuerySet, keys: Iterable[str] = FIGURES) -> Values:
    """The figures `keys` over `lines`, in one query. Sums of nothing are 0; mean, median, largest are then None."""
    found = lines.order_by().aggregate(**{f"_{key}": FIGURES[key].aggregate for key in keys})
    return {key.removeprefix("_"): _exact(value) for key, value in found.items()}


def _exact(value: Any) -> Decimal | int | None:
    """Cents, not floating-point noise (the median and the mean come with more digits)."""
    return Decimal(str(value)).quantize(Decimal("0.01")) if isinstance(value, float | Decimal) else value


# --- the same by a dimension: each line in exactly one row ------------------------------------------------------------


@dataclass(frozen=True)
class Dimension:
    """`path` from a funding line to a column with one value a line, so that rows add up to the whole."""

    key: str
    label: Text
    path: str


DIMENSIONS: dict[str, Dimension] = {
    dimension.key: dimension
    for dimension in (
        # Translators: Région
        Dimension("region", _("Region"), "initiative__region_group"),
        # Translators: ODD principal
        Dimension("sdg", _("Main SDG"), "initiative__main_sdg"),
        # Translators: Stade
        Dimension("stage", _("Stage"), "initiative__stage"),
        Dimension("programme", _("Programme"), "initiative__programme"),
        # Translators: Financeur
        Dimension("funder", _("Funder"), "funder"),
        # Translators: Nature
        Dimension("kind", pgettext_lazy("of a funding", "Kind"), "kind"),
        # Translators: État
        Dimension("state", pgettext_lazy("of a funding", "State"), "state"),
    )
}


@dataclass(frozen=True)
class Row:
    value: Any  # a code, a number, a key, or None
    figures: Values


def breakdown(lines: FundingLineQuerySet, dimension: str, keys: Iterable[str] = SUMS) -> list[Row]:
    """One row for each value of `dimension`, in the order of the values; the sums add up to `compute(lines)`.

    A region has a row of its own for initiatives that name no other; those with several are in the row "several"
    (`funding.models.initiative.SEVERAL`). An initiative counts for its main goal, the first it names.
    """
    keys = list(keys)
    path = DIMENSIONS[dimension].path
    rows = lines.order_by().values(_value=F(path)).annotate(**{f"_{key}": FIGURES[key].aggregate for key in keys})
    return [Row(row["_value"], {key: _exact(row[f"_{key}"]) for key in keys}) for row in rows.order_by("_value")]


def count_by(initiatives: InitiativeQuerySet, column: str) -> dict[Any, int]:
    """Initiatives by one column (`region_group`, `main_sdg`, `stage`, `programme`); adds up to their number."""
    rows = initiatives.order_by().values(_value=F(column)).annotate(_number=Count("pk")).order_by("_value")
    return {row["_value"]: row["_number"] for row in rows}


def count_touching(initiatives: InitiativeQuerySet) -> dict[str, int]:
    """Region code → initiatives that act there, also among others. Does not add up, and must say so where shown."""
    rows = initiatives.order_by().annotate(_code=Func("regions", function="unnest", output_field=CharField()))
    found: dict[str, int] = {}
    for row in rows.values("_code").annotate(_number=Count("pk")).order_by("_code"):
        found[row["_code"]] = row["_number"]
    return found


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


def by_year(lines: FundingLineQuerySet, key: str, *, fiscal_month: int = 1) -> dict[int | None, Decimal | int]:
    """Year → figure by its own date basis; None holds what has no date, so that all adds up to `compute(lines)`.

    Payments are dated one by one. Raises ValueError for a figure that has no date, such as what is still to be paid.
    """
    figure = FIGURES[key]
    if figure.date in ("payments", "returns"):
        return _payments_by_year(lines, figure, fiscal_month)
    if not figure.date:
        raise ValueError(f"{key} is of the day on which it is read.")
    rows = lines.order_by().values(_year=FiscalYear(figure.date, month=fiscal_month)).annotate(_it=figure.aggregate)
    return {row["_year"]: _exact(row["_it"]) for row in rows.order_by("_year") if row["_it"]}


def _payments_by_year(lines: FundingLineQuerySet, figure: Figure, month: int) -> dict[int | None, Decimal | int]:
    from funding.models import Payment

    kind = PaymentKind.PAYMENT if figure.date == "payments" else PaymentKind.RETURN
    payments = Payment.objects.filter(line__in=lines.order_by().granted().values("pk"), kind=kind)
    rows = payments.order_by().values(_year=FiscalYear("paid_on", month=month)).annotate(_it=Sum("amount"))
    return {row["_year"]: _exact(row["_it"]) for row in rows.order_by("_year")}


# --- what needs more than one aggregate -------------------------------------------------------------------------------


def leverage(lines: FundingLineQuerySet, funder: Any) -> Decimal | None:
    """Euros of others for one euro of `funder`, on the initiatives of `lines` that it funds; None without any.

    `lines` are the lines of all funders whose amounts the reader may see.
    """
    backed = lines.order_by().granted().filter(funder=funder).values("initiative")
    sums = (
        lines.order_by()
        .granted()
        .filter(initiative__in=backed)
        .values(_own=Case(When(funder=funder, then=Value(1)), default=Value(0)))
        .annotate(_it=Sum(_TOTAL, output_field=_MONEY))
    )
    found = {row["_own"]: row["_it"] for row in sums}
    if not found.get(1):
        return None
    return (found.get(0, ZERO) / found[1]).quantize(Decimal("0.01"))


def untold(seen: FundingLineQuerySet, told: FundingLineQuerySet) -> int:
    """How many granted lines of `seen` are not in `told`: their amounts are not shared with the reader."""
    return seen.granted().count() - told.granted().count()
