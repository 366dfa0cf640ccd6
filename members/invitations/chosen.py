"""Inviting people who are known and never were invited, by choice: those of an import, or any."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from core.accounts import rights
from core.accounts.models import User
from members.invitations import services
from members.people import selectors
from members.people.services import MANAGE

if TYPE_CHECKING:
    from core.imports.models import Import

MOST = 40  # people on one page, invited by one click: more is too long a page for a phone


def never_invited(now: dt.datetime, *, run: Import | None = None) -> QuerySet[User]:
    """Who has never come and has no open invitation, by name; of those whom `run` added, where it is given.

    An import and the people it added bear one moment: `applied_at` and `created_at`. Who administers is invited alone.
    """
    people = selectors.people(now).filter(is_active=True, last_login=None, is_invited=False, is_staff=False)
    return people.filter(created_at=run.applied_at) if run is not None else people


@transaction.atomic
def invite_chosen(*, chosen: Collection[uuid.UUID], by: User, now: dt.datetime) -> int:
    """Invites everybody of `chosen` who may still be invited, or nobody; how many.

    Who was invited meanwhile is left out. Raises `PermissionRefused`, `ValidationError` as `services.invite`.
    """
    rights.check_for_writing(by, MANAGE)
    people = list(never_invited(now).filter(public_id__in=chosen)[:MOST])
    for person in people:
        services.invite(person=person, by=by, now=now)
    return len(people)
