"""Telling people, and what they do with what they were told."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from core.accounts.models import User
from core.notifications import kinds, mails
from core.notifications.enums import Delivery
from core.notifications.models import Notification, Preference

UNREAD = "unread_notifications"  # an attribute of the User of a request


@transaction.atomic
def notify(
    *,
    kind: str,
    users: Iterable[User],
    values: Mapping[str, Any],
    now: dt.datetime,
    about: tuple[str, uuid.UUID] | None = None,
    cannot_wait: bool = False,
    by_mail: bool = True,
) -> list[Notification]:
    """Tells each of `users` once, in the portal and, as each prefers, by mail in his or her language.

    `values` is JSON: numbers, texts and identifiers that the kind's text and address need. People who closed
    their account hear nothing. What `cannot_wait` passes the weekly mail, which might come too late, and leaves at
    once; who wants no mail of the kind gets none. Without `by_mail` it stands in the portal alone: another mail says
    the same. Returns the notifications written.
    """
    told = kinds.kind(kind)
    people = list({user.pk: user for user in users if user.is_active}.values())
    chosen = dict(Preference.objects.filter(kind=kind, user__in=people).values_list("user", "delivery"))
    delivery = {user.pk: Delivery.AT_ONCE if told.always else chosen.get(user.pk, told.delivery) for user in people}
    if cannot_wait:
        delivery = {key: Delivery.AT_ONCE if how == Delivery.WEEKLY else how for key, how in delivery.items()}
    notifications = Notification.objects.bulk_create(
        Notification(
            recipient=user,
            kind=kind,
            subject_kind=about[0] if about else "",
            subject_id=about[1] if about else None,
            values=dict(values),
            created_at=now,
            awaits_digest=by_mail and delivery[user.pk] == Delivery.WEEKLY,
        )
        for user in people
    )
    for notification in notifications:
        if by_mail and delivery[notification.recipient_id] == Delivery.AT_ONCE:
            mails.at_once(notification, now=now)
    return notifications


@transaction.atomic
def mark_read(*, user: User, now: dt.datetime, public_id: uuid.UUID | None = None) -> int:
    """Marks one notification of `user`, or all of them, as read; the number that were unread."""
    mine = Notification.objects.of(user).unread()
    if public_id is not None:
        mine = mine.filter(public_id=public_id)
    return mine.update(read_at=now)


@transaction.atomic
def prefer(*, user: User, kind: str, delivery: Delivery) -> Preference:
    """How `user` wants to hear of `kind` from now on."""
    preference, _made = Preference.objects.select_for_update().get_or_create(
        user=user, kind=kind, defaults={"delivery": delivery}
    )
    preference.delivery = delivery
    preference.full_clean()
    preference.save()
    return preference


def unread_count(user: User) -> int:
    """For the bell: read together with the person of a request, else one query; none for a visitor."""
    if not user.is_authenticated:
        return 0
    known = getattr(user, UNREAD, None)
    return Notification.objects.of(user).unread().count() if known is None else known


def unread_of_reader() -> Combinable:
    """The same for the row of a User that is being read."""
    mine = Notification.objects.unread().filter(recipient=OuterRef("pk")).order_by().values("recipient")
    return Coalesce(Subquery(mine.values(number=Count("pk"))), 0)
