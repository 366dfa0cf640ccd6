"""Who took part: one row an organisation, and below it the people."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from sessions_app.enums import Presence
from sessions_app.models.session import Session


@track
class Attendance(models.Model):
    """How an organisation took part in a session. No row means "not recorded", which no rate counts."""

    session = models.ForeignKey(Session, models.CASCADE, verbose_name=_("session"), related_name="attendance")
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("organisation"), related_name="attendance"
    )
    presence = models.CharField(_("presence"), max_length=20, choices=Presence.choices)
    represented_by = models.ForeignKey(
        "members.Organisation",
        models.PROTECT,
        verbose_name=_("represented by"),
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "organisation"],
                name="attendance_once",
                violation_error_message=_("This organisation is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(presence=Presence.REPRESENTED, represented_by__isnull=False)
                | (~Q(presence=Presence.REPRESENTED) & Q(represented_by__isnull=True)),
                name="attendance_represented_by_somebody",
                violation_error_message=_("Say which organisation represents this one."),
            ),
            models.CheckConstraint(
                condition=Q(represented_by__isnull=True) | ~Q(represented_by=F("organisation")),
                name="attendance_not_by_itself",
                violation_error_message=_("An organisation cannot represent itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_presence_display()}"


class Attendee(models.Model):
    """A person present for an organisation, known to the portal or named by hand."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("person present")
        verbose_name_plural = _("people present")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, name="") | (Q(user__isnull=True) & ~Q(name="")),
                name="attendee_is_somebody",
                violation_error_message=_("Name a person."),
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.user)


@track
class SignedSheet(models.Model):
    """A scan of the sheet that was signed at the door. For animators only: it shows signatures."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, verbose_name=_("session"), related_name="signed_sheets")
    file = models.ForeignKey("core.StoredFile", models.PROTECT, verbose_name=_("file"), related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("signed sheet")
        verbose_name_plural = _("signed sheets")
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return str(self.file)
