"""Notifications as mails: one at once, or those of a week together; each in the reader's language."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.db.periods import today
from core.notifications import outbox
from core.notifications.kinds import DIGEST
from core.notifications.models import Notification, OutboxMessage
from core.partial_dates.text import full_day
from core.space import current_space

DIGEST_HOUR = 7  # on Mondays, by the portal's clock
LONGEST_SUBJECT = 200


def at_once(notification: Notification, *, now: dt.datetime) -> OutboxMessage:
    """The mail of one notification, in the transaction of the caller."""
    about = (notification.subject_kind, notification.subject_id) if notification.subject_id else None
    user = notification.recipient
    with translation.override(user.language):
        context = {
            "title": notification.title,
            "lines": notification.lines,
            "link": settings.BASE_URL + notification.url,
        }
        message = _message(user, notification.title, "notification", context, kind=notification.kind)
    return outbox.put(message, kind=notification.kind, about=about, recipient=user, now=now)


def digest_moment(now: dt.datetime) -> dt.datetime:
    """The last Monday at `DIGEST_HOUR` that is not after `now`."""
    local = timezone.localtime(now)
    monday = local.date() - dt.timedelta(days=local.weekday())
    moment = timezone.make_aware(dt.datetime.combine(monday, dt.time(DIGEST_HOUR)))
    return (
        moment
        if moment <= now
        else timezone.make_aware(dt.datetime.combine(monday - dt.timedelta(days=7), dt.time(DIGEST_HOUR)))
    )


def next_digest(now: dt.datetime) -> dt.datetime:
    """When what is put off at `now` leaves."""
    return digest_moment(now + dt.timedelta(days=7))


def send_digests(*, now: dt.datetime) -> int:
    """One mail to each person for whom something waited when the last Monday's moment came; how many were written.

    Each person's mail is a transaction of its own, so that a run which is cut off goes on with the next.
    """
    from core.notifications.each_row import each_row  # which tells of a failure by way of this module

    until = digest_moment(now)
    waiting = Notification.objects.for_digest(until).order_by().values_list("recipient", flat=True).distinct()
    people = User.objects.filter(pk__in=waiting).by_name().values_list("pk", flat=True)
    return sum(each_row(User, people, lambda key: _digest(User.objects.get(pk=key), until=until, now=now), now=now))


@transaction.atomic
def _digest(user: User, *, until: dt.datetime, now: dt.datetime) -> bool:
    held = Notification.objects.of(user).for_digest(until).select_for_update().order_by("created_at", "pk")
    notifications = list(held)
    if not notifications:  # another run was faster
        return False
    Notification.objects.filter(pk__in=[notification.pk for notification in notifications]).update(awaits_digest=False)
    if not user.is_active:
        return False
    with translation.override(user.language):
        rows = [
            {
                "title": notification.title,
                "lines": notification.lines,
                "link": settings.BASE_URL + notification.url,
                "day": full_day(today(notification.created_at)),
            }
            for notification in notifications
        ]
        title = _("Your week in the portal: %(number)s to read") % {"number": len(rows)}
        message = _message(user, title, "digest", {"title": title, "rows": rows}, kind=DIGEST)
    outbox.put(message, kind=DIGEST, recipient=user, now=now)
    return True


def _message(user: User, subject: str, template: str, context: dict[str, Any], *, kind: str) -> EmailMultiAlternatives:
    from core.notifications.unsubscribing import headers  # which changes preferences, in the service that calls this

    context |= {
        "user": user,
        "space": current_space(),
        "language": user.language,
        "preferences": settings.BASE_URL + reverse("notifications:list"),
    }
    message = EmailMultiAlternatives(
        subject=subject[:LONGEST_SUBJECT],
        body=render_to_string(f"emails/{template}.txt", context),
        to=[user.email],
        headers=headers(user, kind),
    )
    message.attach_alternative(render_to_string(f"emails/{template}.html", context), "text/html")
    return message
