"""The periods of retention that the space chose for itself; those not here are as registered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.audit import track


@track
class RetentionPeriod(models.Model):
    """`key` names a line of `core.lifecycle.retention`."""

    key = models.CharField(_("what"), max_length=40, unique=True)
    days = models.PositiveIntegerField(_("days"))

    class Meta:
        verbose_name = _("period of retention")
        verbose_name_plural = _("periods of retention")
        constraints = [models.CheckConstraint(condition=models.Q(days__gt=0), name="retention_at_least_a_day")]

    def __str__(self) -> str:
        return f"{self.key}: {self.days}"
