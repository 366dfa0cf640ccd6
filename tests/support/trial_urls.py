"""Addresses for `tests/test_support.py`: views that do what no view may."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from core.models import Space
from core.web.access import public


@public
def write_on_get(request: HttpRequest) -> HttpResponse:
    Space.objects.update(name="Changé par une lecture")
    return HttpResponse("fait")


@public
def broken_page(request: HttpRequest) -> HttpResponse:
    """A page with an inline script, which the policy forbids, and a missing image."""
    return HttpResponse(
        '<!doctype html><html lang="fr"><title>Page</title><main><h1>Page</h1>'
        '<script>window.ran = true</script><img src="/absente.png"></main></html>'
    )


@public
def good_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<!doctype html><html lang="fr"><title>Page</title><main><h1>Page</h1></main></html>')


urlpatterns = [
    path("write/", write_on_get),
    path("broken/", broken_page),
    path("good/", good_page),
]
