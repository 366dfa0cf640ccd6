"""The history of an entry: for who contributed it and for the animators, since it also holds what was taken out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.web.pagination import paginate
from watch.items.history import saves
from watch.items.views.item import find_item

PER_PAGE = 20


@require_GET
def history(request: HttpRequest, slug: str) -> HttpResponse:
    item = find_item(request, slug, "watch.view_history")
    rows = item.revisions.select_related("saved_by")
    count = rows.count()
    page = paginate(request, rows, count=count, per_page=PER_PAGE)
    start = (page.number - 1) * PER_PAGE
    shown = list(rows[start : start + PER_PAGE + 1])  # with the one before the last, to compare
    context = {"item": item, "page": page, "saves": saves(shown, whole=len(shown) <= PER_PAGE)}
    return render(request, "watch/history.html", context)
