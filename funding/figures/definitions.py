"""What each figure is: label, unit, definition, date basis, source, and its aggregate over funding lines.

Read through `funding.figures.compute`, which computes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    Aggregate,
    Avg,
    Count,
    DecimalField,
    Expression,
    F,
    FloatField,
    Max,
    Q,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from funding.enums import CONTRACT_STATES, GRANTED_STATES, OPEN_STATES, LineState

Text = str | Promise
EUROS, COUNT, RATIO = "euros", "count", "ratio"
ZERO = Decimal(0)
MONEY = DecimalField(max_digits=16, decimal_places=2)

TOTAL = F("amount_agreed") + F("amount_amended")
_GRANTED = Q(state__in=GRANTED_STATES)
_CONTRACTED = Q(state__in=CONTRACT_STATES, signed_on__isnull=False)  # a small grant is settled without one
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

    @property
    def nothing(self) -> Decimal | int:
        """What the figure is over no line at all."""
        return ZERO if self.is_money else 0


def _sum(amount: Any, rows: Q) -> Expression:
    return Coalesce(Sum(amount, filter=rows, output_field=MONEY), Value(ZERO, MONEY))


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
        _("Requested"),
        EUROS,
        _("Sum of the amounts requested, whatever became of them; drafts do not count."),
        _REQUEST,
        _LINES,
        _sum("amount_requested", ~Q(state=LineState.DRAFT)),
        "requested_on",
    ),
    Figure(
        "agreed",
        _("Agreed"),
        EUROS,
        _(
            "Sum of the amounts agreed, amendments included, of fundings that are agreed, under contract or settled."
            " A cancelled funding does not count; an amendment counts with the original decision."
        ),
        _DECISION,
        _LINES,
        _sum(TOTAL, _GRANTED),
        "decided_on",
    ),
    Figure(
        "contracted",
        _("Under contract"),
        EUROS,
        _("The part of what was agreed whose contract is signed, amendments included."),
        _SIGNATURE,
        _LINES,
        _sum(TOTAL, _CONTRACTED),
        "signed_on",
    ),
    Figure(
        "paid",
        _("Paid"),
        EUROS,
        _("Sum of the payments of fundings that are agreed, under contract or settled, before any repayment."),
        _PAYMENT,
        _LINES,
        _sum("amount_paid", _GRANTED),
        "payments",
    ),
    Figure(
        "returned",
        _("Paid back"),
        EUROS,
        _("Sum of what bearers paid back of the same fundings."),
        _PAYMENT,
        _LINES,
        _sum("amount_returned", _GRANTED),
        "returns",
    ),
    Figure(
        "remaining",
        _("Still to be paid"),
        EUROS,
        _("Agreed less paid, for fundings that are agreed or under contract; nothing remains of a settled one."),
        _TODAY,
        _LINES,
        _sum(TOTAL - F("amount_paid"), _OPEN),
    ),
    Figure(
        "released",
        _("Not paid at settlement"),
        EUROS,
        _("Agreed less paid, for settled fundings. Agreed = paid + still to be paid + not paid at settlement."),
        _TODAY,
        _LINES,
        _sum(TOTAL - F("amount_paid"), Q(state=LineState.SETTLED)),
    ),
    Figure(
        "lines",
        _("Fundings"),
        COUNT,
        _("Number of fundings that are agreed, under contract or settled."),
        _DECISION,
        _LINES,
        Count("pk", filter=_GRANTED),
        "decided_on",
    ),
    Figure(
        "backed",
        _("Initiatives funded"),
        COUNT,
        _("Number of initiatives with at least one such funding; each counts once, also with several funders."),
        _DECISION,
        _LINES,
        Count("initiative", filter=_GRANTED, distinct=True),
        "decided_on",
    ),
    Figure(
        "funders",
        _("Funders"),
        COUNT,
        _("Number of organisations that gave at least one such funding."),
        _DECISION,
        _LINES,
        Count("funder", filter=_GRANTED, distinct=True),
        "decided_on",
    ),
    Figure(
        "mean",
        _("Mean"),
        EUROS,
        _("Agreed divided by the number of fundings."),
        _DECISION,
        _LINES,
        Avg(TOTAL, filter=_GRANTED, output_field=MONEY),
    ),
    Figure(
        "median",
        _("Median"),
        EUROS,
        _("Half of the fundings lie below this amount, half above."),
        _DECISION,
        _LINES,
        Median(Cast(TOTAL, FloatField()), filter=_GRANTED),
    ),
    Figure(
        "largest",
        _("Largest"),
        EUROS,
        _("The largest amount agreed, amendments included."),
        _DECISION,
        _LINES,
        Max(TOTAL, filter=_GRANTED, output_field=MONEY),
    ),
]
FIGURES: dict[str, Figure] = {figure.key: figure for figure in _DEFINED}
SUMS = ("requested", "agreed", "contracted", "paid", "returned", "remaining", "released", "lines")  # add up everywhere
COUNTED = "backed"  # adds up over initiatives: each is funded, or not
SPREAD = ("lines", "agreed", "mean", "median", "largest")

# Figures that are not one aggregate over lines; the same facts for the page of definitions.
INITIATIVES = Figure(
    "initiatives",
    _("Initiatives"),
    COUNT,
    _("Number of initiatives of the list, funded or not; each counts once."),
    _TODAY,
    _("initiatives as their keepers enter them"),
    Count("pk"),
)
LEVERAGE = Figure(
    "leverage",
    _("Leverage"),
    RATIO,
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
