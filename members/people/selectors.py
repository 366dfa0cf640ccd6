"""Everybody the portal knows, as those see it who look after people."""

from __future__ import annotations

import datetime as dt

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Prefetch, Q, QuerySet, Subquery

from core.accounts.models import User
from members.models import Invitation, Position


def people(now: dt.datetime) -> QuerySet[User]:
    """By name, each with `positions_today` and with what became of the newest invitation."""
    newest = Invitation.objects.filter(user=OuterRef("pk")).order_by("-created_at", "-pk")
    standing = newest.filter(accepted_at=None, ended_at=None)
    today = Position.objects.running(now)
    return (
        User.objects.by_name()
        .annotate(
            invited_until=Subquery(newest.values("expires_at")[:1]),
            is_invited=Exists(standing.filter(expires_at__gt=now)),
            holds_position=Exists(today.filter(user=OuterRef("pk"))),
        )
        .annotate(
            is_expired=ExpressionWrapper(
                Q(invited_until__isnull=False) & Q(is_invited=False) & Q(last_login=None), BooleanField()
            )
        )
        .prefetch_related(
            Prefetch(
                "positions",
                today.select_related("organisation").order_by("role", "pk"),
                to_attr="positions_today",
            )
        )
    )
