"""E-mail addresses: one way of writing each, and one owner.

Whoever is named to the portal owns the address of the invitation before ever signing in: it stands in `User.email`
and, kept in step here, among the addresses that allauth signs in by. An index of the database (migration
`accounts.0002`) lets no second account have it, whatever its case.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.db import models

if TYPE_CHECKING:
    from core.accounts.models import User

_ENCODED = "xn--"  # begins a part of a domain that is written in ASCII for older mail servers


def normal(email: str) -> str:
    """The one way of writing `email`: small letters, composed accents, a domain in its own script.

    What stands before the @ stays as it is but for case: `anne+portail@` is another mailbox than `anne@`.
    """
    local, at, domain = unicodedata.normalize("NFC", email.strip()).lower().rpartition("@")
    return local + at + ".".join(_own_script(part) for part in domain.split("."))


def _own_script(part: str) -> str:
    if not part.startswith(_ENCODED):
        return part
    try:
        return part.encode("ascii").decode("idna")
    except UnicodeError:  # not what it claims to be: it stays as it was typed
        return part


def owner_id(email: str) -> int | None:
    """The number of the person to whom `email` (in its normal form) belongs, confirmed or not."""
    from core.accounts.models import User

    address = EmailAddress.objects.filter(email__iexact=email).values_list("user_id", flat=True).first()
    return address or User.objects.filter(email__iexact=email).values_list("pk", flat=True).first()


def keep_in_step(sender: type[User], instance: User, created: bool, raw: bool, **kwargs: Any) -> None:
    """After a person is saved: the address stands among those of sign-in, to be confirmed by the first correct code."""
    changed: frozenset[str] | None = kwargs.get("update_fields")
    if raw or not (created or changed is None or "email" in changed):
        return
    own = EmailAddress.objects.filter(user=instance)
    if not own.filter(email=instance.email).exists():
        EmailAddress.objects.create(
            user=instance, email=instance.email, primary=not own.filter(primary=True).exists(), verified=False
        )


def connect() -> None:
    from core.accounts.models import User

    models.signals.post_save.connect(keep_in_step, sender=User, dispatch_uid="address-of-a-person")
