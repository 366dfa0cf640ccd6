"""One funding of one initiative by one funder, through its whole life: request, decision, contract, payments.

Sums that the rules need (`amount_amended`, `amount_paid`, `amount_returned`, an instalment's `amount_paid`) are
kept by triggers of the database, which lock the line first; so the rule "never more paid than agreed" holds
whoever writes, and figures over a million lines need no join.
"""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.db.grants import append_only
from funding.enums import (
    GRANTED_STATES,
    OPEN_STATES,
    AmountAudience,
    FundingKind,
    LineState,
    PaymentKind,
)
from funding.models.fields import euros, maintained_sum, year_of
from funding.models.initiative import Initiative
from funding.querysets import CALLED, FinancialReportQuerySet, FundingLineQuerySet, InstalmentQuerySet


@track
class FundingLine(models.Model):
    """Natural key: the funder and its own reference."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey(Initiative, models.PROTECT, verbose_name=_("initiative"), related_name="lines")
    funder = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("funder"), related_name="funding_lines"
    )
    reference = models.CharField(_("reference"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=FundingKind.choices, default=FundingKind.GRANT)
    state = models.CharField(_("state"), max_length=12, choices=LineState.choices, default=LineState.REQUESTED)
    audience = models.CharField(
        _("who may see the amount"), max_length=10, choices=AmountAudience.choices, default=AmountAudience.MEMBERS
    )
    amount_requested = euros(_("amount requested"), null=True)
    requested_on = models.DateField(_("requested on"), null=True, blank=True)
    amount_agreed = euros(_("amount agreed"), null=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.CharField(_("deciding body"), max_length=160, blank=True)
    decision_reference = models.CharField(_("reference of the decision"), max_length=256, blank=True)
    contract_number = models.CharField(_("contract number"), max_length=80, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    closed_on = models.DateField(_("settled or cancelled on"), null=True, blank=True)
    reason = models.CharField(_("reason (refusal, cancellation)"), max_length=300, blank=True)
    purpose = models.CharField(_("purpose"), max_length=256, blank=True)
    eu_notified = models.BooleanField(
        _("de minimis aid notified to the European Commission"), null=True, blank=True
    )  # None: nobody said
    decided_year = year_of("decided_on", _("year of decision"))
    amount_amended = maintained_sum(_("sum of the amendments"))
    amount_paid = maintained_sum(_("sum paid"))
    amount_returned = maintained_sum(_("sum paid back"))
    changed_at = models.DateTimeField(_("changed at"))
    version = models.PositiveIntegerField(_("version of the row"), default=1, editable=False)

    objects = FundingLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("funding line")
        verbose_name_plural = _("funding lines")
        ordering = ["initiative", "-decided_on", "pk"]
        indexes = [
            models.Index(fields=["funder", "state"], name="line_funder_state"),
            models.Index(fields=["decided_on"], name="line_decided"),
            models.Index(fields=["signed_on"], name="line_signed"),
            GinIndex(OpClass(CALLED, "gin_trgm_ops"), name="line_called"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["funder", "reference"],
                name="line_reference_once",
                violation_error_message=_("This funder already has a funding of this reference."),
            ),
            models.CheckConstraint(
                condition=(Q(amount_requested__isnull=True) | Q(amount_requested__gt=0))
                & (Q(amount_agreed__isnull=True) | Q(amount_agreed__gt=0)),
                name="line_amounts_positive",
                violation_error_message=_("An amount is more than zero."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=GRANTED_STATES) | Q(amount_agreed__isnull=False, decided_on__isnull=False),
                name="line_granted_has_decision",
                violation_error_message=_("A funding that was agreed has an amount and a date of decision."),
            ),
            models.CheckConstraint(
                condition=~Q(state=LineState.CONTRACTED) | Q(signed_on__isnull=False),
                name="line_contract_is_signed",
                violation_error_message=_("A funding under contract has a date of signature."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(LineState.REFUSED, LineState.CANCELLED)) | ~Q(reason=""),
                name="line_refusal_has_reason",
                violation_error_message=_("A refusal or a cancellation says why."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=(LineState.SETTLED, LineState.CANCELLED), closed_on__isnull=False)
                | (~Q(state__in=(LineState.SETTLED, LineState.CANCELLED)) & Q(closed_on__isnull=True)),
                name="line_closed_has_date",
                violation_error_message=_("A settled or cancelled funding, and no other, has a closing date."),
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True)
                | Q(requested_on__isnull=True)
                | Q(decided_on__gte=F("requested_on")),
                name="line_decided_after_request",
                violation_error_message=_("The decision does not come before the request."),
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True) | Q(decided_on__isnull=False, signed_on__gte=F("decided_on")),
                name="line_signed_after_decision",
                violation_error_message=_("The signature does not come before the decision."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(signed_on__isnull=False, expires_on__gte=F("signed_on")),
                name="line_expires_after_signature",
                violation_error_message=_("The contract expires after its signature."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | (
                    (Q(requested_on__isnull=True) | Q(closed_on__gte=F("requested_on")))
                    & (Q(decided_on__isnull=True) | Q(closed_on__gte=F("decided_on")))
                    & (Q(signed_on__isnull=True) | Q(closed_on__gte=F("signed_on")))
                ),
                name="line_closed_last",
                violation_error_message=_("A funding is not closed before it is requested, decided or signed."),
            ),
            models.CheckConstraint(
                condition=Q(amount_agreed__isnull=True, amount_paid=0)
                | Q(amount_agreed__isnull=False, amount_paid__lte=F("amount_agreed") + F("amount_amended")),
                name="line_paid_at_most_agreed",
                violation_error_message=_("More would be paid than was agreed, amendments included."),
            ),
            models.CheckConstraint(
                condition=Q(amount_returned__lte=F("amount_paid")),
                name="line_returned_at_most_paid",
                violation_error_message=_("No more can be paid back than was paid."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=GRANTED_STATES) | Q(amount_paid=F("amount_returned")),
                name="line_paid_only_if_granted",
                violation_error_message=_(
                    "Part of this funding was paid: settle it, or first record that it was paid back."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder}, {self.reference}"

    @property
    def total(self) -> Decimal | None:
        """What was agreed, amendments included; None before a decision."""
        return None if self.amount_agreed is None else self.amount_agreed + self.amount_amended

    @property
    def remaining(self) -> Decimal:
        """What is still to be paid; nothing where the line is not open."""
        return self.total - self.amount_paid if self.state in OPEN_STATES else Decimal(0)

    @staticmethod
    def path(of_line: str) -> str:
        """A path from a funding; the rows kept of it (`FundingLineFact`) have their own."""
        return of_line

    @property
    def runs_until(self) -> dt.date | None:
        """When the contract expires: what the last amendment that says so has set, or the contract itself."""
        later = [amendment.expires_on for amendment in self.amendments.all() if amendment.expires_on]
        return later[-1] if later else self.expires_on

    def clean(self) -> None:
        start = self.initiative.programme.starts_on if self.initiative_id and self.initiative.programme else None
        if start and self.decided_on and self.decided_on < start.lower:
            raise ValidationError({"decided_on": _("The decision cannot come before the programme starts.")})


@append_only
class LineChange(models.Model):
    """A move of a funding from state to state, and why where the move has a reason. Rows stay as they were written."""

    line = models.ForeignKey(FundingLine, models.PROTECT, verbose_name=_("funding line"), related_name="changes")
    source = models.CharField(_("from"), max_length=12, choices=LineState.choices)
    target = models.CharField(_("to"), max_length=12, choices=LineState.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")

    class Meta:
        verbose_name = _("change of state of a funding")
        verbose_name_plural = _("changes of state of fundings")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


@track
class Amendment(models.Model):
    """An avenant: changes the amount, the expiry, or both."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    line = models.ForeignKey(FundingLine, models.CASCADE, verbose_name=_("funding line"), related_name="amendments")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    signed_on = models.DateField(_("signed on"))
    change = models.DecimalField(
        _("change of the amount (negative to lower it)"), max_digits=12, decimal_places=2, default=Decimal(0)
    )
    expires_on = models.DateField(_("new expiry"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["line", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "number"],
                name="amendment_number_once",
                violation_error_message=_("This funding already has an amendment of this number."),
            ),
            models.CheckConstraint(
                condition=~Q(change=0) | Q(expires_on__isnull=False),
                name="amendment_changes_something",
                violation_error_message=_("An amendment changes the amount or the expiry."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("signed_on")),
                name="amendment_expires_after_signature",
                violation_error_message=_("The new expiry does not come before the signature of the amendment."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} / {self.number}"


@track
class Instalment(models.Model):
    """A line of the échéancier: what is to be paid by when, and the call for it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    line = models.ForeignKey(FundingLine, models.CASCADE, verbose_name=_("funding line"), related_name="instalments")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    due_on = models.DateField(_("due on"))
    amount = euros(_("amount"))
    condition = models.CharField(_("condition"), max_length=200, blank=True)
    called_on = models.DateField(_("called on"), null=True, blank=True)
    call_reference = models.CharField(_("reference of the call"), max_length=80, blank=True)
    amount_paid = maintained_sum(_("sum paid"))

    objects = InstalmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ["line", "number"]
        indexes = [models.Index(fields=["due_on"], name="instalment_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "number"],
                name="instalment_number_once",
                violation_error_message=_("This funding already has an instalment of this number."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="instalment_amount_positive",
                violation_error_message=_("An amount is more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(amount_paid__lte=F("amount")),
                name="instalment_paid_at_most_due",
                violation_error_message=_("More would be paid than this instalment."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} / {self.number}"

    @property
    def remaining(self) -> Decimal:
        return self.amount - self.amount_paid

    def clean(self) -> None:
        if self.line.decided_on and self.due_on and self.due_on < self.line.decided_on:
            raise ValidationError({"due_on": _("An instalment does not come before the decision.")})


@track
class Payment(models.Model):
    """Money that was paid, or paid back; of a line, and where known of an instalment of it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    line = models.ForeignKey(FundingLine, models.PROTECT, verbose_name=_("funding line"), related_name="payments")
    instalment = models.ForeignKey(
        Instalment, models.PROTECT, verbose_name=_("instalment"), null=True, blank=True, related_name="payments"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=PaymentKind.choices, default=PaymentKind.PAYMENT)
    paid_on = models.DateField(_("paid on"))
    paid_year = year_of("paid_on", _("year of payment"))
    amount = euros(_("amount"))
    reference = models.CharField(_("reference"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["line", "paid_on", "pk"]
        indexes = [models.Index(fields=["paid_on"], name="payment_paid_on")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="payment_amount_positive",
                violation_error_message=_("An amount is more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(kind=PaymentKind.PAYMENT) | Q(instalment__isnull=True),
                name="payment_back_has_no_instalment",
                violation_error_message=_("Money paid back belongs to no instalment."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}, {self.paid_on}"

    def clean(self) -> None:
        if self.instalment and self.instalment.line_id != self.line_id:
            raise ValidationError({"instalment": _("This instalment belongs to another funding.")})
        if self.line.decided_on and self.paid_on and self.paid_on < self.line.decided_on:
            raise ValidationError({"paid_on": _("A payment does not come before the decision.")})


@track
class FinancialReport(models.Model):
    """A compte rendu financier that the bearer owes the funder, and when it came."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    line = models.ForeignKey(FundingLine, models.CASCADE, verbose_name=_("funding line"), related_name="reports")
    due_on = models.DateField(_("expected on"))
    received_on = models.DateField(_("received on"), null=True, blank=True)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = FinancialReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("financial report")
        verbose_name_plural = _("financial reports")
        ordering = ["line", "due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(received_on__isnull=True), name="report_awaited")]

    def __str__(self) -> str:
        return f"{self.line}, {self.due_on}"
