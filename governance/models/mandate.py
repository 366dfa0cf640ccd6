"""Who holds the animation of the space, since when."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.partial_dates import PartialDateField
from governance.enums import MandateKind
from governance.querysets import MandateQuerySet


@track
class Mandate(models.Model):
    """The animation entrusted to one organisation.

    Its end is the start of the next mandate, so overlap and gap cannot be written. `starts_at` is technical
    (the moment rights move) and never shown; pages show `started_on`, as precise as it is known. `term_ends_on`
    is the agreed last day, if there is one: passing it only warns. Once started, the database refuses to move or
    remove the row (see the migrations).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("organisation"), related_name="mandates"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MandateKind.choices, default=MandateKind.ORDINARY)
    starts_at = models.DateTimeField(
        _("rights move at"),
        unique=True,
        error_messages={"unique": _("Another mandate starts at this very moment.")},
    )
    started_on = PartialDateField(_("since"), null=True, blank=True)
    term_ends_on = models.DateField(_("agreed last day"), null=True, blank=True)
    term_warned_at = models.DateTimeField(_("animators warned of the term at"), null=True, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=MandateKind.INTERIM) | Q(term_ends_on__isnull=False),
                name="mandate_interim_has_term",
                violation_error_message=_("An interim mandate has an agreed last day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_started_on_display()})"

    def is_past_term(self, day: dt.date) -> bool:
        """Whether the agreed last day is over; the mandate still runs until the next one starts."""
        return self.term_ends_on is not None and day > self.term_ends_on
