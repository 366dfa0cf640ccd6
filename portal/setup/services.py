"""What an administrator writes down about the start of the space."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy

from core.accounts import rights
from core.notifications import kinds, outbox
from core.notifications.models import OutboxMessage
from core.space import current_space
from portal.models import MarkKind, StartMark

if TYPE_CHECKING:
    from core.accounts.models import User

KIND = kinds.name_mail("portal.test_mail", gettext_lazy("Trial mail"))
MAY = "accounts.administer"
BETWEEN = dt.timedelta(seconds=30)  # two test mails


class TooSoonError(Exception):
    """A test mail was written a moment ago: look at that one first."""


@transaction.atomic
def mark(*, step: str, kind: MarkKind, by: User, now: dt.datetime) -> StartMark:
    """A second time changes nothing."""
    rights.check_for_writing(by, MAY)
    row = StartMark.objects.select_for_update().filter(step=step, kind=kind).first()
    if row is None:
        row = StartMark(step=step, kind=kind, by=by, at=now)
        row.full_clean()
        row.save()
    return row


@transaction.atomic
def unmark(*, step: str, kind: MarkKind, by: User) -> None:
    rights.check_for_writing(by, MAY)
    StartMark.objects.filter(step=step, kind=kind).delete()


@transaction.atomic
def send_test_mail(*, by: User, now: dt.datetime) -> OutboxMessage:
    """A mail to the administrator's own address, by the way of every mail. Raises `TooSoonError`."""
    rights.check_for_writing(by, MAY)
    last = last_test_mail(by)
    if last is not None and now - last.created_at < BETWEEN:
        raise TooSoonError
    with translation.override(by.language):
        subject = _("Test mail of the portal")
        context = {
            "space": current_space(),
            "user": by,
            "language": by.language,
            "title": subject,
            "sender": settings.DEFAULT_FROM_EMAIL,
        }
        message = EmailMultiAlternatives(
            subject=subject, body=render_to_string("emails/test_mail.txt", context), to=[by.email]
        )
        message.attach_alternative(render_to_string("emails/test_mail.html", context), "text/html")
    return outbox.put(message, kind=KIND, recipient=by, now=now)


def last_test_mail(user: User) -> OutboxMessage | None:
    return OutboxMessage.objects.filter(kind=KIND, recipient=user).order_by("-created_at", "-pk").first()
