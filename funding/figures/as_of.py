"""The figures at the end of a day in the past, by the very definitions of `figure_definitions`.

A funding as it stood on a day follows from its dated facts: agreed from the day of its decision, under contract
from the signature, settled or cancelled from its closing; amendments count from their signature and payments
from the day they were made. What was corrected since is read as corrected: the past is what the records say of
it today, and only `funding.frozen` keeps what they said then.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, CharField, Expression, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from funding.enums import GRANTED_STATES, LineState, PaymentKind
from funding.figures import compute
from funding.figures.definitions import FIGURES, MONEY, ZERO
from funding.models import Amendment, Payment
from funding.querysets import FundingLineQuerySet

# Column of a line → the annotation that holds what it was on the day.
_COLUMNS = {
    "state": "state_then",
    "amount_amended": "amended_then",
    "amount_paid": "paid_then",
    "amount_returned": "returned_then",
}


def at(lines: FundingLineQuerySet, day: dt.date) -> FundingLineQuerySet:
    """`lines` with `state_then`, `amended_then`, `paid_then` and `returned_then`: what they were when `day` ended."""
    decided = Q(decided_on__lte=day, amount_agreed__isnull=False)
    return lines.annotate(
        state_then=Case(
            When(state__in=(LineState.SETTLED, LineState.CANCELLED), closed_on__lte=day, then=F("state")),
            When(decided & Q(state__in=(*GRANTED_STATES, LineState.CANCELLED), signed_on__lte=day), then=_CONTRACTED),
            When(decided & Q(state__in=(*GRANTED_STATES, LineState.CANCELLED)), then=Value(LineState.AGREED.value)),
            When(state=LineState.REFUSED, decided_on__lte=day, then=Value(LineState.REFUSED.value)),
            When(requested_on__lte=day, then=Value(LineState.REQUESTED.value)),
            default=Value(LineState.DRAFT.value),
            output_field=CharField(),
        ),
        amended_then=_sum(Amendment.objects.filter(signed_on__lte=day), "change"),
        paid_then=_sum(Payment.objects.filter(kind=PaymentKind.PAYMENT, paid_on__lte=day), "amount"),
        returned_then=_sum(Payment.objects.filter(kind=PaymentKind.RETURN, paid_on__lte=day), "amount"),
    )


_CONTRACTED = Value(LineState.CONTRACTED.value)


def _sum(rows: Any, amount: str) -> Expression:
    """The sum of `amount` over the rows of one line."""
    of_line = rows.filter(line=OuterRef("pk")).order_by().values("line").annotate(_sum=Sum(amount)).values("_sum")
    return Coalesce(Subquery(of_line), Value(ZERO, MONEY), output_field=MONEY)


def granted_at(lines: FundingLineQuerySet, day: dt.date) -> FundingLineQuerySet:
    """The lines that were agreed, under contract or settled when `day` ended."""
    return at(lines, day).filter(state_then__in=GRANTED_STATES)


def compute_at(lines: FundingLineQuerySet, keys: Iterable[str] = FIGURES) -> compute.Values:
    """The figures `keys` over `lines` (from `at`), in one query."""
    found = lines.order_by().aggregate(**{f"_{key}": _then(FIGURES[key].aggregate) for key in keys})
    return {key.removeprefix("_"): compute.exact(value) for key, value in found.items()}


def by_line(lines: FundingLineQuerySet, keys: Iterable[str], fields: Iterable[str]) -> list[dict[str, Any]]:
    """One dictionary for each of `lines` (from `at`): `fields`, and under "figures" its part of each of `keys`."""
    keys, fields = list(keys), list(fields)
    rows = lines.order_by("pk").values("pk", *fields)
    rows = rows.annotate(**{f"_{key}": _then(FIGURES[key].aggregate) for key in keys})
    return [
        {name: row[name] for name in fields} | {"figures": {key: compute.exact(row[f"_{key}"]) for key in keys}}
        for row in rows
    ]


def _then(expression: Any) -> Any:
    """`expression` with the columns that change in time replaced by what they were."""
    if isinstance(expression, F):
        return F(_COLUMNS.get(expression.name, expression.name))
    if isinstance(expression, Q):
        parts = [_then(part) if isinstance(part, Q) else (_renamed(part[0]), part[1]) for part in expression.children]
        return Q(*parts, _connector=expression.connector, _negated=expression.negated)
    if not hasattr(expression, "get_source_expressions"):
        return expression
    made = copy.copy(expression)
    made.set_source_expressions([part and _then(part) for part in expression.get_source_expressions()])
    return made


def _renamed(path: str) -> str:
    name, separator, lookup = path.partition("__")
    return _COLUMNS.get(name, name) + separator + lookup
