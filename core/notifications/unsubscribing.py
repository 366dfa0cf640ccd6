"""Out of a kind of mail in one click, from the mail program itself: the headers of RFC 8058, and what they lead to.

The address holds for whom and for what, signed by the portal: nothing is kept, and whoever has it can do nothing else.
What the person was told stays in the portal; the choice is changed there again at any time.
"""

from __future__ import annotations

import base64
import binascii
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from core.accounts.models import User
from core.notifications import kinds, services
from core.notifications.enums import Delivery
from core.notifications.kinds import DIGEST, Kind
from core.notifications.models import Notification, Preference

_SALT = "core.notifications.unsubscribing"
_PERSON, _SIGNATURE = 32, 64  # hexadecimal digits


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
    name = base64.urlsafe_b64encode(kind.encode()).decode().rstrip("=")
    return user.public_id.hex + name + _signature(user.public_id.hex, kind)


def find(token: str) -> Unsubscription | None:
    """What a token stands for; None where it was not made here, or whose it was is gone."""
    person, name, signature = token[:_PERSON], token[_PERSON:-_SIGNATURE], token[-_SIGNATURE:]
    try:
        kind = base64.urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    if not constant_time_compare(_signature(person, kind), signature):
        return None
    user = User.objects.filter(public_id=uuid.UUID(person), is_active=True).first()
    return Unsubscription(user, kind) if user else None


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


def _signature(person: str, kind: str) -> str:
    return salted_hmac(_SALT, f"{person} {kind}", algorithm="sha256").hexdigest()
