"""What has to be done around a session: the template of the space, and the tasks of each session."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from sessions_app.checklist.enums import Doing
from sessions_app.models.session import Session
from sessions_app.querysets import PreparationTaskQuerySet

FARTHEST = 365  # days between a task and the day of its session
_WITHIN_A_YEAR = [MinValueValidator(-FARTHEST), MaxValueValidator(FARTHEST)]


@track
class TemplateTask(models.Model):
    """A task that every session gets once it has a day. `offset` is in days from that day: -30 is a month before.

    `ticked_by` is what ticks it off by itself; "" for one that people tick off.
    """

    title = models.CharField(_("task"), max_length=160, unique=True)
    ticked_by = models.CharField(_("ticks itself when"), max_length=10, choices=Doing.choices, blank=True)
    offset = models.SmallIntegerField(_("days from the session"), validators=_WITHIN_A_YEAR)
    note = models.TextField(_("note"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("template task")
        verbose_name_plural = _("template tasks")
        ordering = ["offset", "pk"]

    def __str__(self) -> str:
        return self.title


@track
class PreparationTask(models.Model):
    """One thing to do around one session.

    A task with an `offset` follows the day of its session while it is not done, and has no `due` while that day is
    unknown. Without an offset `due` stays as it was given. `reminded_at` belongs to the present `due`. `ticked_by` is
    that of its template.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, verbose_name=_("session"), related_name="preparation")
    template = models.ForeignKey(TemplateTask, models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(_("task"), max_length=160)
    ticked_by = models.CharField(_("ticks itself when"), max_length=10, choices=Doing.choices, blank=True)
    offset = models.SmallIntegerField(_("days from the session"), null=True, blank=True, validators=_WITHIN_A_YEAR)
    due = models.DateField(_("due on"), null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("in charge"), null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("note"), max_length=1000, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("done by"), null=True, blank=True, related_name="+"
    )
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = PreparationTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("preparation task")
        verbose_name_plural = _("preparation tasks")
        ordering = [F("due").asc(nulls_last=True), F("offset").asc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["due"], name="preparation_undone", condition=Q(done_at=None))]
        constraints = [
            models.UniqueConstraint(fields=["session", "template"], name="preparation_template_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="preparation_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def is_late(self, day: dt.date) -> bool:
        """`day` is today; the day it is due is still in time."""
        return not self.is_done and self.due is not None and self.due < day
