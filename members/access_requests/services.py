"""Asking for access, accepting and refusing."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.accounts import addresses, rights
from core.accounts.models import User
from core.db import locks
from core.db.periods import today
from members.access_requests import mails
from members.invitations import services as invitations
from members.models import AccessRequest, Organisation, Position, RequestState
from members.people.services import MANAGE, known_as, place_from_today

MOST_WAITING = 300  # more than that is nobody's honest queue
TOO_MANY = _("Too many requests wait for an answer. Write to the animators, please.")
ANSWERED = _("This request was answered meanwhile.")


@transaction.atomic
def ask(
    *, first_name: str, last_name: str, email: str, organisation_name: str, why: str, language: str, now: dt.datetime
) -> None:
    """Keeps the request; one of an address that waits already stands for the later ones.

    Nothing tells the asker whether the address is known. Raises `ValidationError` where too many wait.
    """
    email = addresses.normal(email)
    waiting = AccessRequest.objects.filter(state=RequestState.OPEN)
    if waiting.filter(email=email).exists():
        return
    if waiting.count() >= MOST_WAITING:
        raise ValidationError(TOO_MANY)
    request = AccessRequest(
        first_name=first_name,
        last_name=last_name,
        email=email,
        organisation_name=organisation_name,
        why=why,
        language=language,
        asked_at=now,
    )
    request.full_clean()
    request.save(force_insert=True)


@transaction.atomic
def accept(*, request: AccessRequest, by: User, organisation: Organisation, role: str, now: dt.datetime) -> User:
    """Names the person, or takes who is known under the address; gives the position; invites who never came.

    Raises `PermissionRefused`, `ValidationError`.
    """
    locks.hold_exclusive(rights.RIGHTS_LOCK)  # as `save_position`, which follows
    rights.check_for_writing(by, MANAGE)
    stored = _open(request)
    person = known_as(stored.email) or User.objects.create_user(
        stored.email, first_name=stored.first_name, last_name=stored.last_name, language=stored.language
    )
    running = Position.objects.on(today(now)).filter(user=person, organisation=organisation)
    if not running.exists():
        place_from_today(person=person, organisation=organisation, role=role, by=by, now=now)
    if person.last_login is None:
        invitations.invite(person=person, by=by, now=now)
    stored.person = person
    _answer(stored, RequestState.ACCEPTED, by, now)
    return person


@transaction.atomic
def refuse(*, request: AccessRequest, by: User, reason: str, now: dt.datetime) -> None:
    """Tells the asker by mail, with the reason. Raises `PermissionRefused`, `ValidationError`."""
    rights.check_for_writing(by, MANAGE)
    stored = _open(request)
    stored.reason = reason
    _answer(stored, RequestState.REFUSED, by, now)
    mails.send_refusal(stored, now=now)


def _open(request: AccessRequest) -> AccessRequest:
    stored = AccessRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if stored.state != RequestState.OPEN:
        raise ValidationError(ANSWERED)
    return stored


def _answer(request: AccessRequest, state: RequestState, by: User, now: dt.datetime) -> None:
    request.state, request.answered_by, request.answered_at = state, by, now
    request.full_clean()
    request.save()
