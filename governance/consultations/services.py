"""Preparing and running a consultation. Giving a voice stands in `ballots`, proxies in `proxies`.

Rights are asked under the rights lock, then the consultation's row is locked: the same order everywhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from core.accounts import rights
from core.notifications.each_row import each_row
from core.transitions import Refusal
from governance.consultations import links
from governance.consultations.clock import call_off_now, close_now, lock, lock_to_open, open_now, save
from governance.consultations.transitions import RUN, TABLE, Move, overtaken
from governance.enums import ConsultationState
from governance.handovers.evidence import Evidence
from governance.models import Consultation, ConsultationDocument, GovernanceRules, Handover, Voter
from governance.notifications import acting_people
from governance.refusal import refusal
from sessions_app.models import Session

if TYPE_CHECKING:
    from core.accounts.models import User

TYPING_TIME = dt.timedelta(hours=1)  # a form may be filled in slowly: what was ahead when it was written is taken
LONGEST = dt.timedelta(days=366)  # from now to the closing
LAST_CALL = dt.timedelta(days=2)  # before closing, when the silent are reminded by themselves


class StillOpen(Refusal):
    message = gettext_lazy("What follows is written once the consultation is closed.")


@dataclass(frozen=True)
class Question:
    """What is asked, where and by when; a draft may change all of it."""

    title: str
    question: str
    context: str = ""
    session: Session | None = None
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    hides_until_closed: bool | None = None  # None: as the rules say


@transaction.atomic
def prepare(
    *,
    by: User,
    question: Question,
    now: dt.datetime,
    handover: Handover | None = None,
    documents: Sequence[Evidence] = (),
) -> Consultation:
    """A draft by the animators, or about an interim by those who asked for it. The rules are copied as they stand."""
    rules = GovernanceRules.current()
    consultation = Consultation(
        handover=handover,
        created_by=by,
        created_at=now,
        decision_rule=rules.decision_rule,
        quorum_percent=rules.quorum_percent,
        quorum_counts_proxies=rules.quorum_counts_proxies,
        proxies_per_holder=rules.proxies_per_holder,
        hides_until_closed=rules.hides_until_closed,
    )
    rights.check_for_writing(by, RUN, consultation)
    _ask(consultation, question, now, rules)
    _attach(consultation, documents, now)
    return consultation


@transaction.atomic
def edit(
    *,
    consultation: Consultation,
    by: User,
    question: Question,
    now: dt.datetime,
    documents: Sequence[Evidence] = (),
) -> Consultation:
    """Changes a draft; an open question stands as it was asked."""
    locked = _locked(consultation, by, ConsultationState.DRAFT)
    _ask(locked, question, now, GovernanceRules.current())
    _attach(locked, documents, now)
    return locked


def _ask(consultation: Consultation, question: Question, now: dt.datetime, rules: GovernanceRules) -> None:
    opens_at = question.opens_at
    if opens_at is not None and opens_at < now - TYPING_TIME:
        raise refusal(_("Choose an opening time ahead, or leave it empty to open by hand."), "opening", "opens_at")
    if opens_at is not None and opens_at > now + LONGEST:
        raise refusal(_("Set an opening time within a year."), "opening", "opens_at")
    consultation.title = question.title.strip()
    consultation.question = question.question.strip()
    consultation.context = question.context.strip()
    consultation.session = question.session
    consultation.opens_at = question.opens_at
    starts = question.opens_at or now
    consultation.closes_at = question.closes_at or starts + dt.timedelta(days=rules.consultation_days)
    if question.hides_until_closed is not None:
        consultation.hides_until_closed = question.hides_until_closed
    if consultation.closes_at <= max(starts, now):
        raise refusal(_("Set a closing time ahead."), "closing", "closes_at")
    if consultation.runs_to_its_end and consultation.closes_at < max(starts, now) + dt.timedelta(
        days=rules.consultation_days
    ):
        raise refusal(
            _("Leave the members as many days as the rules say: %(days)s.") % {"days": rules.consultation_days},
            "closing",
            "closes_at",
        )
    if consultation.closes_at > now + LONGEST:
        raise refusal(_("Set a closing time within a year."), "closing", "closes_at")
    save(consultation)


def _attach(consultation: Consultation, documents: Sequence[Evidence], now: dt.datetime) -> None:
    for document in documents:
        row = ConsultationDocument(
            consultation=consultation, title=document.title.strip(), file=document.file, added_at=now
        )
        row.full_clean()
        row.save()


def _locked(consultation: Consultation, by: User, *states: str) -> Consultation:
    rights.check_for_writing(by, RUN, consultation)
    locked = lock(consultation)
    if locked.state not in states:
        raise overtaken()
    return locked


@transaction.atomic
def open_by_hand(*, consultation: Consultation, by: User, now: dt.datetime) -> Consultation:
    locked = TABLE.start(consultation, Move.OPEN, by=by, now=now, lock=lock_to_open)
    open_now(locked, now=now)
    return locked


@transaction.atomic
def close_by_hand(*, consultation: Consultation, by: User, now: dt.datetime) -> Consultation:
    """Closes before the set time, or at once where the clock has closed it already."""
    locked = TABLE.start(consultation, Move.CLOSE, by=by, now=now, lock=lock)
    close_now(locked, now=now)
    return locked


@transaction.atomic
def call_off(*, consultation: Consultation, by: User, reason: str, now: dt.datetime) -> Consultation:
    """Calls a draft or an open consultation off; what was said is kept, nothing is counted."""
    locked = TABLE.start(consultation, Move.CALL_OFF, by=by, now=now, lock=lock, reason=reason)
    call_off_now(locked, reason=reason, now=now)
    return locked


@transaction.atomic
def conclude(*, consultation: Consultation, by: User, statement: str, now: dt.datetime) -> Consultation:
    """Writes what follows from the result; may be changed, the audit trail keeps what it was."""
    rights.check_for_writing(by, RUN, consultation)
    locked = lock(consultation)
    if locked.state == ConsultationState.OPEN and locked.is_over(now):
        close_now(locked, now=now)
    if locked.state != ConsultationState.CLOSED:
        raise StillOpen
    locked.statement = statement.strip()
    save(locked)
    return locked


@transaction.atomic
def remind(*, consultation: Consultation, by: User, now: dt.datetime) -> int:
    """Reminds the people of organisations that have not answered; how many organisations."""
    locked = _locked(consultation, by, ConsultationState.OPEN)
    if not locked.takes_ballots(now):
        raise overtaken()
    return _remind_silent(locked, unless_since=now - dt.timedelta(days=1), now=now)


def _remind_silent(locked: Consultation, *, unless_since: dt.datetime, now: dt.datetime) -> int:
    """Writes the reminders; an organisation reminded since `unless_since` is left in peace."""
    silent = Voter.objects.filter(consultation=locked, ballot__isnull=True).exclude(reminded_at__gt=unless_since)
    ids = list(silent.values_list("pk", flat=True))
    people = acting_people(Voter.objects.filter(pk__in=ids).values("organisation"), now)
    links.ask("consultation_reminder", locked, people, now=now)
    Voter.objects.filter(pk__in=ids).update(reminded_at=now)
    return len(ids)


def remind_before_closing(*, now: dt.datetime) -> int:
    """Reminds the silent by itself, once, `LAST_CALL` before a consultation closes; how many organisations.

    One that closes sooner than that after its opening reminds nobody: they have just been asked.
    """
    near = Consultation.objects.taking_ballots(now).filter(closes_at__lte=now + LAST_CALL).order_by("pk")
    return sum(each_row(Consultation, near.values_list("pk", flat=True), lambda key: _last_call(key, now), now=now))


def _last_call(key: int, now: dt.datetime) -> int:
    locked = lock(Consultation.objects.get(pk=key))
    last_call = locked.closes_at - LAST_CALL
    if not locked.takes_ballots(now) or locked.opened_at >= last_call:
        return 0
    return _remind_silent(locked, unless_since=last_call, now=now)
