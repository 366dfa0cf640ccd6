"""The dashboard of fundings and the list behind each of its figures."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core.accounts import rights
from core.charts.outlines import ATTRIBUTION
from core.charts.region_map import CLASSES
from core.db.periods import today
from core.territories import regions
from core.web.pagination import paginate
from funding import exports
from funding.backends import acting_funders
from funding.dashboard import pictures
from funding.dashboard.filters import DashboardFilter, dashboard_filter
from funding.dashboard.page import dashboard_page
from funding.enums import ListPage
from funding.exports import files
from funding.figures import compute
from funding.visibility import visibility_of
from members.models import Organisation
from members.saved_views.page import bar

VIEW = "funding.view_initiative"


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, VIEW)
    visibility = visibility_of(request.user)
    filterset = dashboard_filter(request.GET, visibility)
    now = timezone.now()
    context = {
        "filterset": filterset,
        "board": dashboard_page(filterset, visibility, today(now)) if filterset.is_valid() else None,
        "as_of": now,
        "classes": CLASSES,
        "attribution": ATTRIBUTION,
        "detail_query": filterset.address(),
        "own_funders": acting_funders(request.user),
        "is_funder": rights.allows(request.user, "funding.view_dashboard"),
        "print_address": files.asking(ListPage.DASHBOARD, exports.PDF, filterset),
        "may_freeze": rights.allows(request.user, "funding.freeze_figures"),
        **bar(request.user, ListPage.DASHBOARD, filterset),
    }
    return render(request, "funding/dashboard/page.html", context, status=filterset.status)


@require_GET
def detail(request: HttpRequest) -> HttpResponseBase:
    """The fundings behind a figure: the dashboard's filter, row by row, with the same total."""
    rights.check(request.user, VIEW)
    visibility = visibility_of(request.user)
    filterset = dashboard_filter(request.GET, visibility)
    rows = filterset.qs.select_related("initiative__bearer", "initiative__programme", "funder")
    wanted = exports.wanted_format(request)
    if wanted and filterset.is_valid():
        return files.answer(
            request,
            wanted,
            ListPage.DETAIL,
            filterset,
            lambda: exports.lines(wanted, found=filterset.qs, filterset=filterset, now=timezone.now()),
        )
    context = {
        "filterset": filterset,
        "page": paginate(request, rows, count=filterset.found),
        "regions": regions(),
        "totals": filterset.numbers.rolled_up.values,
        "paid_in": _paid_in(filterset),
        "leverage": _leverage(filterset),
        "downloads": exports.offered(filterset),
        **bar(request.user, ListPage.DETAIL, filterset),
    }
    return render(request, "funding/dashboard/detail.html", context, status=filterset.status)


def _paid_in(filterset: DashboardFilter) -> tuple[int, Decimal] | None:
    """(year, what was paid in it) where the list is narrowed to the fundings paid in a year."""
    year = filterset.form.cleaned_data.get("verse") if filterset.is_valid() else None
    return (year, compute.by_year(filterset.qs, "paid").get(year, Decimal(0))) if year else None


def _leverage(filterset: DashboardFilter) -> tuple[Organisation, Decimal] | None:
    """(funder, euros of the others for one of its own) where the list is of the initiatives of one funder."""
    chosen = filterset.chosen("avec")
    if len(chosen) != 1 or filterset.chosen("financeur"):
        return None
    (funder,) = (row for row in filterset.organisations if row.slug == chosen[0])
    ratio = compute.leverage(filterset.qs, funder)
    return None if ratio is None else (funder, ratio)


@require_GET
def picture(request: HttpRequest, word: str, suffix: str) -> HttpResponse:
    """A chart of the dashboard as it is filtered, to be put into a document: SVG, or PNG made of it."""
    rights.check(request.user, VIEW)
    if suffix not in _PICTURES:
        raise Http404
    visibility, day = visibility_of(request.user), today(timezone.now())
    filterset = dashboard_filter(request.GET, visibility)
    if not filterset.is_valid():
        raise BadRequest(" ".join(filterset.messages))
    found = pictures.pictures(dashboard_page(filterset, visibility, day), day).get(word)
    if found is None:
        raise Http404
    draw, media_type = _PICTURES[suffix]
    headers = {
        "Content-Disposition": f'attachment; filename="{word}-{day.isoformat()}.{suffix}"',
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return HttpResponse(draw(found), content_type=media_type, headers=headers)


_PICTURES = {"svg": (pictures.svg, "image/svg+xml"), "png": (pictures.png, "image/png")}
