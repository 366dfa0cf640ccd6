"""How often one person or one network address may ask for what costs something: counted in the cache, a window at a time."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

SECONDS = 60


def seconds_to_wait(key: str, *, most: int) -> int:
    """Seconds until `key` may ask again; 0 where it may ask now, at most `most` times a minute. Without a cache nobody waits."""
    window, into = divmod(int(time.time()), SECONDS)
    counter = f"{key}:{window}"
    cache.add(counter, 0, SECONDS)
    try:
        number = cache.incr(counter)
    except ValueError:  # it ran out between the two
        number = 1
    return SECONDS - into if number > most else 0


def asker(request: HttpRequest) -> str:
    """The person who asks, or the network address of a visitor."""
    return f"user-{request.user.pk}" if request.user.is_authenticated else get_adapter().get_client_ip(request)
