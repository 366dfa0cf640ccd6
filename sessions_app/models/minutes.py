"""Minutes: the living draft, item by item, and the frozen versions that were published."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.audit import track
from core.db.grants import append_only
from sessions_app.enums import MinutesState, Procedure
from sessions_app.models.session import AgendaItem, Session
from sessions_app.querysets import MinutesVersionQuerySet


@track
class Minutes(models.Model):
    """The draft of a session's minutes; readers only ever see a `MinutesVersion`.

    `public_since` opens the version in force to everybody. What each version is worth stands in its `VersionStanding`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.OneToOneField(Session, models.CASCADE, verbose_name=_("session"), related_name="minutes")
    state = models.CharField(_("state"), max_length=20, choices=MinutesState.choices, default=MinutesState.DRAFT)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    public_since = models.DateTimeField(_("public since"), null=True, blank=True)

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")

    def __str__(self) -> str:
        return f"{self.session}"


class MinutesEntry(models.Model):
    """What is written under one agenda item. `revision` grows with every save; 0 is the empty page."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="entries")
    item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="entry")
    body = models.TextField(_("text"), blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("text of an item")
        verbose_name_plural = _("texts of items")

    def __str__(self) -> str:
        return f"{self.item}"


@append_only
class MinutesRevision(models.Model):
    """One save of one entry, kept for ever."""

    entry = models.ForeignKey(MinutesEntry, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("revision"))
    body = models.TextField(_("text"), blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("members.Organisation", models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.entry} {self.number}"


@append_only
class MinutesVersion(models.Model):
    """A published version: one canonical snapshot of the session as it stood. Its `standing` says what it is worth.

    `snapshot` is documented in `sessions_app.minutes.snapshot`; it names people by identifier only.
    `content_sha256` is `core.canonical.sha256(snapshot)`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, verbose_name=_("session"), related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    snapshot = models.JSONField(encoder=DjangoJSONEncoder)
    content_sha256 = models.CharField(_("content hash"), max_length=64, unique=True)
    procedure = models.CharField(_("procedure"), max_length=20, choices=Procedure.choices, default=Procedure.DIRECT)
    reason = models.CharField(_("reason of the change"), max_length=300, blank=True)
    organisation = models.ForeignKey(
        "members.Organisation", models.PROTECT, verbose_name=_("author organisation"), related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("published by"), related_name="+"
    )
    published_at = models.DateTimeField(_("published at"))

    objects = MinutesVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the minutes")
        verbose_name_plural = _("versions of the minutes")
        ordering = ["session", "-number"]
        indexes = [models.Index(fields=["-published_at", "-id"], name="version_latest_first")]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""),
                name="version_later_with_reason",
                violation_error_message=_("A new version says what changed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}, {self.number}"


class MinutesProposal(models.Model):
    """A text left by somebody who lost the right to write while writing; the animators of today read it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="proposals")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    body = models.TextField(_("text"))
    left_at = models.DateTimeField(_("left at"))
    closed_at = models.DateTimeField(_("read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("text left")
        verbose_name_plural = _("texts left")
        ordering = ["left_at", "pk"]

    def __str__(self) -> str:
        return f"{self.item}"
