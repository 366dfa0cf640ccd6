"""How a feed or a calendar is answered to a program: by whom it is read, with an ETag, in nobody else's cache."""

from __future__ import annotations

import hashlib

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from core.accounts.models import User
from sessions_app.calendars import keys

KEY = "jeton"


def reader_of(request: HttpRequest) -> User | HttpResponse:
    """Who reads: the person signed in, else the owner of the key; without either one signs in."""
    if request.user.is_authenticated:
        return request.user
    key = request.GET.get(KEY, "")
    return (keys.owner(key) if key else None) or redirect_to_login(request.get_full_path())


def answer(request: HttpRequest, content: bytes, content_type: str, *, file: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(content, content_type=content_type)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = f'inline; filename="{file}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
