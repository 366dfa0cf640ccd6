"""Messages to the members about a session, and to whom each went."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions_app.messages.enums import Recipients
from sessions_app.models.session import Session


class Message(models.Model):
    """A message as it was confirmed. It leaves at `send_at`; until then it can be recalled.

    `handed_at` is the moment at which its mails stood in the outbox; `problem` says why it was not sent after all.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    session = models.ForeignKey(Session, models.CASCADE, verbose_name=_("session"), related_name="messages")
    subject = models.CharField(_("subject"), max_length=160)
    body = models.TextField(_("text"), max_length=8000)
    invites = models.BooleanField(_("with a link to answer"), default=False)
    recipients = models.CharField(_("recipients"), max_length=12, choices=Recipients.choices)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written at"))
    send_at = models.DateTimeField(_("leaves at"))
    handed_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    recalled_at = models.DateTimeField(_("recalled at"), null=True, blank=True)
    problem = models.CharField(_("what went wrong"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["send_at"], name="message_due", condition=Q(handed_at=None, recalled_at=None))]
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True) | Q(recalled_at__isnull=True), name="message_sent_or_recalled"
            ),
            models.CheckConstraint(
                condition=Q(send_at__gte=models.F("written_at")), name="message_leaves_after_it_is_written"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def can_be_recalled(self, now: dt.datetime) -> bool:
        return self.handed_at is None and self.recalled_at is None and now < self.send_at


class MessageRecipient(models.Model):
    """One person a message goes to, and the mail that carried it."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    mail = models.ForeignKey("notifications.OutboxMessage", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["user__last_name", "user__first_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["message", "user"], name="message_once_a_person")]

    def __str__(self) -> str:
        return str(self.user)
