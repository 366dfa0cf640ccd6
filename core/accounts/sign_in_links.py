"""A link that signs its reader in, once, within the hour: how the first administrator of a space comes in.

It is printed where the portal is installed, never mailed: whoever runs commands there owns the space anyway, so the
link also stands for the second factor that was lost. Its address shows a page with one POST button.
"""

from __future__ import annotations

import datetime as dt
import enum

from allauth.account.models import EmailAddress
from django.db import transaction

from core.accounts import personal_links
from core.accounts.models import User

SCOPE = "accounts.sign_in"
VALID_FOR = dt.timedelta(hours=1)


class LinkState(enum.Enum):
    VALID = "valid"
    USED = "used"
    EXPIRED = "expired"
    REPLACED = "replaced"  # a newer one was asked for
    UNKNOWN = "unknown"


class SignInLinkRefused(Exception):
    """The link signs nobody in; `state` says why."""

    def __init__(self, state: LinkState) -> None:
        super().__init__(state.value)
        self.state = state


@transaction.atomic
def issue(*, user: User, now: dt.datetime) -> str:
    """A token for `user`; links asked for before lead nowhere any more."""
    personal_links.revoke(user=user, scope=SCOPE, now=now)
    about = ("account", user.public_id)
    return personal_links.issue(user=user, scope=SCOPE, about=about, expires_at=now + VALID_FOR, now=now)


def state_of(token: str, *, now: dt.datetime) -> tuple[LinkState, User | None]:
    """What the link of `token` is worth, and whose it is."""
    link = personal_links.by_token(token, scope=SCOPE)
    return (_state(link, now), link.user) if link is not None else (LinkState.UNKNOWN, None)


@transaction.atomic
def redeem(*, token: str, now: dt.datetime) -> User:
    """Uses the link up and returns whom it signs in, whose address counts as confirmed. Raises `SignInLinkRefused`."""
    found = personal_links.by_token(token, scope=SCOPE)
    if found is None:
        raise SignInLinkRefused(LinkState.UNKNOWN)
    link = personal_links.PersonalLink.objects.select_for_update().get(pk=found.pk)  # of two at once one comes in
    state = _state(link, now)
    if state is not LinkState.VALID:
        raise SignInLinkRefused(state)
    personal_links.note_use(link=link, now=now)
    EmailAddress.objects.filter(user=link.user, email=link.user.email).update(verified=True)
    return link.user


def _state(link: personal_links.PersonalLink, now: dt.datetime) -> LinkState:
    if not link.user.may_enter:
        return LinkState.UNKNOWN
    if link.used_at is not None:
        return LinkState.USED
    if link.revoked_at is not None:
        return LinkState.REPLACED
    return LinkState.VALID if link.expires_at > now else LinkState.EXPIRED
