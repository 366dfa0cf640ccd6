"""What the register of the space holds beside mandates and sessions: its events, and other responsibilities."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.partial_dates import PartialDateField
from core.partial_dates.fields import not_before
from governance.enums import EventKind, ResponsibilityKind
from governance.querysets import ResponsibilityQuerySet


@track
class SpaceEvent(models.Model):
    """A date of the space's own history, shown on its timeline."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices)
    date = PartialDateField(_("date"))
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("in a few sentences"), max_length=1000, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("event of the space")
        verbose_name_plural = _("events of the space")
        ordering = ["date", "pk"]

    def __str__(self) -> str:
        return self.title


@track
class Responsibility(models.Model):
    """What an organisation does for the space beside the animation, since when and until when."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("organisation"), related_name="responsibilities"
    )
    kind = models.CharField(_("responsibility"), max_length=20, choices=ResponsibilityKind.choices)
    label = models.CharField(
        _("in other words"), max_length=120, blank=True, help_text=_("Shown instead of the kind, where it says more.")
    )
    since = PartialDateField(_("since"), null=True, blank=True)
    until = PartialDateField(_("until"), null=True, blank=True)
    has_ended = models.BooleanField(_("has ended"), default=False, help_text=_("Also when the date is not known."))
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        ordering = ["has_ended", "since", "pk"]
        constraints = [
            not_before(
                "since",
                "until",
                name="responsibility_until_not_before_since",
                message=_("The end comes after the start."),
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(has_ended=True),
                name="responsibility_with_end_has_ended",
                violation_error_message=_("With an end date, tick “has ended”."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.name}"

    @property
    def name(self) -> str:
        return self.label or str(self.get_kind_display())
