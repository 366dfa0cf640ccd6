"""What came to a saved view since its owner asked to be told: found by the clock, told once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy as _, ngettext

from core.accounts import rights
from core.notifications import kinds, services
from core.notifications.each_row import each_row
from core.notifications.enums import Delivery
from members.enums import Alert
from members.models import SavedView, SavedViewNews
from members.saved_views import pages
from members.saved_views.page import Words, address

NAMED = 10  # titles in one notification; its link leads to all
KINDS = {Alert.AT_ONCE: "members.view_news", Alert.WEEKLY: "members.view_news_weekly"}


def tell_due(*, now: dt.datetime) -> int:
    """Tells each owner what is new; how many views had something."""
    views = SavedView.objects.with_alert().values_list("pk", flat=True)
    return sum(each_row(SavedView, views, lambda key: _tell(key, now), now=now))


def _tell(key: int, now: dt.datetime) -> bool:
    """With the eyes of the owner, as they are now. A filter that has lost all its values finds nothing."""
    view = SavedView.objects.with_alert().select_for_update(of=("self",)).select_related("owner").filter(pk=key).first()
    page = pages.known(view.page) if view else None
    if page is None or page.news is None or not rights.allows(view.owner, page.permission):
        return False
    words = Words(view.owner)
    query, is_whole = words.living(view.page, view.query)
    filterset = page.filterset(query, view.owner)
    if not is_whole or not filterset.is_valid():
        return False
    new = page.news(filterset.qs, view.owner, view.alert_since)
    rows = list(new.exclude(public_id__in=view.told.values("subject")))
    if not rows:
        return False
    SavedViewNews.objects.bulk_create(SavedViewNews(view=view, subject=row.public_id, told_at=now) for row in rows)
    services.notify(
        kind=KINDS[Alert(view.alert)],
        users=[view.owner],
        values={
            "name": view.name,
            "number": len(rows),
            "titles": [row.title for row in rows[:NAMED]],
            "gone": words.unknown(view.page, view.query),
            "address": rows[0].get_absolute_url() if len(rows) == 1 else address(view, query),
        },
        now=now,
        about=("saved_view", view.public_id),
    )
    return True


def _text(values: Mapping[str, Any]) -> dict[str, Any]:
    text = ngettext("%(number)s new entry in “%(name)s”.", "%(number)s new entries in “%(name)s”.", values["number"])
    return {"text": text % values}


def _lines(values: Mapping[str, Any]) -> list[str]:
    """The titles, how many more, and what of the filter no longer makes sense."""
    lines, more = list(values["titles"]), values["number"] - len(values["titles"])
    if more:
        lines.append(ngettext("and %(more)s more", "and %(more)s more", more) % {"more": more})
    if values["gone"]:
        lines.append(gettext("This filter no longer makes sense: %(values)s.") % {"values": ", ".join(values["gone"])})
    return lines


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    for name, label, delivery in (
        (KINDS[Alert.AT_ONCE], _("Saved views: what is new, at once"), Delivery.AT_ONCE),
        (KINDS[Alert.WEEKLY], _("Saved views: what is new, once a week"), Delivery.WEEKLY),
    ):
        kinds.register(
            kinds.Kind(
                name,
                label=label,
                text="%(text)s",
                address=lambda values: values["address"],
                delivery=delivery,
                prepare=_text,
                details=_lines,
                of_others=True,
            )
        )
