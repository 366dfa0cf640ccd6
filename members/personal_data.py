"""What the directory holds about a person: positions, invitations, a request for access."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.db.periods import today
from core.lifecycle import erasure, export, retention
from core.lifecycle.retention import Holding
from core.partial_dates import day
from members.models import AccessRequest, Invitation, Position, RequestState

_OF_AN_ORGANISATION = "Says what an organisation is; a person named in it asks by the form for requests."


_KEEPERS = _("The people who animate the space; administrators.")
POSITIONS = Holding(
    key="positions",
    what=_("Positions in organisations, with their dates"),
    whose=_("Representatives, substitutes and observers of member organisations"),
    why=_("Your rights follow from them."),
    basis=retention.INTEREST,
    readers=_("Members."),
    until=retention.AS_THE_REGISTER,
    order=50,
)


def forget_requests(before: dt.datetime, now: dt.datetime) -> int:
    return AccessRequest.objects.exclude(state=RequestState.OPEN).filter(answered_at__lt=before).delete()[0]


REQUESTS = Holding(
    key="access_requests",
    what=_("Requests for access: name, organisation, address, reason"),
    whose=_("Visitors who ask for access"),
    why=_("To answer whoever asks to come in."),
    basis=retention.INTEREST,
    readers=_KEEPERS,
    until=_("%(period)s after they were answered."),
    order=80,
    days=retention.YEAR,
    least=retention.MONTH,
    purge=forget_requests,
)


def forget_invitations(before: dt.datetime, now: dt.datetime) -> int:
    """Those that were used, ended, or whose time is over."""
    lapsed = Q(accepted_at=None, ended_at=None, expires_at__lt=before)
    return Invitation.objects.filter(Q(accepted_at__lt=before) | Q(ended_at__lt=before) | lapsed).delete()[0]


INVITATIONS = Holding(
    key="invitations",
    what=_("Invitations: address, by whom, when"),
    whose=_("People who are invited"),
    why=_("To know who was invited and has not come."),
    basis=retention.INTEREST,
    readers=_KEEPERS,
    until=_("%(period)s after they were used or have ended."),
    order=70,
    days=retention.YEAR,
    least=retention.MONTH,
    purge=forget_invitations,
)


def positions_not_over(user: Any, now: dt.datetime) -> Iterator[erasure.Obstacle]:
    """Somebody takes the place first, or the organisation loses its voice without a word."""
    for position in _not_over(user, now).select_related("organisation"):
        if position.runs_on(today(now)):
            told = _("A position is running at %(organisation)s: end it, or let somebody take it over, first.")
        else:
            told = _("A position is about to begin at %(organisation)s: take it back first.")
        yield erasure.Obstacle(
            told % {"organisation": position.organisation.name},
            reverse("members:position-edit", args=[user.public_id, position.public_id]),
            _("Change or end"),
        )


def end_positions(user: Any, now: dt.datetime) -> None:
    """After a restore: those that run end today, those to come are taken back."""
    for position in _not_over(user, now):
        if position.period.lower < today(now):
            position.set_dates(position.since, day(today(now)))
            position.save()
        else:
            position.delete()


def _not_over(user: Any, now: dt.datetime) -> QuerySet[Position]:
    ends_later = Q(period__endswith=None) | Q(period__endswith__gt=today(now))
    return Position.objects.filter(ends_later, user=user).order_by("period", "pk")


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    for holding in (POSITIONS, REQUESTS, INVITATIONS):
        retention.register(holding)
    erasure.obstacle(positions_not_over)
    erasure.settle(end_positions)
    erasure.remove(AccessRequest, by=("person",), rows=requests_to_erase, texts=("why",))
    erasure.remove(Invitation, by=("user",))
    erasure.keep(
        "members.Position.user",
        "members.Invitation.invited_by",
        "members.AccessRequest.answered_by",
        ground=_("Who spoke for an organisation, and when, is the register of the space; the name goes."),
    )
    export.register(Position, by=("user",))
    export.register(
        Invitation,
        by=("user",),
        without={"token_hash": "Would let somebody in.", "invited_by": "What one sent holds other people’s addresses."},
    )
    export.register(
        AccessRequest,
        by=("person",),
        rows=requests,
        without={"answered_by": "What one answered is other people’s words."},
    )
    export.leave_out("members.Organisation", "members.EngineeringScheme", why=_OF_AN_ORGANISATION)
    export.leave_out("members.Competence", why="A word of the list of competences, chosen by organisations.")


def requests(user: Any) -> QuerySet:
    """By which one came in. Of any other nobody can say that its address was this person's."""
    return AccessRequest.objects.filter(person=user)


def requests_to_erase(user: Any) -> QuerySet:
    """Also those that led to nobody and came from an address that is this person's today."""
    addresses = EmailAddress.objects.filter(user=user).values("email")
    unknown = Q(person=None) & (Q(email__iexact=user.email) | Q(email__in=addresses))
    return AccessRequest.objects.filter(Q(person=user) | unknown)
