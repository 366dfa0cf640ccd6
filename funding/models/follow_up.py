"""How an initiative is followed once it is funded: periodic updates, indicators with their measures, who is asked."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from funding.enums import UpdateAudience, UpdateState
from funding.models.initiative import Initiative
from funding.querysets import BearerContactQuerySet, UpdateQuerySet


@track
class UpdatePlan(models.Model):
    """How often news of an initiative are expected. `next_on` is the day of the next update that is not asked for yet."""

    initiative = models.OneToOneField(
        Initiative, models.CASCADE, verbose_name=_("initiative"), related_name="update_plan"
    )
    every_months = models.PositiveSmallIntegerField(
        _("months between two updates"), default=6, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    next_on = models.DateField(_("next update expected on"))
    anchor_on = models.DateField(_("counted from"), null=True, editable=False)  # None: from `next_on`
    until = models.DateField(_("no update after"), null=True, blank=True)

    class Meta:
        verbose_name = _("rhythm of updates")
        verbose_name_plural = _("rhythms of updates")
        indexes = [models.Index(fields=["next_on"], name="update_plan_next")]
        constraints = [
            models.CheckConstraint(condition=Q(every_months__range=(1, 24)), name="update_plan_months"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}, {self.next_on}"

    @property
    def has_ended(self) -> bool:
        """Whether nothing is asked for any more."""
        return self.until is not None and self.until < self.next_on


@track
class Update(models.Model):
    """News of an initiative, expected on a day: due → draft → received, or skipped with a reason."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey(Initiative, models.CASCADE, verbose_name=_("initiative"), related_name="updates")
    due_on = models.DateField(_("expected on"))
    state = models.CharField(_("state"), max_length=10, choices=UpdateState.choices, default=UpdateState.DUE)
    text = models.TextField(_("how the initiative is getting on"), max_length=8000, blank=True)
    needs = models.TextField(_("difficulties and needs"), max_length=4000, blank=True)
    audience = models.CharField(
        _("open to"), max_length=10, choices=UpdateAudience.choices, default=UpdateAudience.FUNDERS
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("written by"), null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(_("received at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    changed_at = models.DateTimeField(_("changed at"))

    objects = UpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering = ["initiative", "-due_on", "pk"]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(state__in=(UpdateState.DUE, UpdateState.DRAFT)), name="update_awaited"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "due_on"],
                name="update_once_a_day",
                violation_error_message=_("An update is expected on this day already."),
            ),
            models.CheckConstraint(
                condition=Q(state=UpdateState.SUBMITTED, submitted_at__isnull=False)
                | (~Q(state=UpdateState.SUBMITTED) & Q(submitted_at__isnull=True)),
                name="update_received_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=UpdateState.SUBMITTED) | ~Q(text=""),
                name="update_received_says_something",
                violation_error_message=_("Say how the initiative is getting on."),
            ),
            models.CheckConstraint(
                condition=~Q(state=UpdateState.SKIPPED) | ~Q(reason=""),
                name="update_skipped_says_why",
                violation_error_message=_("Say why this update is skipped."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}, {self.due_on}"

    @property
    def is_open(self) -> bool:
        return self.state in (UpdateState.DUE, UpdateState.DRAFT)


@track
class Indicator(models.Model):
    """What an initiative counts to see how far it has come, with the value aimed at where there is one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey(Initiative, models.CASCADE, verbose_name=_("initiative"), related_name="indicators")
    position = models.PositiveSmallIntegerField(_("place"), default=1)
    name = models.CharField(_("name"), max_length=120)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    target = models.DecimalField(
        _("value aimed at"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["initiative", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "name"],
                name="indicator_name_once",
                violation_error_message=_("This initiative already has an indicator of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@track
class Measure(models.Model):
    """The value of an indicator on a day, with the update that brought it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.ForeignKey(Indicator, models.CASCADE, verbose_name=_("indicator"), related_name="measures")
    update = models.ForeignKey(
        Update, models.CASCADE, verbose_name=_("update"), null=True, blank=True, related_name="measures"
    )
    measured_on = models.DateField(_("measured on"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2, validators=[MinValueValidator(Decimal(0))])

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["indicator", "measured_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "measured_on"],
                name="measure_once_a_day",
                violation_error_message=_("This indicator already has a value of this day."),
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="measure_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.measured_on}"

    def clean(self) -> None:
        if self.update and self.update.initiative_id != self.indicator.initiative_id:
            raise ValidationError({"indicator": _("This indicator belongs to another initiative.")})


@track
class BearerContact(models.Model):
    """Who is asked for news of an initiative: often nobody of the space, who never signs in and has a personal link."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey(Initiative, models.CASCADE, verbose_name=_("initiative"), related_name="contacts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="borne_initiatives"
    )
    added_at = models.DateTimeField(_("named at"))
    ended_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = BearerContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact of a bearer")
        verbose_name_plural = _("contacts of bearers")
        ordering = ["initiative", "added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "user"],
                condition=Q(ended_at__isnull=True),
                name="bearer_contact_once",
                violation_error_message=_("This person is asked for news of this initiative already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.initiative}"


class Reminder(models.Model):
    """That somebody was reminded of something: each once, however often the clock strikes."""

    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.UUIDField(_("object"))
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
