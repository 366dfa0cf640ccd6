"""What becomes of saved views: with a successor, with a double, with a person who goes."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _, ngettext

from core.lifecycle import erasure, export, merging, replacing
from core.lifecycle.merging import Merge, moves
from core.lifecycle.replacing import Handler, Leaving, Line
from core.web import navigation
from members.backends import positions_of
from members.merging.addresses import rename_stored
from members.models import SavedView, SavedViewNews

LONGEST_NAME = SavedView._meta.get_field("name").max_length


def _views(leaving: Leaving) -> QuerySet[SavedView]:
    return SavedView.objects.filter(owner=leaving.leaver, shared_with=leaving.organisation).order_by("pk")


def _preview_views(leaving: Leaving) -> Iterator[Line]:
    """Their names are for colleagues."""
    names = [row.name for row in _views(leaving)]
    text = ngettext(
        "%(count)d saved view shared with colleagues", "%(count)d saved views shared with colleagues", len(names)
    )
    colleague = leaving.organisation.pk in {position.organisation_id for position in positions_of(leaving.by)}
    yield Line(text % {"count": len(names)}, len(names), names if colleague else ())


def _move_views(leaving: Leaving) -> None:
    """A name that the successor has for a view of his or her own gets a number."""
    for row in _views(leaving):
        theirs = set(SavedView.objects.filter(owner=leaving.successor, page=row.page).values_list("name", flat=True))
        name, number = row.name, 2
        while name in theirs:
            name, number = f"{row.name[: LONGEST_NAME - 5]} ({number})", number + 1
        row.owner, row.name = leaving.successor, name
        row.full_clean()
        row.save()


def _move_filters(merge: Merge) -> None:
    """The addresses that people kept are led on as they come."""
    rename_stored(SavedView, merge)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    navigation.register(
        _("Saved views"),
        "members:views",
        permission="members.keep_views",
        order=30,
        place="account",
        icon="floppy-disk",
    )
    replacing.register(
        Handler(order=62, relations=("members.SavedView.owner",), preview=_preview_views, move=_move_views)
    )
    merging.register(
        moves(
            57,
            SavedView,
            "shared_with",
            lambda count: ngettext("%(count)d shared view", "%(count)d shared views", count) % {"count": count},
        )
    )
    merging.register(merging.Handler(58, (), apply=_move_filters))
    erasure.remove(SavedView, by=("owner",))
    export.register(SavedView, by=("owner",))
    export.register(SavedViewNews, by=("view__owner",))
