"""That a person asked for a copy of what is held about him or her; the report of the same subject is the job and the file."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonalExport(models.Model):
    """One request. `removed_at`: its file is no longer there, by the clock or for a newer one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="+")
    asked_at = models.DateTimeField(_("asked for at"))
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("copy of one’s data")
        verbose_name_plural = _("copies of one’s data")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(removed_at=None), name="personal_export_one_a_person"
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)
