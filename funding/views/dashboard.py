"""The dashboard of fundings and the list behind each of its figures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core.accounts import rights
from core.db.periods import today
from core.pagination import paginate
from funding import exports, figures
from funding.backends import acting_funders
from funding.dashboard.board import board
from funding.dashboard.filters import DashboardFilter, countable
from funding.dashboard.territories import ATTRIBUTION, CLASSES
from funding.visibility import sight_of

VIEW = "funding.view_initiative"


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, VIEW)
    sight = sight_of(request.user)
    filterset = DashboardFilter(request.GET, countable(sight))
    now = timezone.now()
    context = {
        "filterset": filterset,
        "board": board(filterset, sight, today(now)) if filterset.is_valid() else None,
        "as_of": now,
        "classes": CLASSES,
        "attribution": ATTRIBUTION,
        "detail_query": filterset.address(),
        "own_funders": acting_funders(request.user),
        "is_funder": rights.allows(request.user, "funding.view_dashboard"),
    }
    return render(request, "funding/dashboard/page.html", context, status=filterset.status)


@require_GET
def detail(request: HttpRequest) -> HttpResponseBase:
    """The fundings behind a figure: the dashboard's filter, row by row, with the same total."""
    rights.check(request.user, VIEW)
    sight = sight_of(request.user)
    filterset = DashboardFilter(request.GET, countable(sight))
    rows = filterset.qs.select_related("initiative", "funder")
    wanted = exports.wanted_format(request)
    if wanted and filterset.is_valid():
        return exports.lines(wanted, found=filterset.qs, filterset=filterset, now=timezone.now())
    context = {
        "filterset": filterset,
        "page": paginate(request, rows, count=filterset.found),
        "totals": figures.compute(filterset.qs, ("agreed", "paid", "remaining", "backed", "lines")),
        "downloads": exports.offered(filterset),
    }
    return render(request, "funding/dashboard/detail.html", context, status=filterset.status)
