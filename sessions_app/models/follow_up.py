"""Decisions of a session and the actions that follow from them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.db.grants import append_only
from core.partial_dates import PartialDateField
from sessions_app.enums import DecisionKind, FollowUp, ReminderStage
from sessions_app.models.session import AgendaItem, Session
from sessions_app.querysets import FollowUpQuerySet, FrozenQuerySet


class Numbered(models.Model):
    """What decisions and actions share: a number within the session, who answers for it, by when.

    Members see it from `released_at` on: when the minutes or a record of decisions that holds it came out.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, verbose_name=_("agenda item"), null=True, blank=True, related_name="%(class)ss"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"), max_length=2000)
    responsible = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        verbose_name=_("responsible organisation"),
        null=True,
        blank=True,
        related_name="%(class)ss",
    )
    due = PartialDateField(_("due"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=FollowUp.choices, default=FollowUp.OPEN)
    released_at = models.DateTimeField(_("open to members since"), null=True, blank=True, editable=False)

    objects = FollowUpQuerySet.as_manager()

    letter: str

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """ "D-21-01": letter, session, number within it."""
        return f"{self.letter}-{self.session.number:02}-{self.number:02}"


@track
class Decision(Numbered):
    session = models.ForeignKey(Session, models.CASCADE, verbose_name=_("session"), related_name="decisions")
    kind = models.CharField(_("kind"), max_length=20, choices=DecisionKind.choices, default=DecisionKind.DECISION)

    letter = "D"

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-session__number", "number", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="decision_number_once")]


@track
class ActionItem(Numbered):
    session = models.ForeignKey(Session, models.CASCADE, verbose_name=_("session"), related_name="actions")
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="actions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    letter = "A"

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["-session__number", "number", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="action_number_once")]


@append_only
class ActionReminder(models.Model):
    """That an action was recalled to those who answer for it: once for each stage of each due date."""

    action = models.ForeignKey(ActionItem, models.CASCADE, related_name="reminders")
    stage = models.CharField(max_length=8, choices=ReminderStage.choices)
    due = PartialDateField()
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["action", "stage", "due"], name="action_reminded_once")]

    def __str__(self) -> str:
        return f"{self.action_id} {self.stage}"


@append_only
class DecisionRecord(models.Model):
    """The record of decisions as it was circulated: a frozen snapshot, before the minutes.

    Its `standing` says what it is worth.

    `snapshot` has the shape of `sessions_app.minutes.snapshot`, without texts, people present and materials.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, verbose_name=_("session"), related_name="records")
    number = models.PositiveSmallIntegerField(_("version"))
    snapshot = models.JSONField(encoder=DjangoJSONEncoder)
    content_sha256 = models.CharField(_("content hash"), max_length=64, unique=True)
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("author organisation"), related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("circulated by"), related_name="+"
    )
    released_at = models.DateTimeField(_("circulated at"))

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("record of decisions")
        verbose_name_plural = _("records of decisions")
        ordering = ["session", "-number"]
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="record_number_once")]

    def __str__(self) -> str:
        return f"{self.session}, {self.number}"
