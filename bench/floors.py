"""The floors: what the same machine does at the very least.

`MIDDLEWARE` is the minimal chain of the bare views: the security headers and Django's common middleware.
The plain view reads 50 rows and renders a plain template, with the same chain. Both are addressed here.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
_PLAIN = Engine().from_string(
    "<!doctype html><html><head><title>Sessions</title></head><body><ul>"
    '{% for row in rows %}<li><a href="/{{ row.number }}/">{{ row.number }}. {{ row.title }}</a> {{ row.place }}</li>'
    "{% endfor %}</ul></body></html>"
)


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def plain(request: HttpRequest) -> HttpResponse:
    """50 rows of the table that the session list reads, newest first."""
    from sessions_app.models import Session

    rows = list(Session.objects.order_by("-number")[:50])
    return HttpResponse(_PLAIN.render(Context({"rows": rows})))


urlpatterns = [path("bare/", bare), path("plain/", plain)]
