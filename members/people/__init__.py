"""Who speaks for organisations today: the people to be told of something."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from core.accounts.models import User
from core.db.periods import today
from members.models import Membership, Organisation, Position


def acting_people(organisations: Iterable[Organisation] | QuerySet, now: dt.datetime) -> QuerySet[User]:
    """Representatives and substitutes, today, of `organisations`, by name."""
    positions = Position.objects.running(now).acting().filter(user=OuterRef("pk"), organisation__in=organisations)
    return User.objects.filter(Exists(positions), is_active=True).by_name()


def member_people(now: dt.datetime) -> QuerySet[User]:
    """Representatives and substitutes, today, of every organisation that is a member today."""
    return acting_people(Membership.objects.on(today(now)).values("organisation"), now)


def readers(now: dt.datetime) -> QuerySet[User]:
    """Who can open the portal today as a member: signed in at least once, and in position at a member organisation."""
    members = Membership.objects.on(today(now)).values("organisation")
    positions = Position.objects.running(now).filter(user=OuterRef("pk"), organisation__in=members)
    return User.objects.filter(Exists(positions), is_active=True, last_login__isnull=False)


def in_charge_of(author: User, organisation: Organisation | None, now: dt.datetime) -> list[User]:
    """Who hears what becomes of something that `author` wrote for `organisation`: those who act for it once he or she left."""
    acting = list(acting_people([organisation], now)) if organisation else []
    return acting if acting and author not in acting else [author]
