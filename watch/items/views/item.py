"""The page of one entry of the watch, and its document."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from core import files
from core.accounts import rights
from watch.items.page import page_of
from watch.models import WatchItem
from watch.querysets import WatchItemQuerySet
from watch.visibility import visibility_of

VIEW = "watch.view_item"


def find_item(
    request: HttpRequest, slug: str, permission: str = VIEW, *, rows: WatchItemQuerySet | None = None
) -> WatchItem:
    """The entry, if the reader holds `permission` on it; what others have not brought out does not exist: Http404."""
    rights.check(request.user, VIEW)
    seen = (WatchItem.objects.all() if rows is None else rows).seen_by(visibility_of(request.user))
    found = get_object_or_404(seen, slug=slug)
    rights.check(request.user, permission, found)
    return found


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    item = find_item(request, slug, rows=WatchItem.objects.for_page())
    return render(request, "watch/item.html", {"page": page_of(item, request.user, timezone.now()), "item": item})


@require_GET
def document(request: HttpRequest, slug: str) -> HttpResponseBase:
    item = find_item(request, slug, rows=WatchItem.objects.select_related("file").exclude(file=None))
    return files.serve(item.file, request=request, filename=item.file.original_name)
