"""A table that somebody sent, kept between its preview and its writing, and afterwards as a trace."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from funding.enums import TableKind


class ImportRun(models.Model):
    """`rows` are texts by field as they stood in the file, `layout` where each field stood there.

    `outcome` counts what was written.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    funder = models.ForeignKey("members.Organisation", models.PROTECT, verbose_name=_("funder"), related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")
    kind = models.CharField(_("contents"), max_length=12, choices=TableKind.choices, default=TableKind.LINES)
    file_name = models.CharField(_("file name"), max_length=180)
    rows = models.JSONField(_("rows"))
    layout = models.JSONField(_("layout"), default=dict, blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    applied_at = models.DateTimeField(_("written at"), null=True, blank=True)
    outcome = models.JSONField(_("outcome"), default=dict, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["funder", "-sent_at"], name="import_by_funder")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def asks_share(self) -> bool:
        """Whether amounts stand beside shares, and nobody has said yet what they are."""
        return bool(self.layout.get("asks_share")) and not self.layout.get("share")
