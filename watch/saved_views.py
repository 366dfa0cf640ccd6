"""The list of the watch as one whose filter can be kept under a name, and what is new in it for somebody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import pgettext_lazy

from members.saved_views import pages
from watch.filters import WatchFilter
from watch.models import WatchItem

KEY = "veille"


def filterset(query: str, user: Any) -> WatchFilter:
    """The same for whoever reads the watch: what is out."""
    return WatchFilter(QueryDict(query), WatchItem.objects.out())


def news(found: QuerySet, user: Any, since: dt.datetime) -> QuerySet:
    """What was published, but by `user`: contributed, sent, corrected or let out."""
    return (
        found.filter(published_at__gt=since)
        .exclude(contributor=user)
        .exclude(revisions__saved_by=user)
        .order_by("published_at", "pk")
    )


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    pages.register(
        pages.FilteredPage(
            KEY,
            label=pgettext_lazy("list", "shared watch"),
            address="watch:list",
            filterset=filterset,
            permission="watch.view_item",
            news=news,
        )
    )
