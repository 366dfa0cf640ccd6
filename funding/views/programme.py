"""The page of one programme: what it committed itself to and how far that has come."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core.accounts import rights
from funding.models import Programme


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    rights.check(request.user, "funding.view_initiative")
    programme = get_object_or_404(Programme.objects.for_page(), slug=slug)
    return render(request, "funding/programme.html", {"programme": programme})
