"""The days of a funding and of all that hangs on it, in their order; what one row can say alone is a constraint.

Only what the row just written takes part in is told, so that an old slip elsewhere blocks nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from core.transitions import Text
from funding.enums import PaymentKind
from funding.models import FundingLine

Place = tuple[Model, str]  # a row and its field

IN_FUTURE = _("This date lies in the future.")
AMENDED_BEFORE_SIGNED = _("An amendment does not come before the contract.")
CLOSED_BEFORE_AMENDED = _("A funding is not closed before its last amendment.")
EXPIRES_BEFORE_SIGNED = _("The new expiry does not come before the signature of the contract.")
DUE_BEFORE_DECISION = _("An instalment does not come before the decision.")
CALLED_BEFORE_DECISION = _("An instalment is not called before the decision.")
PAID_BEFORE_DECISION = _("A payment does not come before the decision.")
CLOSED_BEFORE_PAID = _("A funding is not closed before its last payment.")
BACK_BEFORE_PAID = _("Money is not paid back before it was paid.")
REPORT_BEFORE_DECISION = _("A report does not come before the decision.")


def in_order(line: FundingLine, written: Model) -> None:
    """Raises `ValidationError` at each field of `written` that contradicts a day of the line or of its rows."""
    wrong: dict[str, Text] = {}
    for (earlier, first), (later, then), text in _orders(line):
        before, after = getattr(earlier, first), getattr(later, then)
        if before is None or after is None or before <= after:
            continue
        for row, name in ((earlier, first), (later, then)):
            if row == written:
                wrong.setdefault(name, text)
    if wrong:
        raise ValidationError(wrong)


def _orders(line: FundingLine) -> Iterator[tuple[Place, Place, Text]]:
    """(earlier, later, what is said where it is the other way round) of all pairs that have an order."""
    decided: Place = (line, "decided_on")
    for amendment in line.amendments.all():
        yield (line, "signed_on"), (amendment, "signed_on"), AMENDED_BEFORE_SIGNED
        yield (line, "signed_on"), (amendment, "expires_on"), EXPIRES_BEFORE_SIGNED
        yield (amendment, "signed_on"), (line, "closed_on"), CLOSED_BEFORE_AMENDED
    for instalment in line.instalments.all():
        yield decided, (instalment, "due_on"), DUE_BEFORE_DECISION
        yield decided, (instalment, "called_on"), CALLED_BEFORE_DECISION
    payments = list(line.payments.all())
    paid = [row for row in payments if row.kind == PaymentKind.PAYMENT]
    for payment in paid:
        yield decided, (payment, "paid_on"), PAID_BEFORE_DECISION
        yield (payment, "paid_on"), (line, "closed_on"), CLOSED_BEFORE_PAID
    if paid:
        first = min(paid, key=lambda row: (row.paid_on, row.pk))
        for back in payments:
            if back.kind == PaymentKind.RETURN:
                yield (first, "paid_on"), (back, "paid_on"), BACK_BEFORE_PAID
    for report in line.reports.all():
        yield decided, (report, "due_on"), REPORT_BEFORE_DECISION
        yield decided, (report, "received_on"), REPORT_BEFORE_DECISION


def not_after(day: dt.date, **dates: dt.date | None) -> None:
    """Raises `ValidationError` beside each date that lies after `day`."""
    late: dict[str, Any] = {name: IN_FUTURE for name, date in dates.items() if date and date > day}
    if late:
        raise ValidationError(late)
