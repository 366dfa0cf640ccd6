"""The key of somebody's personal feeds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedKey(models.Model):
    """Opens the calendar and the Atom feed of one person to a program that cannot sign in. Only its hash is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="+")
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("key of a feed")
        verbose_name_plural = _("keys of feeds")

    def __str__(self) -> str:
        return str(self.user)
