"""What an entry of the watch says, as plain values that can be kept and compared."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from core.partial_dates.values import as_json
from watch.models import WatchItem, WatchRevision

if TYPE_CHECKING:
    from core.accounts.models import User

TEXTS = (
    "title",
    "summary",
    "body",
    "author",
    "place",
    "purpose",
    "financers",
    "rates",
    "contact",
    "link",
    "source",
    "licence",
)
LISTS = ("themes", "sdgs", "beneficiaries")
DATES = ("dated_on", "opens_on", "closes_on")
FLAGS = ("is_national", "is_public")
# As a reader goes through them; what is stored as JSON has an order of its own.
ORDER = (
    *("title", "summary", "body", "themes", "author", "dated_on", "purpose", "beneficiaries", "financers", "rates"),
    *("contact", "opens_on", "closes_on", "is_national", "regions", "place", "competences", "sdgs"),
    *("link", "document", "source", "licence", "is_public"),
)


def content_of(item: WatchItem) -> dict[str, Any]:
    """Names of organisations and people are none of it but for what was typed; a document is named by its file."""
    return {
        **{name: getattr(item, name) for name in (*TEXTS, *LISTS, *FLAGS)},
        **{name: as_json(getattr(item, name)) for name in DATES},
        "regions": sorted(item.regions.values_list("code", flat=True)),
        "competences": sorted(item.competences.values_list("name", flat=True)),
        "document": item.file.original_name if item.file else "",
    }


def record(*, item: WatchItem, by: User | None, now: dt.datetime) -> WatchRevision | None:
    """Keeps what `item`, whose row is locked, says now; nothing where the newest revision says the same."""
    content = content_of(item)
    newest = item.revisions.first()
    if newest is not None and newest.content == content:
        return None
    revision = WatchRevision(
        item=item, number=newest.number + 1 if newest else 1, content=content, saved_by=by, saved_at=now
    )
    revision.full_clean()
    revision.save(force_insert=True)
    return revision
