"""An address that names a double leads on to what is kept of it, whatever the page."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from members.merging.services import kept_of

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
    match, query, moved = request.resolver_match, request.GET.copy(), False
    if match is None:
        return None
    values = dict(match.kwargs)
    if "slug" in values and (kept := kept_of(values["slug"])):
        values["slug"], moved = kept.slug, True
    for name in query:
        given = query.getlist(name)
        found = [(kept_of(value) if value.isascii() and len(value) <= 80 else None) for value in given[:5]]
        if any(found):
            led = [kept.slug if kept else value for kept, value in zip(found, given, strict=False)]
            query.setlist(name, [*led, *given[5:]])
            moved = True
    if not moved:
        return None
    return reverse(match.view_name, args=match.args, kwargs=values) + (f"?{query.urlencode()}" if query else "")
