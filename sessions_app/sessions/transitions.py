"""From draft to closed: the one table of legal moves, what stands in the way of each, and the move itself."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.db.periods import today
from core.partial_dates.values import is_day
from core.transitions import Table, Text, Transition
from sessions_app.checklist.enums import Doing
from sessions_app.checklist.services import done_by_doing
from sessions_app.enums import SessionState
from sessions_app.models import Session
from sessions_app.notifications import notify
from sessions_app.sessions import changes
from sessions_app.sessions.locks import hold

if TYPE_CHECKING:
    from core.accounts.models import User


class Move(models.TextChoices):
    ANNOUNCE = "annoncer", pgettext_lazy("move of a session", "Announce")
    HOLD = "tenir", pgettext_lazy("move of a session", "Mark as held")
    CLOSE = "clore", pgettext_lazy("move of a session", "Close")
    REOPEN = "rouvrir", pgettext_lazy("move of a session", "Reopen")
    CANCEL = "annuler", pgettext_lazy("move of a session", "Cancel the session")
    TAKE_UP = "reprendre", pgettext_lazy("move of a session", "Take up again as a draft")


def needs_exact_day(session: Session, now: dt.datetime, reason: str) -> Text | None:
    return None if is_day(session.date) else _("Announcing needs an exact day: complete the date.")


def is_over(session: Session, now: dt.datetime) -> bool:
    """Whether its last day has passed: whoever announces it then is warned first."""
    return session.date is not None and session.days.upper <= today(now)


def needs_agenda(session: Session, now: dt.datetime, reason: str) -> Text | None:
    return None if session.agenda.exists() else _("Announcing needs an agenda of at least one item.")


def needs_day_reached(session: Session, now: dt.datetime, reason: str) -> Text | None:
    started = session.starts_at <= now if session.starts_at else session.date.lower <= today(now)
    return None if started else _("The session has not begun yet.")


def needs_record(session: Session, now: dt.datetime, reason: str) -> Text | None:
    """S3: closing asks for attendance and published minutes, or the decisions alone, or a reason."""
    published = session.versions.in_force().exists()
    if (published and session.attendance.exists()) or session.decisions.exists() or reason.strip():
        return None
    return _("Closing needs the attendance and published minutes, or a record of decisions, or a reason.")


def needs_reason(session: Session, now: dt.datetime, reason: str) -> Text | None:
    return None if reason.strip() else _("Say why: the members will read this reason.")


def needs_date(session: Session, now: dt.datetime, reason: str) -> Text | None:
    return _("Give the session a date first, at least the year.") if session.date is None else None


def needs_nothing_published(session: Session, now: dt.datetime, reason: str) -> Text | None:
    return (
        _("Minutes of this session were published; it can no longer be cancelled.")
        if session.versions.exists()
        else None
    )


TABLE: Table[Move] = Table(
    {
        Move.ANNOUNCE: Transition(
            (SessionState.DRAFT,),
            SessionState.ANNOUNCED,
            guards=(needs_exact_day, needs_agenda),
            consequence=_("All members will see the session, its agenda and its place; they are told at once."),
        ),
        Move.HOLD: Transition(
            (SessionState.ANNOUNCED,),
            SessionState.HELD,
            guards=(needs_day_reached,),
            consequence=_("Attendance and minutes can then be entered; answers no longer change."),
        ),
        Move.CLOSE: Transition(
            (SessionState.HELD,),
            SessionState.CLOSED,
            guards=(needs_record,),
            consequence=_("The session is filed as closed; it can be reopened."),
            asks_reason=True,
        ),
        Move.REOPEN: Transition(
            (SessionState.CLOSED,),
            SessionState.HELD,
            consequence=_("The session is “held” again: its attendance and minutes can be completed."),
        ),
        Move.CANCEL: Transition(
            (SessionState.DRAFT, SessionState.ANNOUNCED),
            SessionState.CANCELLED,
            guards=(needs_reason, needs_date, needs_nothing_published),
            consequence=_("The session stays visible to whoever was told of it, marked as cancelled with its reason."),
            asks_reason=True,
        ),
        Move.TAKE_UP: Transition(
            (SessionState.CANCELLED,),
            SessionState.DRAFT,
            consequence=_("The session becomes a draft again, seen by the animators alone."),
        ),
    },
    overtaken=_("This is no longer possible: the session has changed its state meanwhile."),
)


@transaction.atomic
def move(
    *, session: Session, move: Move, by: User, now: dt.datetime, reason: str = "", by_mail: bool = True
) -> Session:
    """Carries out one legal move and tells the members of it, without a mail where another one says it. Raises `MoveRefused` with every obstacle, `PermissionRefused`."""
    session = TABLE.start(
        session, move, by=by, now=now, lock=hold, permission="sessions_app.prepare_session", reason=reason
    )
    session.state = TABLE[move].target
    session.reason = reason.strip() if TABLE[move].asks_reason else ""
    if move == Move.ANNOUNCE:
        session.never_announced = False
    session.full_clean()
    session.save()
    if move == Move.ANNOUNCE:
        notify("announced", session, by=by, now=now, by_mail=by_mail)
        done_by_doing(session, Doing.ANNOUNCED, by=by, now=now)
    elif move == Move.CANCEL and not session.never_announced:  # of a draft nobody has heard
        notify("cancelled", session, by=by, now=now, reason=session.reason)
    changes.forget(session)
    return session
