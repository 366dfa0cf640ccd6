"""The life of a funding: its moves, amendments, instalments, payments and reports."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.accounts import rights
from core.accounts.rights import PermissionRefused
from core.db.periods import today
from funding.backends import acting_funders
from funding.enums import OPEN_STATES, LineState, PaymentKind
from funding.models import Amendment, FinancialReport, FundingLine, Instalment, Payment
from funding.permissions import NOT_YOURS
from funding.services.errors import ChangedMeanwhile, MoveRefused

if TYPE_CHECKING:
    from core.accounts.models import User

EDIT = "funding.edit_line"
FACTS = ("reference", "kind", "audience", "purpose", "eu_notified")  # what may change without a move
PAST = ("requested_on", "decided_on", "signed_on", "closed_on")  # days that lie behind
STEPS = ("amount_requested", "amount_agreed", "signed_on")  # each says that the move which sets it was made


class LineMove(models.TextChoices):
    REQUEST = "demander", pgettext_lazy("move of a funding", "Record the request")
    AGREE = "accorder", pgettext_lazy("move of a funding", "Agree")
    REFUSE = "refuser", pgettext_lazy("move of a funding", "Refuse")
    CONTRACT = "conventionner", pgettext_lazy("move of a funding", "Sign the contract")
    SETTLE = "solder", pgettext_lazy("move of a funding", "Settle")
    CANCEL = "annuler", pgettext_lazy("move of a funding", "Cancel the funding")


@dataclass(frozen=True)
class Transition:
    """`asks` are the fields that the move sets."""

    sources: tuple[LineState, ...]
    target: LineState
    asks: tuple[str, ...] = ()


TABLE: dict[LineMove, Transition] = {
    LineMove.REQUEST: Transition((LineState.DRAFT,), LineState.REQUESTED, ("amount_requested", "requested_on")),
    LineMove.AGREE: Transition(
        (LineState.DRAFT, LineState.REQUESTED, LineState.REFUSED),
        LineState.AGREED,
        ("amount_agreed", "decided_on", "decided_by", "decision_reference"),
    ),
    LineMove.REFUSE: Transition((LineState.REQUESTED,), LineState.REFUSED, ("decided_on", "reason")),
    LineMove.CONTRACT: Transition(
        (LineState.AGREED,), LineState.CONTRACTED, ("contract_number", "signed_on", "expires_on")
    ),
    LineMove.SETTLE: Transition((LineState.CONTRACTED,), LineState.SETTLED, ("closed_on",)),
    LineMove.CANCEL: Transition(
        (LineState.REQUESTED, LineState.AGREED, LineState.CONTRACTED), LineState.CANCELLED, ("closed_on", "reason")
    ),
}

MOVED = list(dict.fromkeys(name for transition in TABLE.values() for name in transition.asks))  # what moves set

NOT_LEGAL = _("This is no longer possible: the funding has changed its state meanwhile.")
NOT_CONTRACTED = _("An amendment needs a contract that is signed and not settled.")
NOT_OPEN = _("Nothing can be paid: the funding is neither agreed nor under contract.")
IN_FUTURE = _("This date lies in the future.")


def moves(line: FundingLine) -> list[LineMove]:
    """The moves that leave the line's present state, in the table's order."""
    return [move for move, transition in TABLE.items() if line.state in transition.sources]


def facts(line: FundingLine) -> tuple[str, ...]:
    """What may be set right on a line without a move: what it is, and what the moves it has made have set."""
    made = [
        asked
        for move in (LineMove.REQUEST, LineMove.AGREE, LineMove.CONTRACT)
        for asked in TABLE[move].asks
        if any(getattr(line, step) for step in STEPS if step in TABLE[move].asks)
    ]
    left = [name for name in ("decided_on", "closed_on", "reason") if getattr(line, name)]
    return tuple(dict.fromkeys([*FACTS, *made, *left]))


@transaction.atomic
def save_line(*, line: FundingLine, by: User, now: dt.datetime, read_version: int | None = None) -> FundingLine:
    """Enters a line as a draft or a request, or sets right what stands already (`facts`).

    Raises `ChangedMeanwhile`, `PermissionRefused`, `ValidationError`.
    """
    if line.pk is None:
        rights.check_for_writing(by, "funding.add_line", line.initiative)
        if line.funder_id not in acting_funders(by):
            raise PermissionRefused(NOT_YOURS)
    else:
        stored = locked(line, by)
        if read_version is not None and stored.version != read_version:
            raise ChangedMeanwhile
        for name in facts(stored):
            setattr(stored, name, getattr(line, name))
        line = stored
    _nothing_ahead(line, now)
    return _save(line, now)


@transaction.atomic
def move(*, line: FundingLine, move: LineMove, by: User, now: dt.datetime, **values: Any) -> FundingLine:
    """Carries out one legal move with the values it asks for. Raises `MoveRefused`, `ValidationError`."""
    line = locked(line, by)
    transition = TABLE[move]
    if line.state not in transition.sources:
        raise MoveRefused([NOT_LEGAL])
    for name in transition.asks:
        if name in values:
            setattr(line, name, values[name])
    _nothing_ahead(line, now)
    line.state = transition.target
    if transition.target == LineState.AGREED:
        line.reason = ""
    return _save(line, now)


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
    if amendment.signed_on and amendment.signed_on < line.signed_on:
        raise ValidationError({"signed_on": _("An amendment does not come before the contract.")})
    if line.total - before + amendment.change < max(line.amount_paid, Decimal("0.01")):
        raise ValidationError({"change": _("The amount would become less than what is paid already.")})
    return _write(amendment)


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
    return _write(instalment)


@transaction.atomic
def call(*, instalment: Instalment, called_on: dt.date, reference: str, by: User, now: dt.datetime) -> Instalment:
    """Records the bearer's call for an instalment (appel de fonds)."""
    locked(instalment.line, by)
    not_after(today(now), called_on=called_on)
    instalment = Instalment.objects.select_for_update().get(pk=instalment.pk)
    instalment.called_on, instalment.call_reference = called_on, reference
    return _write(instalment)


