"""What is found of the watch: entries that are out; drafts and what waits to be checked have no entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import slots
from core.accounts import rights
from core.search.mentions import mentioned_in
from core.search.sources import Entry, Mentioned, Source, Watched, among, register
from sessions_app.models import Cycle, Session
from sessions_app.search import GROUP as CYCLE
from watch.models import WatchItem


def _items(ids: Sequence[int]) -> Iterator[Entry]:
    for row in (
        WatchItem.objects.out().filter(pk__in=ids).select_related("session__cycle", "cycle").prefetch_related("regions")
    ):
        cycle = row.cycle or (row.session.cycle if row.session else None)
        told = (
            row.summary,
            row.body,
            row.author,
            row.financers,
            row.rates,
            row.source,
            row.place,
            ", ".join(row.themes),
            ", ".join(region.name for region in row.regions.all()),
        )
        yield Entry(
            object_id=row.pk,
            address=row.get_absolute_url(),
            title=row.title,
            names=row.title,
            text="\n".join(filter(None, told)),
            date=row.dated_on or row.opens_on,
            groups=(f"{CYCLE}:{cycle.year}",) if cycle else (),
        )


def _reads_watch(user: Any) -> bool | None:
    return rights.allows(user, "watch.view_item") or None


def register_sources() -> None:
    slots.register("watch_item_page", order=90, template="search/_mentioned_in.html", fetch=mentioned_in("veille"))
    register(
        Source(
            "veille",
            _("Watch"),
            _("entry of the watch"),
            WatchItem,
            watched=[
                Watched(WatchItem),
                Watched(WatchItem.regions.through, "watchitem_id"),
                Watched(Session, through=(WatchItem, "session_id"), only=("cycle_id",)),
                Watched(Cycle, through=(WatchItem, "cycle_id"), only=("year",)),
            ],
            entries=_items,
            reader=_reads_watch,
            visible=lambda reader: among(WatchItem.objects.out()),
            icon="binoculars",
            mentioned=Mentioned("#"),
        )
    )
