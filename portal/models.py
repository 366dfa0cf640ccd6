"""What the composition root itself keeps: which steps of the start an administrator put off or confirmed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.audit import track


class MarkKind(models.TextChoices):
    LATER = "later", _("later")
    CONFIRMED = "confirmed", _("confirmed")  # that a mail arrived: the portal cannot know that


@track
class StartMark(models.Model):
    """One step of the start that waits by choice, or that only a person can call done. All else is read from the data."""

    step = models.CharField(_("step"), max_length=30)
    kind = models.CharField(_("kind"), max_length=10, choices=MarkKind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("mark of the start")
        verbose_name_plural = _("marks of the start")
        constraints = [models.UniqueConstraint(fields=["step", "kind"], name="start_mark_once")]

    def __str__(self) -> str:
        return f"{self.step} {self.kind}"
