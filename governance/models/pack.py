"""What the outgoing animators give to the incoming ones, ticked off by both sides."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from governance.models.handover import Handover


@track
class PackLine(models.Model):
    """One line of the checklist; `key` names a part registered in `governance.pack.parts`.

    `note` says where a thing is to be found. Never a password: those are handed over elsewhere.
    """

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="pack")
    key = models.SlugField(_("part"), max_length=40)
    note = models.TextField(_("where it is, how to take it over"), max_length=2000, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(_("given at"), null=True, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField(_("received at"), null=True, blank=True)

    class Meta:
        verbose_name = _("line of the pack")
        verbose_name_plural = _("lines of the pack")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "key"], name="pack_line_once"),
            models.CheckConstraint(
                condition=Q(given_by__isnull=True, given_at__isnull=True)
                | Q(given_by__isnull=False, given_at__isnull=False),
                name="pack_given_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(received_by__isnull=True, received_at__isnull=True)
                | Q(received_by__isnull=False, received_at__isnull=False),
                name="pack_received_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.key
