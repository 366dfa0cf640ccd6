"""Writes of what a published document is worth: it enters into force, is withdrawn, is restored; each by itself.

Whoever calls holds the rights and the session (`sessions_app.sessions.locks`).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from sessions_app.enums import VersionState
from sessions_app.models import DecisionRecord, MinutesVersion, RecordStanding, VersionStanding

if TYPE_CHECKING:
    from core.accounts.models import User

Document = MinutesVersion | DecisionRecord
Standing = VersionStanding | RecordStanding
_KINDS: dict[type, type[VersionStanding | RecordStanding]] = {
    MinutesVersion: VersionStanding,
    DecisionRecord: RecordStanding,
}


@transaction.atomic
def enter_into_force(document: Document) -> Standing:
    """A new document is in force; the one that was is replaced. What was withdrawn stays withdrawn."""
    kind = _KINDS[type(document)]
    _replace(kind, document)
    standing = kind(session=document.session, document=document, state=VersionState.IN_FORCE)
    standing.full_clean()
    standing.save(force_insert=True)
    return standing


@transaction.atomic
def withdraw(document: Document, *, by: User, reason: str, now: dt.datetime) -> Standing:
    """Nothing takes its place: no former one comes into force again."""
    standing = _held(document)
    if standing.state != VersionState.WITHDRAWN:
        standing.state = VersionState.WITHDRAWN
        standing.withdrawn_at, standing.withdrawn_by, standing.withdrawal_reason = now, by, reason
        standing.restored_at, standing.restored_by, standing.restoration_reason = None, None, ""
        standing.full_clean()
        standing.save()
    return standing


@transaction.atomic
def restore(document: Document, *, by: User, reason: str, now: dt.datetime) -> bool:
    """It is what it would be had it not been withdrawn: replaced where a later one can be read, else in force.

    Whether a version of the minutes came into force by that; what was not withdrawn is left as it is.
    """
    standing = _held(document)
    if standing.state != VersionState.WITHDRAWN:
        return False
    later = type(document).objects.readable().filter(session=document.session, number__gt=document.number)
    comes_into_force = not later.exists()
    if comes_into_force:
        _replace(type(standing), document)
    standing.state = VersionState.IN_FORCE if comes_into_force else VersionState.REPLACED
    standing.restored_at, standing.restored_by, standing.restoration_reason = now, by, reason
    standing.full_clean()
    standing.save()
    return comes_into_force and isinstance(document, MinutesVersion)


def _held(document: Document) -> Standing:
    return _KINDS[type(document)].objects.select_for_update().get(document=document)


def _replace(kind: type[VersionStanding | RecordStanding], document: Document) -> None:
    for former in kind.objects.select_for_update().filter(session=document.session, state=VersionState.IN_FORCE):
        former.state = VersionState.REPLACED
        former.full_clean()
        former.save(update_fields=["state"])
