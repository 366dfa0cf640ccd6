"""The list of initiatives and the page of each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from core.accounts import rights
from funding.models import Initiative
from funding.visibility import sight_of


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, "funding.view_initiative")
    return render(request, "funding/list.html", {})


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    initiative = get_object_or_404(Initiative.objects.for_page(sight_of(request.user)), slug=slug)
    rights.check(request.user, "funding.view_initiative", initiative)
    return render(request, "funding/initiative.html", {"initiative": initiative})
