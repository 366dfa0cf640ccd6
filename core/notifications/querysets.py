"""Reads of mails and notifications."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from core.notifications.enums import HELD, MailState

if TYPE_CHECKING:
    from core.accounts.models import User

FORGOTTEN_AFTER = dt.timedelta(seconds=60)  # a queued number the broker has not delivered by then is handed over again

SECRETS_KEPT = dt.timedelta(days=1)  # in a mail that was refused or is uncertain; until then it may be sent again


class OutboxQuerySet(models.QuerySet):
    def due(self, now: dt.datetime) -> OutboxQuerySet:
        """Waiting, and not put off to a later attempt."""
        return self.filter(Q(not_before__isnull=True) | Q(not_before__lte=now), state=MailState.QUEUED)

    def forgotten(self, now: dt.datetime) -> OutboxQuerySet:
        """Due, but not handed to the broker lately: it was away, emptied or restarted."""
        return self.due(now).filter(Q(queued_at__isnull=True) | Q(queued_at__lte=now - FORGOTTEN_AFTER))

    def abandoned(self, now: dt.datetime) -> OutboxQuerySet:
        """Held by a worker whose lease ran out."""
        return self.filter(state__in=HELD, lease_until__lte=now)

    def stale_secrets(self, now: dt.datetime) -> OutboxQuerySet:
        """Nobody knows whether they arrived, and what they carry is too old to be of use."""
        return self.filter(
            state__in=(MailState.FAILED, MailState.UNCERTAIN),
            holds_secret=True,
            created_at__lte=now - SECRETS_KEPT,
        )

    def newest_first(self) -> OutboxQuerySet:
        return self.order_by("-created_at", "-pk")

    def for_list(self) -> OutboxQuerySet:
        return self.newest_first().defer("html", "attachments", "headers")

    def counts(self) -> dict[str, int]:
        """Number of mails in each state that occurs."""
        return dict(self.order_by().values_list("state").annotate(number=Count("pk")))


class NotificationQuerySet(models.QuerySet):
    def of(self, user: User) -> NotificationQuerySet:
        return self.filter(recipient=user)

    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at__isnull=True)

    def newest_first(self) -> NotificationQuerySet:
        return self.order_by("-created_at", "-pk")

    def for_digest(self, until: dt.datetime) -> NotificationQuerySet:
        """What waits for the digest that is due at `until`."""
        return self.filter(awaits_digest=True, created_at__lt=until)
