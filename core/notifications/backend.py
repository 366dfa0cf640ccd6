"""Django's EMAIL_BACKEND: whatever sends a mail, the mail goes into the outbox, never straight to a server."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from core.accounts import addresses
from core.accounts.models import User
from core.notifications import outbox


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keeps each mail in the running transaction; the worker sends it after the commit."""
        now = timezone.now()
        for message in email_messages:
            outbox.put(message, now=now, recipient=_person(message))
        return len(email_messages)


def _person(message: EmailMessage) -> User | None:
    """Whose mail it is, where it goes to one known address: so that it can be found when the person leaves."""
    if len(message.to) != 1:
        return None
    return User.objects.filter(pk=addresses.owner_id(addresses.normal(message.to[0]))).first()
