"""What the reviewers were shown, part by part and by hash: nothing else is adopted."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core import canonical
from core.db.periods import today
from sessions_app.minutes import snapshot
from sessions_app.models import Circulation, Session

PARTS = {  # of a snapshot, as people call them
    "session": _("title, date and place of the session"),
    "cycle": _("cycle"),
    "agenda": _("agenda and texts"),
    "attendance": pgettext_lazy("part of minutes", "attendance"),
    "guests": pgettext_lazy("part of minutes", "guests"),
    "decisions": _("decisions"),
    "actions": _("actions"),
    "materials": _("materials"),
}


def hashes_now(session: Session, now: dt.datetime) -> dict[str, str]:
    return snapshot.hashes_of(snapshot.build_draft(session, on=today(now)))


def changed_parts(circulation: Circulation, now: dt.datetime, *, content: snapshot.Json | None = None) -> list[str]:
    """The parts that are no longer what the reviewers were shown; none for reviews older than `shown`.

    `content` is the draft of the snapshot, where it was made already.
    """
    if not circulation.shown:
        return []
    stands = hashes_now(circulation.session, now) if content is None else snapshot.hashes_of(content)
    shown = {"guests": canonical.sha256([]), **circulation.shown}  # reviews older than guests in minutes showed none
    return [part for part in PARTS if stands.get(part) != shown.get(part)]
