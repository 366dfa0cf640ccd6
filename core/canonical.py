"""One text for one content: canonical JSON and its SHA-256 (the idea of RFC 8785, without floating-point numbers).

Keys sorted by code point, no spaces, UTF-8, no escapes but those JSON requires. A float raises `TypeError`:
money is written as text, so that two machines never differ in a digit.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any


def canonical(value: Any) -> bytes:
    """The canonical bytes of `value` (dict, list, str, int, bool, None); text is normalised to NFC."""
    text = json.dumps(_checked(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def sha256(value: Any) -> str:
    """64 hexadecimal digits over `canonical(value)`."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _checked(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple):
        return [_checked(item) for item in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("Keys of canonical JSON are text.")
        return {unicodedata.normalize("NFC", key): _checked(item) for key, item in value.items()}
    raise TypeError(f"{type(value).__name__} has no canonical form; write it as text.")
