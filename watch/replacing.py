"""What passes to a successor in the watch: entries that are not out yet are found by who acts for the organisation."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _, ngettext

from core.lifecycle import replacing
from core.lifecycle.replacing import Handler, Kept, Leaving, Line
from members.backends import positions_of
from watch.enums import OUT, ItemState
from watch.models import WatchItem


def _open_entries(leaving: Leaving) -> Iterator[Line]:
    """Their titles are for colleagues; the others are counted."""
    rows = WatchItem.objects.filter(contributor=leaving.leaver, organisation=leaving.organisation)
    rows = rows.exclude(state__in=(*OUT, ItemState.REFUSED)).order_by("pk")
    titles = list(rows.values_list("title", flat=True))
    text = ngettext(
        "%(count)d entry of the watch that is not published yet",
        "%(count)d entries of the watch that are not published yet",
        len(titles),
    )
    colleague = leaving.organisation.pk in {position.organisation_id for position in positions_of(leaving.by)}
    yield Line(text % {"count": len(titles)}, len(titles), titles if colleague else (), moves=False)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    replacing.register(Handler(order=70, relations=("watch.WatchItem.contributor",), preview=_open_entries))
    replacing.leave_behind(
        Kept(
            order=70,
            what=_("Saves and corrections of entries of the watch"),
            why=_("They say who made them."),
            relations=("watch.WatchRevision.saved_by", "watch.Correction.proposed_by", "watch.Correction.answered_by"),
        )
    )
