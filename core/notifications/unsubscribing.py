"""Out of a kind of mail in one click, from the mail program itself: the headers of RFC 8058, and what they lead to.

The address holds for whom and for what, signed by the portal: nothing is kept, and whoever has it can do nothing else.
What the person was told stays in the portal; the choice is changed there again at any time.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from core.accounts.models import User
from core.notifications import kinds, services
from core.notifications.enums import Delivery
from core.notifications.kinds import DIGEST, Kind
from core.notifications.models import Notification, Preference

_SALT = "core.notifications.unsubscribing"
_PERSON, _SIGNATURE = 32, 43  # signs of a person's identifier, and of a signature by SHA-256


@dataclass(frozen=True)
class Unsubscription:
    """Of whom, and of which kinds: one, or all that this person has in the weekly mail."""

    user: User
    kind: str

    @property
    def label(self) -> str:
        return str(kinds.label_of_mail(self.kind))


def headers(user: User, kind: str) -> dict[str, str]:
    """For a mail of `kind`; none for what is told whatever a person prefers."""
    if kinds.kind(kind).always:
        return {}
    address = settings.BASE_URL + reverse("notifications:unsubscribe", args=[token_of(user, kind)])
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def token_of(user: User, kind: str) -> str:
    value = user.public_id.hex + urlsafe_base64_encode(kind.encode())
    return value + _signer().signature(value)


def find(token: str) -> Unsubscription | None:
    """What a token stands for; None where it was not made here, or whose it was is gone."""
    value, signature = token[:-_SIGNATURE], token[-_SIGNATURE:]
    try:
        _signer().unsign(f"{value}:{signature}")
    except BadSignature:
        return None
    person, kind = value[:_PERSON], urlsafe_base64_decode(value[_PERSON:]).decode()
    user = User.objects.filter(public_id=uuid.UUID(person), is_active=True).first()
    return Unsubscription(user, kind) if user else None


def _signer() -> Signer:
    """Takes the portal's former keys as well: a mail lives longer than a key."""
    return Signer(salt=_SALT)


@transaction.atomic
def carry_out(asked: Unsubscription) -> None:
    """The portal alone tells of it from now on; what waits for the weekly mail goes with the choice."""
    names = [kind.name for kind in _weekly_of(asked.user)] if asked.kind == DIGEST else [asked.kind]
    for name in names:
        services.prefer(user=asked.user, kind=name, delivery=Delivery.NEVER)
    Notification.objects.of(asked.user).filter(kind__in=names, awaits_digest=True).update(awaits_digest=False)


def _weekly_of(user: User) -> list[Kind]:
    chosen = dict(Preference.objects.filter(user=user).values_list("kind", "delivery"))
    return [kind for kind in kinds.registered() if chosen.get(kind.name, kind.delivery) == Delivery.WEEKLY]
