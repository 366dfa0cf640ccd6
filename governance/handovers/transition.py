"""What every step stands on: the locked handover, the checked save, the end of a handover before its effect."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.accounts import rights
from core.db import locks
from governance.consultations import clock
from governance.enums import HandoverState, Step
from governance.handovers.evidence import log
from governance.handovers.transitions import MOVES, IllegalMove
from governance.models import Handover
from governance.notifications import acting_people, notify_of_handover
from governance.refusal import refusal
from members.models import Organisation

if TYPE_CHECKING:
    from core.accounts.models import User

ONE_AT_A_TIME = "governance.handover"  # the lock under which a handover is opened


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


def start_transition(
    handover: Handover, step: Step, *, by: User, now: dt.datetime, alone: bool = False
) -> tuple[Handover, dt.datetime]:
    """The locked handover and the moment of the step, once the rights and the table of moves let `by` take it.

    Raises `PermissionRefused` or `IllegalMove`.
    """
    lock_rights(alone=alone)
    locked = lock(handover)
    move = MOVES[step]
    rights.check_for_writing(by, move.permission, locked)
    if locked.state_at(now) not in move.sources:
        raise IllegalMove(locked, step)
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
    save(locked, MOVES[step].target)
    if planned is not None:
        planned.delete()
    clock.call_off_with(locked, reason=locked.ended_reason, now=now)
    log(locked, step, by=by, organisation=organisation, now=now, comment=reason)
    if not was_draft:
        notify_of_handover("handover_ended", locked, acting_people([locked.holder, locked.receiver], now), now=now)


def notify_of_step(handover: Handover, now: dt.datetime) -> None:
    """Both sides hear that a step was recorded."""
    notify_of_handover("handover_moved", handover, acting_people([handover.holder, handover.receiver], now), now=now)
