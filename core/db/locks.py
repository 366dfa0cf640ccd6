"""Advisory locks of one transaction, by name; they end with the transaction and need no right on any table."""

from __future__ import annotations

import hashlib

from django.db import connection


def _key(name: str) -> int:
    """A stable signed 64-bit number for `name`."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


def hold_shared(name: str) -> None:
    """Waits while somebody holds `name` exclusively; many may hold it shared."""
    _lock("pg_advisory_xact_lock_shared", name)


def hold_exclusive(name: str) -> None:
    """Waits until nobody else holds `name` in any way."""
    _lock("pg_advisory_xact_lock", name)


def _lock(function: str, name: str) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError(f"The lock {name!r} ends with its transaction: take it inside atomic().")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_key(name)])
