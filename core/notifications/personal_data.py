"""What notifications and mails hold about a person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.lifecycle import erasure, export, retention
from core.lifecycle.retention import Holding
from core.notifications import kinds
from core.notifications.enums import MailState
from core.notifications.models import Notification, OutboxMessage, Preference

_TRANSPORT = "How the mail travels; its text is given out."


def forget_mails(before: dt.datetime, now: dt.datetime) -> int:
    """Those on which nothing more is done."""
    ended = (MailState.SENT, MailState.FAILED, MailState.UNCERTAIN)
    return OutboxMessage.objects.filter(state__in=ended, created_at__lt=before).delete()[0]


MAILS = Holding(
    key="mails",
    what=_("Mails that the portal sent you"),
    whose=retention.ACCOUNT,
    why=_("To know what left and what was refused."),
    basis=retention.INTEREST,
    readers=_("Administrators."),
    until=_("%(period)s; a code or a personal link is removed once the mail is sent."),
    order=100,
    days=retention.YEAR,
    least=retention.MONTH,
    purge=forget_mails,
)


def forget_notifications(before: dt.datetime, now: dt.datetime) -> int:
    return Notification.objects.filter(created_at__lt=before, awaits_digest=False).delete()[0]


NOTIFICATIONS = Holding(
    key="notifications",
    what=_("Notifications in the portal"),
    whose=retention.ACCOUNT,
    why=_("So that you find again what you were told."),
    basis=retention.PARTICIPATION,
    readers=_("You alone."),
    until=_("%(period)s after you were told."),
    order=110,
    days=retention.YEAR,
    least=retention.MONTH,
    purge=forget_notifications,
)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    erasure.remove(OutboxMessage, rows=mails_to)
    erasure.remove(Notification, by=("recipient",))
    erasure.remove(Preference, by=("user",))
    retention.register(MAILS)
    retention.register(NOTIFICATIONS)
    export.register(
        OutboxMessage,
        by=("recipient",),
        rows=mails_to,
        without={
            "html": _TRANSPORT,
            "headers": _TRANSPORT,
            "message_id": _TRANSPORT,
            "attachments": "Stand on the pages they were sent from.",
            "hidden_to": "Addresses of other people.",
            "secrets": "Taken out of the mail once it is sent.",
        },
        hides=words_of_others,
    )
    export.register(Notification, by=("recipient",))
    export.register(Preference, by=("user",))


def mails_to(user: Any) -> QuerySet:
    """Whose mail it was when it left: an address may have been somebody else's before."""
    return OutboxMessage.objects.filter(recipient=user)


def words_of_others(mail: OutboxMessage) -> tuple[str, ...]:
    return ("subject", "text") if kinds.kind(mail.kind).of_others else ()
