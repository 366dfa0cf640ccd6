"""The cache may be away, full, closed to us or read-only: the portal then works as if every look-up missed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError, TimeoutError as RedisTimeout

from core import metrics

logger = logging.getLogger(__name__)


_PAUSE = 5.0  # seconds during which a Redis that does not answer is not asked again by this process
_silent_until = 0.0


def _forgiving(name: str, otherwise: Callable[..., Any]) -> Callable[..., Any]:
    def method(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        global _silent_until
        if time.monotonic() < _silent_until:
            return otherwise(*args, **kwargs)
        try:
            return getattr(RedisCache, name)(self, *args, **kwargs)
        except RedisError as error:
            if isinstance(error, RedisTimeout):  # it hangs: a second is lost once, not at each of a page's look-ups
                _silent_until = time.monotonic() + _PAUSE
            logger.warning("The cache does not serve: %s", error)
            metrics.cache_failed()
            return otherwise(*args, **kwargs)

    method.__name__ = name
    return method


class ForgivingRedisCache(RedisCache):
    get = _forgiving("get", lambda key, default=None, version=None: default)
    get_many = _forgiving("get_many", lambda keys, version=None: {})
    add = _forgiving("add", lambda *args, **kwargs: True)
    set = _forgiving("set", lambda *args, **kwargs: None)
    set_many = _forgiving("set_many", lambda *args, **kwargs: [])
    incr = _forgiving("incr", lambda *args, **kwargs: 1)
    touch = _forgiving("touch", lambda *args, **kwargs: False)
    has_key = _forgiving("has_key", lambda *args, **kwargs: False)
    delete = _forgiving("delete", lambda *args, **kwargs: False)
    delete_many = _forgiving("delete_many", lambda *args, **kwargs: None)
    clear = _forgiving("clear", lambda *args, **kwargs: None)


def forget_silence() -> None:
    """Asks Redis again at once; for tests."""
    global _silent_until
    _silent_until = 0.0


def trouble() -> str:
    """What keeps the cache from storing, in Redis' own words; "" where it stores.

    Asking whether it answers is not enough: a full one answers, and so does one that became read-only.
    """
    try:
        caches["default"]._cache.get_client().set("portal:health", "1", ex=60)
    except RedisError as error:
        return str(error) or type(error).__name__
    return ""
