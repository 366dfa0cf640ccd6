"""Mails on their way, and what people were told in the portal."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.notifications import kinds
from core.notifications.enums import HELD, Delivery, MailState
from core.notifications.querysets import NotificationQuerySet, OutboxQuerySet


class OutboxMessage(models.Model):
    """One mail, written in the transaction of its cause and sent by a worker.

    A mail whose server did not answer after it was handed over is "uncertain": that is told, and it is not
    sent a second time by itself. `message_id` stays the same over all attempts.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=60, default="account")
    # what it is about: (kind, public id), never a foreign key
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), null=True, blank=True, related_name="+"
    )
    sender = models.CharField(_("from"), max_length=320)
    to = ArrayField(models.CharField(max_length=320), verbose_name=_("to"))
    hidden_to = ArrayField(models.CharField(max_length=320), verbose_name=_("hidden copy to"), default=list, blank=True)
    subject = models.CharField(_("subject"), max_length=998, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    attachments = models.JSONField(default=list, blank=True)  # [{"name", "type", "base64"}]
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    # what lets its reader act: codes by name, links wherever `core.logs` knows their address; gone once sent
    secrets = ArrayField(models.CharField(max_length=500), default=list, blank=True)
    holds_secret = models.BooleanField(default=False)
    emptied_at = models.DateTimeField(_("emptied at"), null=True, blank=True)

    state = models.CharField(_("state"), max_length=12, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(null=True, blank=True)  # last handed to the broker
    not_before = models.DateTimeField(null=True, blank=True)  # the next attempt, after one that did not succeed
    token = models.UUIDField(null=True, blank=True)  # of the attempt that holds it
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    problem = models.CharField(_("what went wrong"), max_length=500, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False) | (~Q(state=MailState.SENT) & Q(sent_at=None)),
                name="mail_sent_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HELD, token__isnull=False, lease_until__isnull=False)
                | (~Q(state__in=HELD) & Q(token=None, lease_until=None)),
                name="mail_held_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENT) | Q(holds_secret=False, secrets=[]),
                name="mail_sent_holds_no_secret",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="mail_newest_first"),
            models.Index(fields=["state"], name="mail_under_way", condition=~Q(state=MailState.SENT)),
        ]

    def __str__(self) -> str:
        return self.subject


class Notification(models.Model):
    """Something one person was told. The text is made from `values` when it is shown, in the reader's language."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"), related_name="notifications"
    )
    kind = models.CharField(_("kind"), max_length=60)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    values = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(_("told at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    awaits_digest = models.BooleanField(default=False)  # told by mail with the next weekly digest

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notification_newest_first"),
            models.Index(fields=["recipient"], name="notification_unread", condition=Q(read_at=None)),
            models.Index(fields=["created_at"], name="notification_awaits_digest", condition=Q(awaits_digest=True)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def _kind(self) -> kinds.Kind:
        return kinds.kind(self.kind)

    @property
    def label(self) -> Any:
        return self._kind.label

    @property
    def title(self) -> str:
        return self._kind.title(self.values)

    @property
    def lines(self) -> list[str]:
        return self._kind.lines(self.values)

    @property
    def url(self) -> str:
        return self._kind.url(self.values)


class Preference(models.Model):
    """How one person wants to hear of one kind; without a row the kind's own way holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=60)
    delivery = models.CharField(_("how"), max_length=12, choices=Delivery.choices)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_delivery_display()}"
