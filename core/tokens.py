"""Tokens that open something to whoever holds them: made here, shown once, kept as their digest alone."""

from __future__ import annotations

import hashlib
import secrets

_BYTES = 32


def new() -> str:
    return secrets.token_urlsafe(_BYTES)


def digest(token: str) -> str:
    """64 hexadecimal digits. No salt: a token is as random as its digest is long."""
    return hashlib.sha256(token.encode()).hexdigest()
