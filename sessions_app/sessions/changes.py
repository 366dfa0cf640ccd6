"""Gathers what changes in an announced session for some minutes, and tells its members once, with what was and what is.

Whoever holds the session (`sessions_app.sessions.locks`) calls `facts` before the change and `note` after it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core.db.periods import today
from core.notifications.each_row import each_row
from core.partial_dates.values import as_json
from members.people import member_people
from sessions_app.enums import SessionState
from sessions_app.models import AgendaItem, Session, SessionChange
from sessions_app.notifications import SOON, notify
from sessions_app.sessions.locks import hold

if TYPE_CHECKING:
    from core.accounts.models import User

Facts = dict[str, Any]

GATHERED_FOR = dt.timedelta(minutes=10)
GATHERED_FOR_SOON = dt.timedelta(minutes=2)  # two edits in a row are still one mail
MEETING = ("when", "mode", "place", "video_link")  # what people put into their diaries


def facts(session: Session) -> Facts:
    """What members hear of when it changes, as JSON."""
    return {
        "title": session.title,
        "when": {
            "date": as_json(session.days),
            "starts_at": session.starts_at.isoformat() if session.starts_at else None,
            "ends_at": session.ends_at.isoformat() if session.ends_at else None,
            **({"next_days_at": session.next_days_at.isoformat()} if session.next_days_at else {}),
        },
        "mode": session.mode,
        "place": session.place,
        "video_link": session.video_link,
        "agenda": [_of_item(item) for item in session.agenda.order_by("position")],
    }


def _of_item(item: AgendaItem) -> list[Any]:
    return [item.title, item.minutes_long, *([item.day] if item.day > 1 else [])]


def note(session: Session, *, before: Facts, by: User, now: dt.datetime) -> None:
    """Remembers a change made at `now`; a session that nobody hears of yet, or any more, has none."""
    if session.state != SessionState.ANNOUNCED or before == facts(session):
        return
    send_at = now + (GATHERED_FOR_SOON if _is_soon(session, before, now) else GATHERED_FOR)
    change = SessionChange.objects.filter(session=session).first()
    change = change or SessionChange(session=session, before=before, send_at=send_at)
    change.send_at = min(change.send_at, send_at)
    change.by = sorted({*change.by, by.pk})
    change.full_clean(validate_unique=False)
    change.save()


def forget(session: Session) -> None:
    """The session is no longer announced: what is said of that stands for all changes before."""
    SessionChange.objects.filter(session=session).delete()


def notify_due(*, now: dt.datetime) -> int:
    """Called by beat: tells the members what has changed; of how many sessions."""
    due = SessionChange.objects.filter(send_at__lte=now).order_by("send_at", "pk")
    return sum(each_row(Session, due.values_list("session", flat=True), lambda key: _tell(key, now), now=now))


@transaction.atomic
def _tell(key: int, now: dt.datetime) -> bool:
    session = hold(key)
    change = SessionChange.objects.filter(session=session, send_at__lte=now).first()
    if change is None:  # another run was faster
        return False
    changes = differences(change.before, facts(session))
    change.delete()
    if session.state != SessionState.ANNOUNCED or not changes:  # what was changed may have been changed back
        return False
    name = "moved" if any(row["what"] in MEETING for row in changes) else "changed"
    notify(name, session, now=now, users=member_people(now).exclude(pk__in=change.by), changes=changes)
    return True


def differences(before: Facts, after: Facts) -> list[dict[str, Any]]:
    """[{what, old, new}] in the order of `facts`; of the agenda [{what: "agenda", added, removed}], titles alone."""
    found = [
        {"what": what, "old": before[what], "new": after[what]}
        for what in after
        if what != "agenda" and before[what] != after[what]
    ]
    if before["agenda"] != after["agenda"]:
        old, new = ([row[0] for row in rows["agenda"]] for rows in (before, after))
        added, removed = [title for title in new if title not in old], [title for title in old if title not in new]
        found.append({"what": "agenda", "added": added, "removed": removed})
    return found


def _is_soon(session: Session, before: Facts, now: dt.datetime) -> bool:
    """Whether it begins soon, or was to begin soon before it was moved."""
    limit, then = now + SOON, before["when"]
    starts = [session.starts_at, dt.datetime.fromisoformat(then["starts_at"]) if then["starts_at"] else None]
    if any(moment is not None and moment <= limit for moment in starts):
        return True
    days = [session.date and session.date.lower, then["date"] and dt.date.fromisoformat(then["date"]["from"])]
    return any(day and day <= today(limit) for day in days)
