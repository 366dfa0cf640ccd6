"""Every component of the interface on one page, for those who build it; never in production."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.middleware import public


@public
def guide(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/style_guide.html")
