"""The steps of a handover up to the members' validation, and its end before the effect; one service each.

Refusals are `Refusal`, `ValidationError` (with the field it belongs to) or `PermissionRefused`.
The handing over itself stands in `completion`, putting a wrong entry right in `corrections`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts import rights
from core.db import locks
from core.db.periods import today
from core.partial_dates import PartialDate, day
from core.partial_dates.values import some_day
from governance.consultations import clock
from governance.enums import ConsultationState, HandoverState, Step, ValidationMode
from governance.handovers import checks, interim_consultation
from governance.handovers.completion import settle
from governance.handovers.evidence import Evidence, log
from governance.handovers.printing import print_pack
from governance.handovers.transitions import (
    ONE_AT_A_TIME,
    lock_rights,
    notify_of_step,
    save,
    start_step,
    terminate,
)
from governance.models import Consultation, Handover
from governance.notifications import acting_people, notify_of_handover
from governance.refusal import refusal
from members.models import Organisation
from sessions_app.models import Session

if TYPE_CHECKING:
    from core.accounts.models import User


@transaction.atomic
def open_draft(
    *,
    by: User,
    receiver: Organisation,
    purpose: str,
    now: dt.datetime,
    is_historical: bool = False,
    proposed_on: PartialDate | None = None,
) -> Handover:
    """A draft by a representative of the holder; nobody else sees it. One handover at a time."""
    lock_rights()
    locks.hold_exclusive(ONE_AT_A_TIME)
    settle(now=now)
    rights.check_for_writing(by, "governance.propose_handover")
    mandate = checks.running_mandate(now)
    handover = Handover(outgoing=mandate, holder=mandate.organisation, created_at=now)
    asked = {"receiver": receiver, "purpose": purpose, "is_historical": is_historical, "proposed_on": proposed_on}
    _fill_draft(handover, now=now, **asked)
    log(handover, Step.DRAFT, by=by, organisation=handover.holder, now=now)
    return handover


@transaction.atomic
def edit_draft(
    *,
    handover: Handover,
    by: User,
    receiver: Organisation,
    purpose: str,
    now: dt.datetime,
    is_historical: bool = False,
    proposed_on: PartialDate | None = None,
) -> Handover:
    """Changes a draft; once proposed, only a recorded correction does."""
    locked, now = start_step(handover, Step.PROPOSE, by=by, now=now)
    asked = {"receiver": receiver, "purpose": purpose, "is_historical": is_historical, "proposed_on": proposed_on}
    _fill_draft(locked, now=now, **asked)
    return locked


def _fill_draft(
    handover: Handover,
    *,
    receiver: Organisation,
    purpose: str,
    is_historical: bool,
    proposed_on: PartialDate | None,
    now: dt.datetime,
) -> None:
    checks.fit_to_receive(receiver, handover.holder, today(now))
    if proposed_on is not None:
        checks.dated("proposed_on", proposed_on, historical=is_historical, now=now)
    handover.receiver = receiver
    handover.purpose = purpose.strip()
    handover.is_historical = is_historical
    handover.proposed_on = proposed_on
    save(handover, HandoverState.DRAFT)


@transaction.atomic
def propose(
    *, handover: Handover, by: User, now: dt.datetime, comment: str = "", documents: Sequence[Evidence] = ()
) -> Handover:
    """The holder's representative shows the draft to all members; the receiver may answer from now on."""
    locked, now = start_step(handover, Step.PROPOSE, by=by, now=now)
    checks.still_held(locked, now)
    checks.fit_to_receive(locked.receiver, locked.holder, today(now))
    if locked.proposed_on is None and not locked.is_historical:
        locked.proposed_on = day(today(now))
    checks.dated("proposed_on", locked.proposed_on, historical=locked.is_historical, now=now)
    locked.proposed_at = now
    save(locked, HandoverState.PROPOSED)
    log(locked, Step.PROPOSE, by=by, organisation=locked.holder, now=now, comment=comment, documents=documents)
    people = acting_people([locked.holder, locked.receiver], now)
    notify_of_handover("handover_proposed", locked, people, now=now)
    return locked


