"""An address that names a double leads on to what is kept of it, whatever the page."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from members.merging.addresses import kept_slugs, renamed, values_of

MISSED = (HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST)  # of a page, and of a filter that knows the value no more


class MergedOrganisationMiddleware:
    """Asks only where a page was missed, so that nothing else costs a query. The page that follows asks the right."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method in ("GET", "HEAD") and response.status_code in MISSED and request.user.is_authenticated:
            address = _led_on(request)
            if address is not None:
                return HttpResponsePermanentRedirect(address)
        return response


def _led_on(request: HttpRequest) -> str | None:
    match, query = request.resolver_match, request.GET
    if match is None:
        return None
    words = {name: value for name, value in match.kwargs.items() if isinstance(value, str)}
    slugs = kept_slugs([*words.values(), *values_of(query)])
    led = renamed(query, slugs)
    values = match.kwargs | {name: slugs.get(value, value) for name, value in words.items()}
    if led is query and values == match.kwargs:
        return None
    return reverse(match.view_name, args=match.args, kwargs=values) + (f"?{led.urlencode()}" if led else "")
