"""The legal pages: who publishes, what is kept of people, how accessible the portal is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.middleware import public


@public
def notice(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/legal_notice.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html")


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")