@transaction.atomic
def accept(
    *,
    handover: Handover,
    by: User,
    body: str,
    accepted_on: PartialDate | None,
    now: dt.datetime,
    comment: str = "",
    documents: Sequence[Evidence] = (),
) -> Handover:
    """The receiver accepts in principle: which body decided, when, and the document that says so.

    Opens the pack for the incoming animators; of an interim it opens the members' consultation too.
    """
    locked, now = start_step(handover, Step.ACCEPT, by=by, now=now)
    checks.still_held(locked, now)
    checks.fit_to_receive(locked.receiver, locked.holder, today(now))
    checks.dated("accepted_on", accepted_on, historical=locked.is_historical, now=now)
    checks.proven(documents, historical=locked.is_historical)
    locked.accepted_body = body.strip()
    locked.accepted_on = accepted_on
    locked.accepted_at = now
    checks.in_order(locked, "accepted_on")
    if not locked.accepted_body:
        raise refusal(_("Say which body accepted."), "body_missing", "body")
    save(locked, HandoverState.ACCEPTED)
    log(locked, Step.ACCEPT, by=by, organisation=locked.receiver, now=now, comment=comment, documents=documents)
    if locked.is_interim:
        interim_consultation.ask_members(locked, by=by, now=now)
    notify_of_step(locked, now)
    print_pack(locked, by=by, now=now)
    return locked


@transaction.atomic
def validate(
    *,
    handover: Handover,
    by: User,
    now: dt.datetime,
    session: Session | None = None,
    statement: str = "",
    consultation: Consultation | None = None,
    comment: str = "",
    documents: Sequence[Evidence] = (),
) -> Handover:
    """Records that the members validated: by `consultation` if given, else by consensus in the words of `statement`.

    In a held session. An interim needs a consultation but no session, because nobody calls one then.
    """
    locked, now = start_step(handover, Step.VALIDATE, by=by, now=now)
    checks.still_held(locked, now)
    if session is not None or not locked.is_interim:
        checks.fit_session(locked, session)
    for asked in locked.consultations.filter(state=ConsultationState.OPEN).order_by("pk"):
        clock.closed_by_now(asked, now=now)
    if consultation is not None or locked.is_interim:
        checks.fit_consultation(locked, consultation and clock.lock(consultation))
    checks.members_heard(locked, now)
    if consultation is None:
        checks.attended(session)
        if not statement.strip():
            raise refusal(_("Write what was said."), "statement_missing", "statement")
    locked.validation_mode = ValidationMode.CONSULTATION if consultation else ValidationMode.CONSENSUS
    locked.validation_session = session
    locked.validation_statement = statement.strip()
    locked.validation_consultation = consultation
    locked.validated_on = some_day(session.days) if session else day(today(consultation.closed_at))
    locked.validated_at = now
    save(locked, HandoverState.VALIDATED)
    organisation = locked.receiver if locked.is_interim else locked.holder
    log(locked, Step.VALIDATE, by=by, organisation=organisation, now=now, comment=comment, documents=documents)
    notify_of_step(locked, now)
    return locked


@transaction.atomic
def decline(*, handover: Handover, by: User, reason: str, now: dt.datetime) -> Handover:
    """The receiver says no, at any time before the effect."""
    locked, now = start_step(handover, Step.DECLINE, by=by, now=now, alone=True)  # it may take a planned mandate back
    terminate(locked, Step.DECLINE, by=by, organisation=locked.receiver, reason=reason, now=now)
    return locked


@transaction.atomic
def withdraw(*, handover: Handover, by: User, reason: str, now: dt.datetime) -> Handover:
    """Who proposed, or first asked for an interim, takes it back, at any time before the effect."""
    locked, now = start_step(handover, Step.WITHDRAW, by=by, now=now, alone=True)
    organisation = locked.requests.first().organisation if locked.is_interim else locked.holder
    terminate(locked, Step.WITHDRAW, by=by, organisation=organisation, reason=reason, now=now)
    return locked
