"""Addresses of the open data: every one passes the gate."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from portal.api.gate import LICENCE_NAME, LICENCE_URL, opened, problem
from portal.api.v1 import api

app_name = "api"


def index(request: HttpRequest) -> HttpResponse:
    """What there is to read."""
    names = ("initiatives", "programmes", "sessions", "minutes-list", "watch", "openapi-json")
    body = {name: f"{settings.BASE_URL}{reverse(f'api:{name}')}" for name in names}
    return JsonResponse({"licence": LICENCE_NAME, "licence_url": LICENCE_URL, **body})


def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    return problem(404, _("There is nothing at this address."))


def _gated(pattern: URLPattern) -> URLPattern:
    pattern.callback = opened(pattern.callback)
    return pattern


urlpatterns = [
    path("", opened(index), name="api-root"),  # ninja looks for this name
    *(_gated(pattern) for pattern in api.urls[0] if pattern.name != "api-root"),
    path("<path:rest>", opened(nothing), name="nothing"),
]
