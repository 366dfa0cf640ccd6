"""The one table of legal moves of a handover, and what each step stands on. Nobody skips a step: what is not here is refused."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.db import locks
from core.transitions import Table, Transition
from governance.consultations import clock
from governance.enums import HandoverState, Step
from governance.handovers.evidence import log
from governance.models import Handover
from governance.notifications import acting_people, notify_of_handover
from governance.refusal import refusal
from members.models import Organisation

if TYPE_CHECKING:
    from core.accounts.models import User

_S = HandoverState
ONE_AT_A_TIME = "governance.handover"  # the lock under which a handover is opened
OVERTAKEN = _("The handover has moved on meanwhile; this step cannot be taken any more. See where it stands.")


# COMPLETE leads to EFFECTIVE at once, or to SCHEDULED where a later moment was set; TAKE_EFFECT is the clock's.
TABLE: Table[Step] = Table(
    {
        Step.PROPOSE: Transition((_S.DRAFT,), _S.PROPOSED, permission="governance.propose_handover"),
        Step.ACCEPT: Transition((_S.PROPOSED,), _S.ACCEPTED, permission="governance.accept_handover"),
        Step.VALIDATE: Transition((_S.ACCEPTED,), _S.VALIDATED, permission="governance.record_validation"),
        Step.COMPLETE: Transition((_S.VALIDATED,), _S.EFFECTIVE, permission="governance.complete_handover"),
        Step.TAKE_EFFECT: Transition((_S.SCHEDULED,), _S.EFFECTIVE),
        Step.DECLINE: Transition(
            (_S.PROPOSED, _S.ACCEPTED, _S.VALIDATED, _S.SCHEDULED),
            _S.DECLINED,
            permission="governance.decline_handover",
        ),
        Step.WITHDRAW: Transition(
            (_S.DRAFT, _S.PROPOSED, _S.ACCEPTED, _S.VALIDATED, _S.SCHEDULED),
            _S.WITHDRAWN,
            permission="governance.withdraw_handover",
        ),
    },
    overtaken=OVERTAKEN,
    state_of=Handover.state_at,
)


def next_steps(state: HandoverState) -> list[Step]:
    """The steps that lead on from `state`, in the order of the table; the clock's is not among them."""
    return [step for step in TABLE.leaving(state) if TABLE[step].permission]


def lock_rights(*, alone: bool = False) -> None:
    """Takes the rights lock before any row, so that two steps never wait for each other crosswise.

    `alone` where a mandate is written or taken back: every animator's write under way ends first, and every
    later one sees the new mandate.
    """
    (locks.hold_exclusive if alone else locks.hold_shared)(rights.RIGHTS_LOCK)


def lock(handover: Handover) -> Handover:
    """The handover as it stands now, locked to the end of the transaction."""
    return Handover.objects.select_for_update(of=("self",)).with_names().get(pk=handover.pk)


def not_before_the_last(locked: Handover, now: dt.datetime) -> dt.datetime:
    """`now`, or the moment of the step before, where that was written while this one waited for the lock.

    The clock is read before the lock is waited for: without this a log would tell a refusal before the acceptance.
    """
    last = locked.steps.order_by("-pk").values_list("recorded_at", flat=True).first()
    return now if last is None else max(now, last)


def start_step(
    handover: Handover, step: Step, *, by: User, now: dt.datetime, alone: bool = False
) -> tuple[Handover, dt.datetime]:
    """The locked handover and the moment of the step, once the rights and the table let `by` take it.

    Raises `PermissionRefused` or `Overtaken`.
    """
    locked = TABLE.start(handover, step, by=by, now=now, lock=lock, alone=alone)
    return locked, not_before_the_last(locked, now)


def save(handover: Handover, state: HandoverState) -> None:
    handover.state = state
    handover.full_clean()
    handover.save()


def terminate(
    locked: Handover, step: Step, *, by: User | None, organisation: Organisation | None, reason: str, now: dt.datetime
) -> None:
    """Ends `locked` before its effect and takes its planned mandate back; needs the rights lock exclusively."""
    was_draft = locked.state == HandoverState.DRAFT and not locked.is_interim
    planned = locked.incoming
    if planned is not None:
        locked.incoming, locked.completed_at, locked.effective_on = None, None, None
    locked.ended_at = now
    locked.ended_reason = reason.strip()
    if not locked.ended_reason:
        raise refusal(_("Say why."), "reason_missing", "reason")
    save(locked, TABLE[step].target)
    if planned is not None:
        planned.delete()
    clock.call_off_with(locked, reason=locked.ended_reason, now=now)
    log(locked, step, by=by, organisation=organisation, now=now, comment=reason)
    if not was_draft:
        notify_of_handover("handover_ended", locked, acting_people([locked.holder, locked.receiver], now), now=now)


def notify_of_step(handover: Handover, now: dt.datetime) -> None:
    """Both sides hear that a step was recorded."""
    notify_of_handover("handover_moved", handover, acting_people([handover.holder, handover.receiver], now), now=now)
