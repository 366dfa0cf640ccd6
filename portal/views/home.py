"""The home page: for visitors what the space is, for people of the space what comes next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.middleware import public


@public
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home_visitor.html")
