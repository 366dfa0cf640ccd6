"""What a published document is worth today: in force, replaced by a later one, or withdrawn; each by itself.

The documents are frozen and never change; their standing is a row beside each. What was withdrawn opens again by an act
on that very document, never by something done to another.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from sessions_app.enums import VersionState
from sessions_app.models.follow_up import DecisionRecord
from sessions_app.models.minutes import MinutesVersion
from sessions_app.models.session import Session


class Standing(models.Model):
    """`session` is that of the document, repeated so that the database itself allows one in force."""

    state = models.CharField(_("state"), max_length=20, choices=VersionState.choices)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawal_reason = models.CharField(_("reason of the withdrawal"), max_length=300, blank=True)
    restored_at = models.DateTimeField(_("restored at"), null=True, blank=True)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("restored by"), null=True, blank=True, related_name="+"
    )
    restoration_reason = models.CharField(_("reason of the restoration"), max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=Q(state=VersionState.IN_FORCE), name="%(class)s_one_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.WITHDRAWN)
                | (Q(withdrawn_at__isnull=False, restored_at__isnull=True) & ~Q(withdrawal_reason="")),
                name="%(class)s_withdrawn_with_reason",
                violation_error_message=_("Say why the minutes are withdrawn."),
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.WITHDRAWN)
                | Q(withdrawn_at__isnull=True)
                | (Q(restored_at__isnull=False) & ~Q(restoration_reason="")),
                name="%(class)s_restored_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}"

    @property
    def is_withdrawn(self) -> bool:
        return self.state == VersionState.WITHDRAWN

    @property
    def is_in_force(self) -> bool:
        return self.state == VersionState.IN_FORCE


@track
class VersionStanding(Standing):
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    document = models.OneToOneField(MinutesVersion, models.CASCADE, related_name="standing")

    class Meta(Standing.Meta):
        verbose_name = _("standing of a version")
        verbose_name_plural = _("standings of versions")


@track
class RecordStanding(Standing):
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    document = models.OneToOneField(DecisionRecord, models.CASCADE, related_name="standing")

    class Meta(Standing.Meta):
        verbose_name = _("standing of a record of decisions")
        verbose_name_plural = _("standings of records of decisions")
