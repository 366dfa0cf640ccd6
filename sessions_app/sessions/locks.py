"""Holds a session still while something is written that its minutes freeze: one order of locks for all writers.

Rights (`rights.check_for_writing`), then the session, then its minutes, then what hangs on them; of two sessions the one
with the lower number first. Whoever takes them in another order waits for somebody who waits for him.
"""

from __future__ import annotations

from sessions_app.models import Minutes, Session


def hold(session: Session | int) -> Session:
    """The session (or that of this key) as it stands now; others who write to it wait for the end of the transaction.

    Rows that only point at the session need not wait.
    """
    key = session if isinstance(session, int) else session.pk
    rows = Session.objects.select_for_update(of=("self",), no_key=True).select_related("cycle")
    return rows.get(pk=key)


def hold_minutes(session: Session | int) -> Minutes | None:
    """The session's minutes as they stand now, the session held before them; None where none are begun.

    `minutes.session` is the session that is held.
    """
    held = hold(session)
    minutes = Minutes.objects.select_for_update(no_key=True).filter(session=held).first()
    if minutes is not None:
        minutes.session = held
    return minutes


def begin_minutes(session: Session | int) -> Minutes:
    """As `hold_minutes`, where there are none with new ones."""
    held = hold(session)
    minutes = Minutes.objects.select_for_update(no_key=True).filter(session=held).first()
    return minutes or Minutes.objects.create(session=held)
