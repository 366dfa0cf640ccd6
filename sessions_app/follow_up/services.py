"""Writes of decisions and actions, and the record of decisions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core import canonical
from core.accounts import rights
from sessions_app.animation import animator_of
from sessions_app.checklist.enums import Doing
from sessions_app.checklist.services import done_by_doing
from sessions_app.enums import FollowUp, MinutesState
from sessions_app.minutes import snapshot
from sessions_app.minutes.services import MinutesError
from sessions_app.minutes.standing import enter_into_force
from sessions_app.models import ActionItem, Decision, DecisionRecord, Session
from sessions_app.notifications import notify
from sessions_app.sessions.locks import hold, hold_minutes

if TYPE_CHECKING:
    from core.accounts.models import User

Row = Decision | ActionItem


class FollowUpClosed(MinutesError):
    message = _("The minutes are published: open an amendment to add or change a decision or an action.")


class AlreadyReleased(MinutesError):
    message = _("The members have read it already: mark it as dropped instead.")


class NothingToRelease(MinutesError):
    message = _("No decision and no action is written down: the record would be empty.")


class RecordUnchanged(MinutesError):
    message = _("Nothing has changed since the record that was circulated.")


@transaction.atomic
def save(*, row: Row, by: User, now: dt.datetime) -> Row:
    """Adds or changes a decision or an action, numbered within its session.

    Raises `FollowUpClosed` while the minutes are published and no amendment is open, `PermissionRefused`,
    `ValidationError`.
    """
    _open(row.session, by)
    if row.pk is not None:  # where it stands and who has read it may have changed since the form was opened
        stored = type(row).objects.get(pk=row.pk)
        row.number, row.status, row.released_at = stored.number, stored.status, stored.released_at
    else:
        highest = type(row).objects.filter(session=row.session).aggregate(highest=Max("number"))["highest"]
        row.number = (highest or 0) + 1
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def remove(*, row: Row, by: User, now: dt.datetime) -> None:
    """Takes back what no member has read yet; those after it move up where they were not read either."""
    _open(row.session, by)
    row.refresh_from_db()
    if row.released_at is not None:
        raise AlreadyReleased
    rows = type(row).objects.filter(session=row.session)
    later = list(rows.filter(number__gt=row.number).order_by("number"))
    row.delete()
    if all(each.released_at is None for each in later):
        for each in later:
            each.number -= 1
            each.save(update_fields=["number"])


@transaction.atomic
def set_status(*, row: Row, status: FollowUp, by: User, now: dt.datetime) -> Row:
    """Says where it stands today; published documents keep the state of their day."""
    rights.check_for_writing(by, "sessions_app.change_status", row)
    hold(row.session_id)
    row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    row.status = status
    row.full_clean()
    row.save(update_fields=["status"])
    return row


@transaction.atomic
def release_record(*, session: Session, by: User, based_on: int, now: dt.datetime) -> DecisionRecord:
    """Freezes decisions and actions as they stand into the next record, opens them to the members and tells them.

    `based_on` is the number of the record that was seen (0 for none): asked for twice, there is one, which the
    second time is returned. Raises `NothingToRelease`, `RecordUnchanged`, `FollowUpClosed`, `PermissionRefused`.
    """
    allowed = _open(session, by)
    latest = DecisionRecord.objects.filter(session=session).order_by("-number").first()
    if latest is not None and latest.number != based_on:
        return latest
    content = snapshot.build_record(
        session,
        number=(latest.number if latest else 0) + 1,
        organisation=allowed.detail.organisation,
        author=by,
        released_at=now,
        animation=animator_of(session),
    )
    if not content["decisions"] and not content["actions"]:
        raise NothingToRelease
    if latest is not None and all(latest.snapshot[key] == content[key] for key in ("decisions", "actions")):
        raise RecordUnchanged
    record = DecisionRecord(
        session=session,
        number=content["version"]["number"],
        snapshot=content,
        content_sha256=canonical.sha256(content),
        organisation=allowed.detail.organisation,
        author=by,
        released_at=now,
    )
    record.full_clean()
    record.save(force_insert=True)
    enter_into_force(record)
    for rows in (session.decisions, session.actions):
        rows.filter(released_at=None).update(released_at=now)
    notify("record_released", session, by=by, now=now)
    done_by_doing(session, Doing.RECORDED, by=by, now=now)
    return record


def _open(session: Session, by: User) -> rights.Allowed:
    """Asks for the right and holds the session still; raises `FollowUpClosed` where its minutes are published."""
    allowed = rights.check_for_writing(by, "sessions_app.write_minutes", session)
    minutes = hold_minutes(session)
    if minutes is not None and minutes.state == MinutesState.PUBLISHED:
        raise FollowUpClosed
    return allowed
