"""Addresses that people or their browsers hand over, checked as addresses."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def own_path(text: str, request: HttpRequest) -> str:
    """`text` where it is a path of this portal, else "".

    It begins with "/": what does not, Django's `redirect()` would take for the name of a view or for a part of an address.
    """
    known = text.startswith("/") and url_has_allowed_host_and_scheme(text, None, require_https=request.is_secure())
    return text if known else ""
