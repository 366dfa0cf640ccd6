"""Keys of personal feeds: made, renewed, switched off. A key is shown once and stands nowhere in the database."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.functional import Promise

from core import tokens
from core.accounts import rights
from core.accounts.models import User
from sessions_app.models import FeedKey

READ = "sessions_app.view_session"
Text = str | Promise
_feeds: list[tuple[Text, str]] = []  # (label, name of the address) of the news feeds that a key opens


def register_feed(label: Text, url_name: str) -> None:
    """A feed whose address is told with the key; called from `AppConfig.ready()`. It asks its right itself."""
    if (label, url_name) not in _feeds:
        _feeds.append((label, url_name))


def feeds() -> list[tuple[Text, str]]:
    return list(_feeds)


@transaction.atomic
def renew(*, user: User, now: dt.datetime) -> str:
    """A new key; the one before opens nothing any more. Raises `PermissionRefused`."""
    rights.check_for_writing(user, READ)
    key = tokens.new()
    FeedKey.objects.update_or_create(user=user, defaults={"key_hash": tokens.digest(key), "created_at": now})
    return key


@transaction.atomic
def switch_off(*, user: User) -> None:
    FeedKey.objects.filter(user=user).delete()


def owner(key: str) -> User | None:
    """Whose key it is, while the account is open; what he or she may read is asked afterwards."""
    found = (
        FeedKey.objects.filter(key_hash=tokens.digest(key), user__in=User.objects.may_enter())
        .select_related("user")
        .first()
    )
    return found.user if found else None
