"""A file of a filtered list that somebody asked for: the subject of its job in `core.reports`."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from funding.enums import ListPage


class ListFile(models.Model):
    """Which list, which filter, which format, for whose eyes. Its file is made from what `by` may see then."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.CharField(_("page"), max_length=20, choices=ListPage.choices)
    query = models.CharField(_("filter"), max_length=1000, blank=True)
    format = models.CharField(_("format"), max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("asked for by"), related_name="+")
    asked_at = models.DateTimeField(_("asked for at"))

    class Meta:
        verbose_name = _("file of a list")
        verbose_name_plural = _("files of lists")
        indexes = [models.Index(fields=["by", "-asked_at"], name="list_file_by")]

    def __str__(self) -> str:
        return f"{self.get_page_display()} ({self.format})"
