"""Who may read published minutes: members by default, everybody in a shortened form, or nobody for the time being."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from members.people import member_people
from sessions_app.enums import Audience
from sessions_app.minutes.services import MinutesError
from sessions_app.minutes.snapshot import Json
from sessions_app.models import DecisionRecord, Minutes, MinutesVersion, Session
from sessions_app.notifications import notify
from sessions_app.sessions.locks import begin_minutes

if TYPE_CHECKING:
    from core.accounts.models import User


class NothingPublished(MinutesError):
    message = _("No minutes are published for this session.")


class Withdrawn(MinutesError):
    message = _("These minutes are withdrawn: restore them first.")


class ReasonNeeded(MinutesError):
    message = _("Say why you withdraw these minutes.")


@transaction.atomic
def make_public(*, session: Session, by: User, now: dt.datetime) -> Minutes:
    """Opens the version in force, and later ones, to everybody in their public form. Raises `NothingPublished`, `Withdrawn`."""
    minutes = _held(session, by)
    if not MinutesVersion.objects.filter(session=session).exists():
        raise NothingPublished
    if minutes.withdrawn_at is not None:
        raise Withdrawn
    minutes.public_since = minutes.public_since or now
    return _saved(minutes)


@transaction.atomic
def make_members_only(*, session: Session, by: User, now: dt.datetime) -> Minutes:
    minutes = _held(session, by)
    minutes.public_since = None
    return _saved(minutes)


@transaction.atomic
def withdraw(*, session: Session, by: User, reason: str, now: dt.datetime) -> Minutes:
    """Closes every version to all but the animators, from this moment on: page, PDF, lists, verification.

    With them goes what they decided: the record of decisions, and decisions and actions in the registers. The members are told that it was withdrawn, not why. Raises `NothingPublished`, `ReasonNeeded`.
    """
    minutes = _held(session, by)
    if not reason.strip():
        raise ReasonNeeded
    if minutes.withdrawn_at is None:
        minutes.withdrawn_at = now
        minutes.public_since = None
        notify("minutes_withdrawn", session, by=by, now=now, users=member_people(now))
    minutes.withdrawal_reason = reason.strip()
    return _saved(minutes)


@transaction.atomic
def restore(*, session: Session, by: User, now: dt.datetime) -> Minutes:
    """Opens the versions to the members again; public they become by a step of their own."""
    minutes = _held(session, by)
    minutes.withdrawn_at = None
    minutes.withdrawal_reason = ""
    return _saved(minutes)


def public_form(snapshot: Json) -> Json:
    """The snapshot as everybody may read it: organisations, never people; nothing of items reserved to members."""
    reserved = {item["public_id"] for item in snapshot["agenda"] if item["is_reserved"]}
    return {
        **snapshot,
        "version": {**snapshot["version"], "author": None},
        "agenda": [
            {
                **item,
                "speakers": [{**speaker, "person": None} for speaker in item["speakers"] if speaker["organisation"]],
            }
            for item in snapshot["agenda"]
            if not item["is_reserved"]
        ],
        "attendance": [{**entry, "people": []} for entry in snapshot["attendance"]],
        "decisions": [row for row in snapshot["decisions"] if row["item"] not in reserved],
        "actions": [{**row, "person": None} for row in snapshot["actions"] if row["item"] not in reserved],
        "materials": [row for row in snapshot["materials"] if row["audience"] == Audience.PUBLIC],
    }


def public_version(session: Session) -> MinutesVersion | None:
    """The version in force of minutes that are public at this moment."""
    return MinutesVersion.objects.public().filter(session=session).select_related("organisation").first()


def _held(session: Session, by: User) -> Minutes:
    rights.check_for_writing(by, "sessions_app.expose_minutes", session)
    if not any(model.objects.filter(session=session).exists() for model in (MinutesVersion, DecisionRecord)):
        raise NothingPublished
    return begin_minutes(session)


def _saved(minutes: Minutes) -> Minutes:
    minutes.full_clean()
    minutes.save()
    return minutes


def state_of(minutes: Any) -> str:
    """ "withdrawn", "public" or "members"."""
    if minutes.withdrawn_at:
        return "withdrawn"
    return "public" if minutes.public_since else "members"
