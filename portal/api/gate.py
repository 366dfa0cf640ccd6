"""What every open answer passes: rate limit by address, ETag, CORS, licence."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page

LICENCE_NAME = "Licence Ouverte 2.0"
LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
SECONDS = 60  # `settings.OPEN_DATA_REQUESTS` from one address in so many seconds
FRESH = 300  # seconds an answer may be kept by a browser or a proxy
LANGUAGE = "fr"  # whatever a reader chose for pages: what a cookie changes may not be kept for others
METHODS = "GET, HEAD, OPTIONS"

View = Callable[..., HttpResponseBase]


def problem(status: int, message: str, **more: Any) -> JsonResponse:
    """An error as JSON: {"error": {"status", "message", …}}."""
    body = {"error": {"status": status, "message": message, **more}}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def spent(address: str) -> int:
    """Seconds to wait before the next request from `address`; 0 where it may ask now. Without a cache nobody waits."""
    window, into = divmod(int(time.time()), SECONDS)
    key = f"api:{address}:{window}"
    cache.add(key, 0, SECONDS)
    try:
        number = cache.incr(key)
    except ValueError:  # it ran out between the two
        number = 1
    return SECONDS - into if number > settings.OPEN_DATA_REQUESTS else 0


def opened(view: View) -> View:
    """`view` as open data: public, limited, cacheable, readable by pages of other sites. It never sees who asks."""
    answer = conditional_page(view)

    @login_not_required
    @wraps(view, assigned=("__name__", "__doc__"), updated=())
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            response: HttpResponseBase = HttpResponse(status=HTTPStatus.NO_CONTENT)
            response["Access-Control-Max-Age"] = "86400"
        elif request.method not in ("GET", "HEAD"):
            response = problem(405, _("This address is only read."))
        elif wait := spent(get_adapter().get_client_ip(request)):
            response = problem(
                429, _("Too many requests from this address: try again in %(seconds)s seconds.") % {"seconds": wait}
            )
            response["Retry-After"] = str(wait)
        else:
            with translation.override(LANGUAGE):
                response = _asked(answer, request, *args, **kwargs)
        return _marked(response)

    gated.csrf_exempt = True  # nothing is written; a POST is told so as JSON
    return gated


def _asked(answer: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """The answer; to HEAD its headers alone."""
    head, request.method = request.method == "HEAD", "GET"
    response = answer(request, *args, **kwargs)
    if head and not response.streaming:
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    elif head:
        response.close()
        response.streaming_content = []
    return response


def _marked(response: HttpResponseBase) -> HttpResponseBase:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "If-None-Match, Content-Type"
    response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Content-Language"] = LANGUAGE
    response["Link"] = f'<{LICENCE_URL}>; rel="license"'
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        response["Allow"] = METHODS
    response["Cache-Control"] = f"public, max-age={FRESH}" if response.status_code in (200, 304) else "no-store"
    return response
