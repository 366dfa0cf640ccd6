"""That somebody was erased: who did it, on which ground, how much went; nothing of what it was but its hash."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.grants import append_only


@append_only
class Erasure(models.Model):
    """The tombstone. `redacted` and `sha256` are written once, by the owner's function that takes the words out."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.UUIDField(_("identifier of the person"), unique=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), null=True, blank=True, related_name="+"
    )
    ground = models.CharField(_("why"), max_length=300)
    removed = models.JSONField(_("removed"), default=dict, blank=True)  # model → rows
    redacted = models.JSONField(_("redacted"), null=True, blank=True)  # table.column → rows
    sha256 = models.CharField(_("SHA-256 of what was redacted"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self) -> str:
        return str(self.person)

    @property
    def rows_removed(self) -> int:
        return sum(self.removed.values())

    @property
    def rows_redacted(self) -> int:
        return sum((self.redacted or {}).values())
