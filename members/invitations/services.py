"""Invitations: one open for a person, bound to the address, used once, over after `INVITATION_DAYS`."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import tokens
from core.accounts import rights
from core.accounts.models import User
from members.invitations import mails
from members.models import Invitation, Organisation, Position
from members.people.services import CLOSED_ACCOUNT, MANAGE, NAME_ADMINISTRATORS, add_person, save_position

PAUSE = dt.timedelta(minutes=5)  # between two mails to one person
MOST_A_DAY = 500  # mails of all who invite: a portal taken over does not become a sender of spam
CAME_ALREADY = _("This person has signed in already and needs no invitation.")
TOO_SOON = _("This person was sent an invitation less than five minutes ago.")
TOO_MANY = _("Today’s invitations are used up (500 mails in 24 hours): go on tomorrow.")
NOTHING_OPEN = _("No invitation of this person is open.")


class State(enum.Enum):
    """What a link is worth, for the page that it opens."""

    VALID = "valid"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


class Refused(Exception):
    """The link lets nobody in; `state` says why."""

    def __init__(self, state: State) -> None:
        super().__init__(state.value)
        self.state = state


@transaction.atomic
def invite(
    *, person: User, by: User, now: dt.datetime, permission: str = MANAGE, about: Organisation | None = None
) -> Invitation:
    """Mails a link to the person's address; links made before lead nowhere any more.

    `permission` of `about` is another right by which somebody may be invited: who replaces a person may invite the
    successor. Raises `PermissionRefused`, and `ValidationError` for somebody who came already, too soon or too many a day.
    """
    stored = _invitable(person, by, permission, about)
    if stored.invitations.filter(by_mail=True, created_at__gt=now - PAUSE).exists():
        raise ValidationError(TOO_SOON)
    if Invitation.objects.filter(by_mail=True, created_at__gt=now - dt.timedelta(days=1)).count() >= MOST_A_DAY:
        raise ValidationError(TOO_MANY)
    invitation, token = _new(stored, by, by_mail=True, now=now)
    mails.send(invitation, link=address_of(token), now=now)
    return invitation


@transaction.atomic
def bring_in(
    *,
    by: User,
    email: str,
    first_name: str,
    last_name: str,
    language: str,
    position: Position,
    send: bool,
    now: dt.datetime,
    **dates_and_role: Any,
) -> User:
    """Somebody new: named, placed by `position` (see `save_position`) and, where `send`, invited; all or nothing.

    Raises `PermissionRefused`, `ValidationError`.
    """
    person = add_person(by=by, email=email, first_name=first_name, last_name=last_name, language=language)
    position.user = person
    save_position(position=position, by=by, **dates_and_role)
    if send:
        invite(person=person, by=by, now=now)
    return person


@transaction.atomic
def copy_link(*, person: User, by: User, now: dt.datetime) -> str:
    """A link to hand over by other means, shown once; whoever opens it still needs a code from the person's mailbox.

    Raises `PermissionRefused`, `ValidationError`.
    """
    _invitation, token = _new(_invitable(person, by), by, by_mail=False, now=now)
    return address_of(token)


@transaction.atomic
def revoke(*, person: User, by: User, now: dt.datetime) -> None:
    """The open link leads nowhere any more. Raises `PermissionRefused`, `ValidationError` where there is none."""
    rights.check_for_writing(by, MANAGE)
    if not person.invitations.open().update(ended_at=now):
        raise ValidationError(NOTHING_OPEN)


def state_of(token: str, *, now: dt.datetime) -> tuple[State, Invitation | None]:
    """What the link of `token` is worth, and the invitation where it is known."""
    invitation = Invitation.objects.select_related("user", "invited_by").filter(token_hash=tokens.digest(token)).first()
    return (State.UNKNOWN, None) if invitation is None else (_state(invitation, now), invitation)


@transaction.atomic
def accept(*, token: str, now: dt.datetime) -> Invitation:
    """Uses the link up. One that came by mail proves the address; the caller signs its person in. Raises `Refused`."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(token_hash=tokens.digest(token))
        .first()
    )
    state = State.UNKNOWN if invitation is None else _state(invitation, now)
    if invitation is None or state is not State.VALID:
        raise Refused(state)
    if invitation.by_mail:
        invitation.accepted_at = now
        invitation.save(update_fields=["accepted_at"])
        EmailAddress.objects.filter(user=invitation.user, email=invitation.email).update(verified=True)
    return invitation


def address_of(token: str) -> str:
    return settings.BASE_URL + reverse("members:invitation", args=[token])


def _invitable(person: User, by: User, permission: str = MANAGE, about: Organisation | None = None) -> User:
    rights.check_for_writing(by, permission, about)
    stored = User.objects.select_for_update().get(pk=person.pk)
    if stored.is_staff:  # whoever comes in by it administers the portal
        rights.check(by, NAME_ADMINISTRATORS)
    if not stored.may_enter:
        raise ValidationError(CLOSED_ACCOUNT)
    if stored.last_login is not None:
        raise ValidationError(CAME_ALREADY)
    return stored


def _new(person: User, by: User, *, by_mail: bool, now: dt.datetime) -> tuple[Invitation, str]:
    person.invitations.open().update(ended_at=now, replaced=True)
    token = tokens.new()
    invitation = Invitation(
        user=person,
        email=person.email,
        by_mail=by_mail,
        invited_by=by,
        token_hash=tokens.digest(token),
        created_at=now,
        expires_at=now + dt.timedelta(days=settings.INVITATION_DAYS),
    )
    invitation.full_clean()
    invitation.save(force_insert=True)
    return invitation, token


def _state(invitation: Invitation, now: dt.datetime) -> State:
    user = invitation.user
    if not user.may_enter or user.email != invitation.email:
        return State.REVOKED
    if invitation.accepted_at is not None or user.last_login is not None:
        return State.USED
    if invitation.ended_at is not None:
        return State.REPLACED if invitation.replaced else State.REVOKED
    return State.VALID if invitation.expires_at > now else State.EXPIRED
