"""Who may read published minutes: members by default, everybody in a shortened form, or nobody for the time being."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from members.people import member_people
from sessions_app.enums import Audience
from sessions_app.minutes import standing
from sessions_app.minutes.services import MinutesError
from sessions_app.minutes.snapshot import Json
from sessions_app.minutes.standing import Document
from sessions_app.models import DecisionRecord, Minutes, MinutesVersion, Session
from sessions_app.notifications import notify
from sessions_app.querysets import withdrawn
from sessions_app.sessions.locks import begin_minutes

if TYPE_CHECKING:
    from core.accounts.models import User


class NothingPublished(MinutesError):
    message = _("No minutes are published for this session.")


class Withdrawn(MinutesError):
    message = _("These minutes are withdrawn: restore them first.")


class NotLookedAt(MinutesError):
    message = _("This version was published meanwhile: read its public form before you open it.")


class ReasonNeeded(MinutesError):
    message = _("Say why you withdraw these minutes.")


class RestoringUnexplained(ReasonNeeded):
    message = _("Say why you open this version again.")


@transaction.atomic
def make_public(*, session: Session, by: User, now: dt.datetime, seen: str | None = None) -> Minutes:
    """Opens the version in force, and later ones, to everybody in their public form.

    `seen` is the hash of the version whose public form was looked at: another one is not opened. Raises
    `NothingPublished`, `Withdrawn`, `NotLookedAt`.
    """
    minutes = _held(session, by)
    versions = MinutesVersion.objects.filter(session=session)
    if not versions.exists():
        raise NothingPublished
    version = versions.in_force().first()
    if version is None:
        raise Withdrawn
    if seen is not None and seen != version.content_sha256:
        raise NotLookedAt
    minutes.public_since = minutes.public_since or now
    return _saved(minutes)


@transaction.atomic
def make_members_only(*, session: Session, by: User, now: dt.datetime) -> Minutes:
    minutes = _held(session, by)
    minutes.public_since = None
    return _saved(minutes)


@transaction.atomic
def withdraw(
    *, session: Session, by: User, reason: str, now: dt.datetime, documents: Iterable[Document] | None = None
) -> Minutes:
    """Closes versions and records to all but the animators, from this moment on: page, PDF, lists, verification.

    All that can be read of the session unless `documents` are given. Where nothing stays in force, decisions and
    actions go with them in the registers. The members are told that what was in force was withdrawn, not why; of a
    replaced version, which says nothing any more, they are not. What is withdrawn already is left as it is. Raises `NothingPublished`, `ReasonNeeded`.
    """
    minutes = _held(session, by)
    if not reason.strip():
        raise ReasonNeeded
    chosen = documents_of(session) if documents is None else list(documents)
    closing = [document for document in chosen if not document.standing.is_withdrawn]
    read = {type(document) for document in closing if document.standing.is_in_force}
    for document in closing:
        standing.withdraw(document, by=by, reason=reason.strip(), now=now)
    if not MinutesVersion.objects.in_force().filter(session=session).exists():
        minutes.public_since = None
    if MinutesVersion in read:
        notify("minutes_withdrawn", session, by=by, now=now, users=member_people(now))
    elif DecisionRecord in read:
        notify("record_withdrawn", session, by=by, now=now, users=member_people(now))
    return _saved(minutes)


@transaction.atomic
def restore(*, document: Document, by: User, reason: str, now: dt.datetime) -> Minutes:
    """Opens this one document to the members again; public it becomes by a step of its own. Raises `RestoringUnexplained`."""
    minutes = _held(document.session, by)
    if not reason.strip():
        raise RestoringUnexplained
    if standing.restore(document, by=by, reason=reason.strip(), now=now):
        minutes.public_since = None
    return _saved(minutes)


def documents_of(session: Session) -> list[Document]:
    """All versions and records of a session with their standing, the newest of each first."""
    kinds: tuple[type[MinutesVersion | DecisionRecord], ...] = (MinutesVersion, DecisionRecord)
    return [
        document
        for kind in kinds
        for document in kind.objects.filter(session=session)
        .defer("snapshot")
        .select_related("standing__withdrawn_by", "standing__restored_by", "session")
        .order_by("-number")
    ]


def public_form(snapshot: Json) -> Json:
    """The snapshot as everybody may read it: organisations, never people; nothing of items reserved to members.

    Nor what a version changed, which is written for the members.
    """
    reserved = {item["public_id"] for item in snapshot["agenda"] if item["is_reserved"]}
    hidden = {row["public_id"] for row in snapshot["decisions"] if row["item"] in reserved}
    return {
        **{key: value for key, value in snapshot.items() if key != "guests"},
        "version": {**snapshot["version"], "author": None, "reason": ""},
        "agenda": [
            {
                **item,
                "speakers": [{**speaker, "person": None} for speaker in item["speakers"] if speaker["organisation"]],
            }
            for item in snapshot["agenda"]
            if not item["is_reserved"]
        ],
        "attendance": [{**entry, "people": []} for entry in snapshot["attendance"]],
        "decisions": [row for row in snapshot["decisions"] if row["public_id"] not in hidden],
        "actions": [
            {**row, "person": None}
            for row in snapshot["actions"]
            if row["item"] not in reserved and row["decision"] not in hidden
        ],
        "materials": [row for row in snapshot["materials"] if row["audience"] == Audience.PUBLIC],
    }


def public_version(session: Session) -> MinutesVersion | None:
    """The version in force of minutes that are public at this moment."""
    versions = MinutesVersion.objects.public().filter(session=session)
    return versions.select_related("organisation", "standing", "session__minutes").first()


def _held(session: Session, by: User) -> Minutes:
    rights.check_for_writing(by, "sessions_app.expose_minutes", session)
    if not any(model.objects.filter(session=session).exists() for model in (MinutesVersion, DecisionRecord)):
        raise NothingPublished
    return begin_minutes(session)


def _saved(minutes: Minutes) -> Minutes:
    minutes.full_clean()
    minutes.save()
    return minutes


def state_of(session: Session) -> str:
    """Who reads what came out of a session: "withdrawn" (nobody but the animators), "public" or "members"."""
    if Session.objects.filter(withdrawn(OuterRef("pk")), pk=session.pk).exists():
        return "withdrawn"
    return "public" if MinutesVersion.objects.public().filter(session=session).exists() else "members"
