"""What happens around minutes: the record of decisions of session 22, and the minutes of session 21 made public."""

from __future__ import annotations

import datetime as dt

from core import canonical
from portal.demo.context import DemoContext, moment
from portal.demo.load_minutes import writer_of
from sessions_app.animation import animator_of
from sessions_app.minutes.snapshot import build_record
from sessions_app.minutes.standing import enter_into_force
from sessions_app.models import DecisionRecord, Minutes, Session

RECORDED, PUBLIC = 22, 21


def loaded(context: DemoContext) -> bool:
    return DecisionRecord.objects.exists()


def load(context: DemoContext) -> None:
    _record(context, context.sessions[RECORDED])
    minutes = Minutes.objects.get(session__number=PUBLIC)
    first = minutes.session.versions.order_by("number").first()
    minutes.public_since = first.published_at + dt.timedelta(days=1)
    minutes.full_clean()
    minutes.save()


def _record(context: DemoContext, session: Session) -> None:
    """As the service circulates it, two days after the session, but telling nobody."""
    writer = writer_of(context, session)
    released_at = moment(session.date.lower + dt.timedelta(days=2), 10)
    content = build_record(
        session,
        number=1,
        organisation=writer.organisation,
        author=writer.user,
        released_at=released_at,
        animation=animator_of(session),
    )
    record = context.add(
        DecisionRecord,
        {"session": session, "number": 1},
        snapshot=content,
        content_sha256=canonical.sha256(content),
        organisation=writer.organisation,
        author=writer.user,
        released_at=released_at,
    )
    if not hasattr(record, "standing"):  # it is there already where the part is loaded anew
        enter_into_force(record)
    for rows in (session.decisions, session.actions):
        rows.filter(released_at=None).update(released_at=released_at)