@transaction.atomic
def pay(*, line: FundingLine, payment: Payment, by: User, now: dt.datetime) -> Payment:
    """Records a payment or a repayment, or sets one right.

    Raises `ValidationError` in words; the database's own rules, kept by its triggers, hold even against a
    second payment at the same moment.
    """
    line = locked(line, by)
    payment.line = line
    not_after(today(now), paid_on=payment.paid_on)
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
    return _write(payment)


@transaction.atomic
def expect_report(*, line: FundingLine, report: FinancialReport, by: User, now: dt.datetime) -> FinancialReport:
    """Says by when a financial report is due, or sets right what was said."""
    report.line = locked(line, by)
    not_after(today(now), received_on=report.received_on)
    return _write(report)


@transaction.atomic
def receive_report(*, report: FinancialReport, received_on: dt.date, by: User, now: dt.datetime) -> FinancialReport:
    """Records that a report has come."""
    locked(report.line, by)
    not_after(today(now), received_on=received_on)
    report = FinancialReport.objects.select_for_update().get(pk=report.pk)
    report.received_on = received_on
    return _write(report)


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


def locked(line: FundingLine, by: User) -> FundingLine:
    """The line as it stands, locked, once the person's right to change it was asked for."""
    stored = FundingLine.objects.select_for_update(of=("self",)).select_related("initiative__programme").get(pk=line.pk)
    rights.check_for_writing(by, EDIT, stored)
    return stored


def _save(line: FundingLine, now: dt.datetime) -> FundingLine:
    line.changed_at = now
    if line.pk is not None:
        line.version += 1
    line.full_clean()
    line.save()
    return line


def _write(row: Any) -> Any:
    row.full_clean()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ValidationError(_("The amounts paid would exceed what was agreed.")) from error
    return row


def _sum(rows: models.QuerySet | models.Manager) -> Decimal:
    return rows.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def _nothing_ahead(line: FundingLine, now: dt.datetime) -> None:
    not_after(today(now), **{name: getattr(line, name) for name in PAST})


def _next(rows: models.Manager) -> int:
    return (rows.aggregate(highest=Max("number"))["highest"] or 0) + 1


def not_after(day: dt.date, **dates: dt.date | None) -> None:
    """Raises `ValidationError` beside each date that lies after `day`."""
    late = {name: IN_FUTURE for name, date in dates.items() if date and date > day}
    if late:
        raise ValidationError(late)
