"""What hangs on a funding: amendments, instalments and their calls, payments, financial reports.

Whoever writes one holds the funding first, and the initiative before it: one order for all (`services.lines.locked`).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy as _

from core.db.periods import today
from core.transitions import MoveRefused
from funding.enums import OPEN_STATES, LineState, PaymentKind
from funding.grants.dates import in_order, not_after
from funding.grants.services import locked
from funding.models import Amendment, FinancialReport, FundingLine, Instalment, Payment

if TYPE_CHECKING:
    from core.accounts.models import User

NOT_CONTRACTED = _("An amendment needs a contract that is signed and not settled.")
NOT_OPEN = _("Nothing can be paid: the funding is neither agreed nor under contract.")
SAME_PAYMENT = _("There is an identical payment already. Tick here to add this one all the same.")


@transaction.atomic
def amend(*, line: FundingLine, amendment: Amendment, by: User, now: dt.datetime) -> Amendment:
    """Adds or changes an avenant. Raises `ValidationError` where less would remain agreed than was paid already."""
    line = locked(line, by)
    if line.state != LineState.CONTRACTED:
        raise MoveRefused([NOT_CONTRACTED])
    amendment.line = line
    before = stored.change if (stored := line.amendments.filter(pk=amendment.pk).first()) else Decimal(0)
    if amendment.pk is None:
        amendment.number = _next(line.amendments)
    not_after(today(now), signed_on=amendment.signed_on)
    if line.total - before + amendment.change < max(line.amount_paid, Decimal("0.01")):
        raise ValidationError({"change": _("The amount would become less than what is paid already.")})
    return _write(amendment, line)


@transaction.atomic
def plan(*, line: FundingLine, instalment: Instalment, by: User, now: dt.datetime) -> Instalment:
    """Adds or changes an instalment of the échéancier. Raises `ValidationError` where they exceed what was agreed."""
    line = locked(line, by)
    if line.state not in OPEN_STATES:
        raise MoveRefused([NOT_OPEN])
    instalment.line = line
    not_after(today(now), called_on=instalment.called_on)
    if instalment.pk is None:
        instalment.number = _next(line.instalments)
    others = sum((other.amount for other in line.instalments.exclude(pk=instalment.pk)), Decimal(0))
    if instalment.amount is not None and others + instalment.amount > line.total:
        raise ValidationError({"amount": _("The instalments would exceed the amount agreed.")})
    return _write(instalment, line)


@transaction.atomic
def call(*, instalment: Instalment, called_on: dt.date, reference: str, by: User, now: dt.datetime) -> Instalment:
    """Records the bearer's call for an instalment (appel de fonds)."""
    line = locked(instalment.line, by)
    if line.state not in OPEN_STATES:
        raise MoveRefused([NOT_OPEN])
    not_after(today(now), called_on=called_on)
    instalment = Instalment.objects.select_for_update().get(pk=instalment.pk)
    instalment.called_on, instalment.call_reference = called_on, reference
    return _write(instalment, line)


@transaction.atomic
def pay(*, line: FundingLine, payment: Payment, by: User, now: dt.datetime, again: bool = False) -> Payment:
    """Records a payment or a repayment, or sets one right.

    A new one that is in every respect like one that stands is asked about first: `again` is the answer. Raises
    `ValidationError` in words; the database's own rules, kept by its triggers, hold even against a second payment
    at the same moment.
    """
    line = locked(line, by)
    payment.line = line
    not_after(today(now), paid_on=payment.paid_on)
    if payment.pk is None and not again and _stands_already(payment):
        raise ValidationError({"again": SAME_PAYMENT})
    if payment.kind == PaymentKind.PAYMENT:
        if payment.pk is None and line.state not in OPEN_STATES:
            raise MoveRefused([NOT_OPEN])
        others = line.payments.exclude(pk=payment.pk).filter(kind=PaymentKind.PAYMENT)
        if payment.amount is not None and _sum(others) + payment.amount > (line.total or 0):
            raise ValidationError({"amount": _("More would be paid than was agreed, amendments included.")})
        due = payment.instalment
        if due and payment.amount is not None and _sum(others.filter(instalment=due)) + payment.amount > due.amount:
            raise ValidationError({"amount": _("More would be paid than this instalment.")})
    else:
        others = line.payments.exclude(pk=payment.pk).filter(kind=PaymentKind.RETURN)
        if payment.amount is not None and _sum(others) + payment.amount > line.amount_paid:
            raise ValidationError({"amount": _("No more can be paid back than was paid.")})
    return _write(payment, line)


@transaction.atomic
def expect_report(*, line: FundingLine, report: FinancialReport, by: User, now: dt.datetime) -> FinancialReport:
    """Says by when a financial report is due, or sets right what was said."""
    report.line = locked(line, by)
    not_after(today(now), received_on=report.received_on)
    return _write(report, report.line)


@transaction.atomic
def receive_report(*, report: FinancialReport, received_on: dt.date, by: User, now: dt.datetime) -> FinancialReport:
    """Records that a report has come."""
    line = locked(report.line, by)
    not_after(today(now), received_on=received_on)
    report = FinancialReport.objects.select_for_update().get(pk=report.pk)
    report.received_on = received_on
    return _write(report, line)


@transaction.atomic
def withdraw(*, part: Amendment | Instalment | Payment | FinancialReport, by: User, now: dt.datetime) -> None:
    """Takes away what was entered by mistake, as long as it may be changed; the audit trail keeps it.

    Raises `MoveRefused`, and `ValidationError` where others rest on it.
    """
    line = locked(part.line, by)
    if isinstance(part, Instalment):
        if line.state not in OPEN_STATES:
            raise MoveRefused([NOT_OPEN])
        if part.payments.exists():
            raise ValidationError(_("A payment belongs to this instalment: take that away first."))
    if isinstance(part, Amendment):
        if line.state != LineState.CONTRACTED:
            raise MoveRefused([NOT_CONTRACTED])
        if line.total - part.change < _sum(line.instalments):
            raise ValidationError(_("Without this amendment the instalments would exceed the amount agreed."))
    try:
        with transaction.atomic():
            part.delete()
    except IntegrityError as error:
        text = _("Without it the amounts agreed, paid and paid back would contradict each other.")
        raise ValidationError(text) from error


def _stands_already(payment: Payment) -> bool:
    """Whether the line has a payment of the same kind, day, amount and reference."""
    same = Payment.objects.filter(line=payment.line, kind=payment.kind, paid_on=payment.paid_on, amount=payment.amount)
    return same.filter(reference=payment.reference).exists()


def _write(row: Any, line: FundingLine) -> Any:
    """Saves `row` of `line`, which is held; days that contradict each other are told at their field."""
    row.full_clean()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ValidationError(_("The amounts paid would exceed what was agreed.")) from error
    in_order(line, row)
    return row


def _sum(rows: models.QuerySet | models.Manager) -> Decimal:
    return rows.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def _next(rows: models.Manager) -> int:
    return (rows.aggregate(highest=Max("number"))["highest"] or 0) + 1
