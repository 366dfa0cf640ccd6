"""How a feed or a calendar is answered to a program: by whom it is read, with an ETag, in nobody else's cache."""

from __future__ import annotations

import hashlib

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from core.accounts.models import User
from sessions_app.calendars import keys

KEY = "jeton"


def reader_of(request: HttpRequest) -> User | HttpResponse:
    """Who reads: the person signed in, else the owner of the key; without either one signs in.

    A key that opens nothing any more is told as such: a program would take a page of signing in for an empty calendar.
    """
    if request.user.is_authenticated:
        return request.user
    if KEY not in request.GET:
        return redirect_to_login(request.get_full_path())
    if reader := keys.owner(request.GET[KEY]):
        return reader
    raise Http404(_("This address was renewed or switched off: subscribe again from the portal."))


def answer(request: HttpRequest, content: bytes, content_type: str, *, file: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(content, content_type=content_type)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = f'inline; filename="{file}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
