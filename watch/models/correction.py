"""A correction that somebody proposes to an entry which animators look after."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.db.audit import track
from watch.enums import CorrectionState
from watch.models.item import WatchItem
from watch.querysets import CorrectionQuerySet


@track
class Correction(models.Model):
    """`before` and `after` hold the fields that it changes, as `watch.items.revisions.content_of` writes them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(
        WatchItem, models.PROTECT, verbose_name=_("entry of the watch"), related_name="corrections"
    )
    before = models.JSONField(_("what the entry said"))
    after = models.JSONField(_("what it should say"))
    reason = models.TextField(_("reason"), max_length=1000)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("proposed by"), related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    state = models.CharField(
        pgettext_lazy("of a correction", "state"),
        max_length=10,
        choices=CorrectionState.choices,
        default=CorrectionState.OPEN,
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("answered by"), null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer = models.TextField(_("answer of the animators"), max_length=1000, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of an entry of the watch")
        verbose_name_plural = _("corrections of entries of the watch")
        indexes = [models.Index(fields=["state", "proposed_at"], name="watch_correction_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "proposed_by"],
                condition=Q(state=CorrectionState.OPEN),
                name="watch_correction_one_open",
                violation_error_message=_(
                    "You already proposed a correction of this entry, which waits for its answer."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state=CorrectionState.OPEN, answered_by=None, answered_at=None)
                | (~Q(state=CorrectionState.OPEN) & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="watch_correction_answered_with_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.REFUSED) | ~Q(answer=""),
                name="watch_correction_refused_with_reason",
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.public_id}"

    def get_absolute_url(self) -> str:
        return reverse("watch:correction", args=[self.public_id])
