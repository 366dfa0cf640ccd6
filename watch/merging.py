"""What moves of the watch when two organisations become one."""

from __future__ import annotations

from django.utils.translation import ngettext

from core.lifecycle import merging
from core.lifecycle.merging import moves
from watch.models import WatchItem


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    merging.register(
        moves(
            70,
            WatchItem,
            "organisation",
            lambda count: (
                ngettext("%(count)d entry of the watch", "%(count)d entries of the watch", count) % {"count": count}
            ),
        )
    )
