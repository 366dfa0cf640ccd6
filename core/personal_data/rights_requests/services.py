"""Writing a request, confirming the address it came from, answering it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import tokens
from core.accounts import addresses, rights
from core.accounts.models import User as Person
from core.db import locks
from core.lifecycle.erasure import MARK
from core.notifications import services as notifications
from core.notifications.models import OutboxMessage
from core.personal_data.models import Answer, Right, RightsRequest
from core.personal_data.rights_requests import mails

if TYPE_CHECKING:
    from core.accounts.models import User

MAY = "personal_data.manage"
TO_CONFIRM = dt.timedelta(days=7)  # an address nobody confirmed by then is forgotten
MAILS_A_DAY = 3  # to one address: whoever types that of somebody else sends no more
WORDS_STAY = dt.timedelta(days=30)  # of an erasure that was done: until its answer has surely arrived
NOWHERE = "efface@efface.invalid"
TOO_MANY = _(
    "Several mails with a link went to this address today: confirm one of those requests, or write again tomorrow."
)
ANSWERED = _("This request was answered meanwhile.")


@transaction.atomic
def ask(*, right: str, name: str, email: str, words: str, language: str, now: dt.datetime) -> RightsRequest:
    """Keeps the request and mails the link that confirms it; nothing tells whether the address is known.

    Nobody can close the form to others: what is limited is each network address (by the view) and each mailbox.
    Raises `ValidationError` where that one has had its mails.
    """
    email = addresses.normal(email)
    locks.hold_exclusive(f"rights requests of {email}")
    if RightsRequest.objects.filter(email=email, asked_at__gt=now - dt.timedelta(days=1)).count() >= MAILS_A_DAY:
        raise ValidationError({"email": TOO_MANY})
    token = tokens.new()
    request = RightsRequest(
        right=right,
        name=name,
        email=email,
        words=words,
        language=language,
        asked_at=now,
        token_hash=tokens.digest(token),
    )
    request.full_clean()
    request.save(force_insert=True)
    mails.send_confirmation(request, token=token, now=now)
    return request


def by_token(token: str, *, now: dt.datetime) -> RightsRequest | None:
    """The request whose link this is: confirmed already, or still to be."""
    found = RightsRequest.objects.filter(token_hash=tokens.digest(token)).first()
    if found is None or (found.confirmed_at is None and found.asked_at <= now - TO_CONFIRM):
        return None
    return found


@transaction.atomic
def confirm(*, request: RightsRequest, now: dt.datetime) -> RightsRequest:
    """From now on the month runs, and the administrators know; a second time changes nothing."""
    held = RightsRequest.objects.select_for_update().get(pk=request.pk)
    if held.confirmed_at is None:
        held.confirmed_at = now
        held.person_id = addresses.owner_id(held.email)
        held.save(update_fields=["confirmed_at", "person"])
        notifications.notify(
            kind=mails.ARRIVED,
            users=Person.objects.may_enter().filter(is_staff=True).by_name(),
            values={"right": held.right, "id": str(held.public_id)},
            about=("rights-request", held.public_id),
            now=now,
        )
    return held


@transaction.atomic
def answer(*, request: RightsRequest, answer: str, words: str, by: User, now: dt.datetime) -> RightsRequest:
    """Answers by mail, in these words. Raises `PermissionRefused`, `ValidationError`."""
    rights.check_for_writing(by, MAY)
    held = RightsRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if held.answer or held.confirmed_at is None:
        raise ValidationError(ANSWERED)
    held.answer, held.answer_words, held.answered_by, held.answered_at = answer, words, by, now
    held.full_clean()
    held.save()
    mails.send_answer(held, now=now)
    return held


def known_person(request: RightsRequest) -> Person | None:
    """Whom the portal knew under the address when its writer confirmed it."""
    return request.person


def forget_old(*, before: dt.datetime, now: dt.datetime) -> int:
    """Answered before that moment, or never confirmed. Of an erasure that was done the words go after a month."""
    done = RightsRequest.objects.filter(right=Right.ERASURE, answer=Answer.DONE, answered_at__lt=now - WORDS_STAY)
    told = done.exclude(name=MARK)
    OutboxMessage.objects.filter(kind=mails.MAIL, subject_id__in=told.values("public_id")).delete()
    forget_words(told)
    never = Q(confirmed_at=None, asked_at__lte=now - TO_CONFIRM)
    return RightsRequest.objects.filter(Q(answered_at__lt=before) | never).delete()[0]


def forget_words(requests: QuerySet[RightsRequest]) -> int:
    """That those of them which are answered were answered stays, without the name and the words."""
    return requests.exclude(answer="").update(name=MARK, email=NOWHERE, words=MARK, answer_words=MARK)
