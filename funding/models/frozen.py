"""Figures frozen at a day: a filter, its figures and the fundings behind them, as they were told once and for all."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.db.grants import append_only
from funding.enums import FrozenAudience
from funding.querysets import FrozenFiguresQuerySet


@append_only
class FrozenFigures(models.Model):
    """An arrêté des chiffres. Rows never change (migration 0008); `content` is what `funding.frozen.content` wrote.

    It holds the fundings whose amounts every reader of `audience` might see when it was made, so that nobody
    has to be shown less of it than others, and its hash is the same for all.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("title"), max_length=120)
    as_of = models.DateField(_("figures at"))
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("organisation"), related_name="frozen_figures"
    )
    audience = models.CharField(_("for whom"), max_length=14, choices=FrozenAudience.choices)
    query = models.CharField(_("filter"), max_length=1000, blank=True)
    content = models.JSONField(_("content"))
    content_sha256 = models.CharField(_("content hash"), max_length=64, unique=True)
    frozen_at = models.DateTimeField(_("frozen at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")

    objects = FrozenFiguresQuerySet.as_manager()

    class Meta:
        verbose_name = _("frozen figures")
        verbose_name_plural = _("frozen figures")
        ordering = ["-as_of", "-pk"]
        indexes = [models.Index(fields=["organisation", "-as_of"], name="frozen_by_organisation")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("funding:frozen", args=[self.public_id])
