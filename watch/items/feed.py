"""What is new in the watch, as an Atom feed, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.space import current_space
from watch.models import WatchItem

ENTRIES = 30


def feed(reader: User) -> str:
    """The entries that were published last; two queries."""
    with translation.override(reader.language):
        made = Atom1Feed(
            title=_("%(space)s: shared watch") % {"space": current_space().name},
            link=settings.BASE_URL + reverse("watch:list"),
            feed_url=settings.BASE_URL + reverse("watch:atom"),
            description="",
            language=reader.language,
            author_name=current_space().name,
        )
        for item in WatchItem.objects.out().order_by("-published_at", "-pk")[:ENTRIES]:
            made.add_item(**_entry(item))
        return made.writeString("utf-8")


def _entry(item: WatchItem) -> dict[str, Any]:
    kind = item.get_kind_display()
    state = item.get_state_display() if item.expired_at else ""
    return {
        "title": item.title,
        "link": settings.BASE_URL + item.get_absolute_url(),
        "description": " – ".join(filter(None, [kind[:1].upper() + kind[1:], state, item.summary])),
        "unique_id": f"urn:uuid:{item.public_id}",
        "pubdate": item.published_at,
        "updateddate": item.changed_at,
        "categories": item.themes,
    }
