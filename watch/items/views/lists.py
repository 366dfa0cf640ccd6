"""The watch as cards, table or file; what a reader contributed; what waits for the animators."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from core.accounts import rights
from core.tables import export, wanted_format
from core.web.pagination import paginate
from members.saved_views.page import bar
from sessions_app.calendars.serving import answer, reader_of
from watch import saved_views
from watch.enums import ItemState, LinkState
from watch.filters import WatchFilter
from watch.items import exports, feed
from watch.models import LinkCheck, WatchItem
from watch.querysets import WatchItemQuerySet
from watch.visibility import visibility_of

TABLE = "tableau"
CARDS_PER_PAGE, ROWS_PER_PAGE = 24, 50


@require_GET
def listing(request: HttpRequest) -> HttpResponseBase:
    rights.check(request.user, "watch.view_item")
    filterset = WatchFilter(request.GET, WatchItem.objects.out())
    wanted = wanted_format(request)
    if wanted and filterset.is_valid():
        return export(
            wanted,
            columns=exports.COLUMNS,
            rows=filterset.qs.for_list().iterator(chunk_size=500),
            name=_("watch"),
            title=_("Watch"),
            notes=filterset.described,
        )
    table = request.GET.get("vue") == TABLE
    per_page = ROWS_PER_PAGE if table else CARDS_PER_PAGE
    reviews = rights.allows(request.user, "watch.review_item")
    context = {
        "filterset": filterset,
        "page": paginate(request, filterset.qs.for_list(), count=filterset.found, per_page=per_page),
        "table": table,
        "cards_address": filterset.address(vue=[]),
        "table_address": filterset.address(vue=TABLE),
        "csv_address": filterset.address(vue=[], format="csv"),
        "xlsx_address": filterset.address(vue=[], format="xlsx"),
        "may_contribute": rights.allows(request.user, "watch.contribute"),
        "reviews": reviews,
        **bar(request.user, saved_views.KEY, filterset),
    }
    return render(request, "watch/list.html", context, status=filterset.status)


@login_not_required
@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """What is new, for a news reader: signed in, or by the key of the calendar."""
    reader = reader_of(request)
    if isinstance(reader, HttpResponse):
        return reader
    rights.check(reader, "watch.view_item")
    return answer(request, feed.feed(reader).encode(), "application/atom+xml; charset=utf-8", file="veille.xml")


@require_GET
def contributions(request: HttpRequest) -> HttpResponse:
    """What the reader contributed, or the organisation for which he or she acts, in every state; what is open first."""
    rights.check(request.user, "watch.contribute")
    rows = WatchItem.objects.contributed_by(visibility_of(request.user)).order_by("-changed_at", "-pk")
    return _unfiltered(request, rows, "watch/contributions.html")


@require_GET
def to_review(request: HttpRequest) -> HttpResponse:
    """What members sent to be checked, the longest waiting first."""
    rights.check(request.user, "watch.review_item")
    return _unfiltered(request, WatchItem.objects.to_review(), "watch/to_review.html")


@require_GET
def links(request: HttpRequest) -> HttpResponse:
    """Links that do not answer or lead elsewhere: of all entries for the animators, else of the reader's own."""
    rights.check(request.user, "watch.contribute")
    visibility = visibility_of(request.user)
    rows = LinkCheck.objects.of_entries(visibility).to_mend()
    page = paginate(request, rows.select_related("item"), count=rows.count(), per_page=ROWS_PER_PAGE)
    return render(request, "watch/links.html", {"page": page, "checks": visibility.checks, "moved": LinkState.MOVED})


def _unfiltered(request: HttpRequest, rows: WatchItemQuerySet, template: str) -> HttpResponse:
    page = paginate(request, rows.for_list().select_related("contributor"), count=rows.count(), per_page=ROWS_PER_PAGE)
    return render(request, template, {"page": page, "draft": ItemState.DRAFT})
