"""Writes of minutes: save an item, publish a version, reopen for an amendment, keep what a refused writer typed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import canonical, richtext
from core.accounts import rights
from core.transitions import Refusal
from sessions_app.animation import animator_of
from sessions_app.checklist.enums import Doing
from sessions_app.checklist.services import done_by_doing
from sessions_app.enums import MinutesState, Procedure
from sessions_app.minutes import in_force, snapshot
from sessions_app.minutes.standing import enter_into_force
from sessions_app.models import (
    AgendaItem,
    Circulation,
    Minutes,
    MinutesEntry,
    MinutesProposal,
    MinutesRevision,
    MinutesVersion,
    Session,
)
from sessions_app.notifications import notify
from sessions_app.sessions.locks import begin_minutes, hold, hold_minutes

if TYPE_CHECKING:
    from core.accounts.models import User
    from members.models import Organisation


class MinutesError(Refusal):
    """Something people can do something about; `message` is shown to them."""


class EntryConflict(MinutesError):
    """Somebody else saved the item meanwhile; holds what is stored and what was sent."""

    message = _("This item was saved while you were writing, by somebody else or in another window of yours.")

    def __init__(self, entry: MinutesEntry, mine: str) -> None:
        super().__init__()
        self.entry = entry
        self.mine = mine


class AlreadyPublished(MinutesError):
    message = _("These minutes have just been published; this is the version now in force.")

    def __init__(self, version: MinutesVersion) -> None:
        super().__init__()
        self.version = version


class NothingWritten(MinutesError):
    message = _("No item has any text yet: write at least one before you publish.")


class MinutesClosed(MinutesError):
    message = _("The minutes are published. Open an amendment to change them.")


class UnderReview(MinutesError):
    message = _(
        "The minutes are under review: the text changes through accepted requests only. Stop the review to write on."
    )


class ReasonMissing(MinutesError):
    message = _("Say in a few words what this version changes.")


class ItemRemoved(MinutesError):
    message = _("Somebody has removed this item from the agenda while you were writing.")


@transaction.atomic
def save_entry(*, item: AgendaItem, by: User, body: str, based_on: int, now: dt.datetime) -> MinutesEntry:
    """Stores the text of one agenda item as a new revision.

    `based_on` is the revision the writer started from. Raises `EntryConflict` when a later one holds another
    text, `MinutesClosed` once published, `UnderReview` while the text circulates, `ItemRemoved`, `PermissionRefused`
    and `richtext.RichTextTooLong`. Saving the same text again changes nothing.
    """
    allowed = rights.check_for_writing(by, "sessions_app.write_minutes", item.session)
    body = richtext.from_form(body, richtext.HTML)
    minutes = begin_minutes(item.session)
    if minutes.state == MinutesState.PUBLISHED:
        raise MinutesClosed
    if minutes.state == MinutesState.CIRCULATED:
        raise UnderReview
    if not AgendaItem.objects.filter(pk=item.pk).exists():
        raise ItemRemoved
    entry, _revision = write_revision(
        minutes=minutes,
        item=item,
        by=by,
        organisation=allowed.detail.organisation,
        body=body,
        based_on=based_on,
        now=now,
    )
    return entry


def write_revision(
    *,
    minutes: Minutes,
    item: AgendaItem,
    by: User,
    organisation: Organisation,
    body: str,
    based_on: int,
    now: dt.datetime,
) -> tuple[MinutesEntry, MinutesRevision | None]:
    """The next revision of an item's text, without asking for a right: `minutes` is locked, `body` is clean.

    The revision is None where the text is the same. Raises `EntryConflict`.
    """
    entry = MinutesEntry.objects.select_for_update().filter(item=item).first() or MinutesEntry(
        minutes=minutes, item=item
    )
    if entry.body == body:
        return entry, None
    if entry.revision != based_on:
        raise EntryConflict(entry, body)
    entry.body = body
    entry.revision += 1
    entry.changed_by = by
    entry.changed_at = minutes.changed_at = now
    entry.full_clean()
    entry.save()
    minutes.save()
    revision = MinutesRevision(
        entry=entry,
        number=entry.revision,
        body=body,
        author=by,
        organisation=organisation,
        saved_at=now,
    )
    revision.full_clean()
    revision.save(force_insert=True)
    return entry, revision


@transaction.atomic
def publish(
    *,
    session: Session,
    by: User,
    based_on: int,
    now: dt.datetime,
    reason: str = "",
    procedure: str = Procedure.DIRECT,
    review: Circulation | None = None,
) -> MinutesVersion:
    """Freezes the session as it stands into the next version, which is in force from `now`.

    A version that was withdrawn stays withdrawn.

    `based_on` is the number of the version in force that the publisher saw (0 for none), so that publishing
    twice makes one version: the second raises `AlreadyPublished`. Raises `NothingWritten`, `ReasonMissing`
    (for every version after the first), `MinutesClosed` where no amendment is open, `UnderReview` and
    `PermissionRefused`.
    """
    allowed = rights.check_for_writing(by, "sessions_app.publish_minutes", session)
    minutes = hold_minutes(session)
    if minutes is None:
        raise NothingWritten
    session = minutes.session
    latest = MinutesVersion.objects.filter(session=session).order_by("-number").first()
    number = latest.number if latest else 0
    if number != based_on:
        raise AlreadyPublished(latest) if latest else ReasonMissing
    entries = MinutesEntry.objects.filter(minutes=minutes)
    if not any(not richtext.is_empty(entry.body) for entry in entries):
        raise NothingWritten
    if number and not reason.strip():
        raise ReasonMissing
    if minutes.state == MinutesState.PUBLISHED:
        raise MinutesClosed
    if procedure == Procedure.DIRECT and minutes.state == MinutesState.CIRCULATED:
        raise UnderReview
    version = freeze(
        session=session,
        number=number + 1,
        by=by,
        organisation=allowed.detail.organisation,
        procedure=procedure,
        reason=reason.strip(),
        published_at=now,
        review=review,
    )
    minutes.state, minutes.changed_at = MinutesState.PUBLISHED, now
    minutes.save(update_fields=["state", "changed_at"])
    name = "minutes_amended" if number else "minutes_published"
    notify(name, session, by=by, now=now, version=version.number, reason=version.reason)
    in_force.follow(version=version, by=by, now=now)
    done_by_doing(session, Doing.PUBLISHED, by=by, now=now)
    return version


def freeze(
    *,
    session: Session,
    number: int,
    by: User,
    organisation: Organisation,
    procedure: str,
    reason: str,
    published_at: dt.datetime,
    review: Circulation | None = None,
) -> MinutesVersion:
    """Writes version `number` without asking for a right: for `publish`, and for archives taken over."""
    content = snapshot.build(
        session,
        number=number,
        procedure=procedure,
        reason=reason,
        organisation=organisation,
        author=by,
        published_at=published_at,
        animation=animator_of(session),
        review=review,
    )
    version = MinutesVersion(
        session=session,
        number=number,
        snapshot=content,
        content_sha256=canonical.sha256(content),
        procedure=procedure,
        reason=reason,
        organisation=organisation,
        author=by,
        published_at=published_at,
    )
    version.full_clean()
    version.save(force_insert=True)
    enter_into_force(version)
    for rows in (session.decisions, session.actions):
        rows.filter(released_at=None).update(released_at=published_at)
    return version


@transaction.atomic
def open_amendment(*, session: Session, by: User, now: dt.datetime) -> Minutes:
    """Lets the text be changed again; the published version stays in force until the next one."""
    rights.check_for_writing(by, "sessions_app.write_minutes", session)
    minutes = begin_minutes(session)
    if minutes.state == MinutesState.PUBLISHED:
        minutes.state = MinutesState.DRAFT
        minutes.changed_at = now
        minutes.save()
    return minutes


@transaction.atomic
def keep_proposal(*, item: AgendaItem, by: User, body: str, now: dt.datetime) -> MinutesProposal | None:
    """Keeps what a person whose mandate has just ended was writing, for the animators of today.

    Only former animators may leave a text, one for each item; None where the text is empty or already stored.
    """
    rights.check(by, "sessions_app.leave_text", item.session)
    hold(item.session)
    body = richtext.clean(body)
    entry = MinutesEntry.objects.filter(item=item).first()
    if richtext.is_empty(body) or (entry and entry.body == body):
        return None
    proposal = MinutesProposal.objects.select_for_update().filter(item=item, author=by, closed_at=None).first()
    proposal = proposal or MinutesProposal(item=item, author=by)
    proposal.body = body
    proposal.left_at = now
    proposal.full_clean()
    proposal.save()
    return proposal


@transaction.atomic
def close_proposal(*, proposal: MinutesProposal, by: User, now: dt.datetime) -> MinutesProposal:
    """An animator has read the text and taken from it what was useful."""
    rights.check_for_writing(by, "sessions_app.write_minutes", proposal.item.session)
    if proposal.closed_at is None:
        proposal.closed_at = now
        proposal.save(update_fields=["closed_at"])
    return proposal
