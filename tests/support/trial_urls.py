"""Addresses for `tests/test_support.py`: views that do what no view may."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from core.models import Space


@login_not_required
def write_on_get(request: HttpRequest) -> HttpResponse:
    Space.objects.update(name="Changé par une lecture")
    return HttpResponse("fait")


@login_not_required
def broken_page(request: HttpRequest) -> HttpResponse:
    """A page with an inline script, which the policy forbids, and a missing image."""
    return HttpResponse(
        '<!doctype html><html lang="fr"><title>Page</title><main><h1>Page</h1>'
        '<script>window.ran = true</script><img src="/absente.png"></main></html>'
    )


@login_not_required
def good_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<!doctype html><html lang="fr"><title>Page</title><main><h1>Page</h1></main></html>')


@csrf_exempt
@login_not_required
def fault(request: HttpRequest, token: str) -> HttpResponse:
    raise ValueError(f"no such person: {request.POST['name']} with {token}")


urlpatterns = [
    path("fault/<token>/", fault),
    path("write/", write_on_get),
    path("broken/", broken_page),
    path("good/", good_page),
]
