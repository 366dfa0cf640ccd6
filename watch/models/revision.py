"""What an entry of the watch said each time it was sent, published or saved since."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.grants import append_only
from watch.models.item import WatchItem


@append_only
class WatchRevision(models.Model):
    """`content` is what `watch.items.revisions.content_of` gives. A draft has none yet; rows stay as they were written."""

    item = models.ForeignKey(WatchItem, models.PROTECT, verbose_name=_("entry of the watch"), related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("saved by"), null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("save of an entry of the watch")
        verbose_name_plural = _("saves of entries of the watch")
        ordering = ["-number", "-pk"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="watch_revision_once")]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.number}"
