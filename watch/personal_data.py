"""What the watch holds about a person: what he or she contributed and saved."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.lifecycle import erasure, export, retention
from core.lifecycle.retention import Holding
from watch import models

CONTRIBUTIONS = Holding(
    key="watch",
    what=_("Entries of the watch: who contributed which, and what the animators answered"),
    whose=retention.ACCOUNT,
    why=_("To check what is published, and to tell contributors what becomes of it."),
    basis=retention.PARTICIPATION,
    readers=_(
        "Who contributed it, his or her organisation, and the people who animate the space; once published, all members."
    ),
    until=retention.AS_THE_REGISTER,
    order=70,
)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    retention.register(CONTRIBUTIONS)
    erasure.keep(
        "watch.WatchItem.contributor",
        "watch.WatchRevision.saved_by",
        "watch.Correction.proposed_by",
        "watch.Correction.answered_by",
        ground=_("What was contributed serves all members: the entry stays, the name goes."),
    )
    export.register(models.WatchItem, by=("contributor",))
    export.register(
        models.Correction,
        by=("proposed_by",),
        without={"answered_by": "Who answered is told by the register, not by the copy."},
        following=("item",),
    )
    export.register(
        models.WatchRevision,
        by=("saved_by",),
        without={"content": "What the entry said, which members read on its page; it is nobody's own."},
        following=("item",),
    )
    export.leave_out("watch.LinkCheck", why="What servers of others answered; it is about nobody.")
