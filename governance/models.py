"""Who holds the animation of the space, since when."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.partial_dates import PartialDateField
from governance.querysets import MandateQuerySet


@track
class Mandate(models.Model):
    """The animation entrusted to one organisation.

    Its end is the start of the next mandate, so overlap and gap cannot be written. `starts_at` is technical
    (the moment rights move) and never shown; pages show `started_on`, as precise as it is known.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("organisation"), related_name="mandates"
    )
    starts_at = models.DateTimeField(
        _("rights move at"),
        unique=True,
        error_messages={"unique": _("Another mandate starts at this very moment.")},
    )
    started_on = PartialDateField(_("since"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_started_on_display()})"
