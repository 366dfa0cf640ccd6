"""Putting a wrong entry right: recorded with the reason and each value before and after."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts import rights
from core.db.periods import today
from core.partial_dates import PartialDate
from governance.enums import HandoverState, Step, ValidationMode
from governance.handovers import checks
from governance.handovers.evidence import log
from governance.handovers.printing import print_act
from governance.handovers.transitions import lock, lock_rights, not_before_the_last, save
from governance.models import Handover
from governance.notifications import acting_people, notify_of_handover
from governance.refusal import refusal
from sessions_app.models import Session

if TYPE_CHECKING:
    from core.accounts.models import User


def correctable(handover: Handover) -> list[str]:
    """The fields of the steps that were taken; state and organisations are never corrected."""
    found = []
    if handover.proposed_at:
        found += ["proposed_on"]
    if handover.accepted_at:
        found += ["accepted_body", "accepted_on"]
    if handover.validated_at and handover.validation_session_id:
        found += ["validation_session"]
    if handover.validated_at and handover.validation_statement:
        found += ["validation_statement"]
    if handover.state == HandoverState.EFFECTIVE:
        found += ["effective_on"]
    return found


@transaction.atomic
def correct(*, handover: Handover, by: User, changes: dict[str, Any], reason: str, now: dt.datetime) -> Handover:
    """An administrator puts wrong entries right: `changes` holds new values by field name (see `correctable`).

    Steps not yet taken cannot be filled in this way. The new mandate's date follows `effective_on`, the date of
    the validation follows its session. Raises `ValidationError`, by field where one is to blame.
    """
    lock_rights()
    locked = lock(handover)
    now = not_before_the_last(locked, now)
    rights.check_for_writing(by, "governance.correct_handover", locked)
    if not reason.strip():
        raise refusal(_("Say why."), "reason_missing", "reason")
    allowed = correctable(locked)
    different = {name: value for name, value in changes.items() if name in allowed and getattr(locked, name) != value}
    if not different:
        raise refusal(_("Nothing was changed."), "unchanged")
    if "validation_session" in different:
        different["validated_on"] = different["validation_session"].date
    recorded = {}
    for name, value in different.items():
        _check(name, value, now)
        recorded[name] = [plain(getattr(locked, name)), plain(value)]
        setattr(locked, name, value)
    if "validation_session" in different:
        _fit_session(locked, locked.validation_session)
    for name in different:
        if name in checks.STEP_DATES:
            checks.in_order(locked, name, "validation_session" if name == "validated_on" else "")
    if "effective_on" in different:
        checks.between_mandates(locked, different["effective_on"])
    save(locked, HandoverState(locked.state))
    if "effective_on" in different:
        locked.incoming.started_on = locked.effective_on
        locked.incoming.full_clean()
        locked.incoming.save(update_fields=["started_on"])
    log(locked, Step.CORRECT, by=by, now=now, comment=reason, changes=recorded)
    notify_of_handover("handover_corrected", locked, acting_people([locked.holder, locked.receiver], now), now=now)
    print_act(locked, by=by, now=now)
    return locked


def _fit_session(locked: Handover, session: Session) -> None:
    """As for the step itself; what is refused belongs to the field of the correction."""
    try:
        checks.fit_session(locked, session)
        if not locked.is_historical and locked.validation_mode == ValidationMode.CONSENSUS:
            checks.attended(session)
    except ValidationError as error:
        raise ValidationError({"validation_session": error.error_dict["session"]}) from None


def _check(name: str, value: Any, now: dt.datetime) -> None:
    if name in ("accepted_body", "validation_statement") and not value.strip():
        raise refusal(_("This step has to keep its evidence."), "evidence_missing", name)
    if name == "effective_on" and value is None:
        raise refusal(_("Say when this took place."), "date_missing", name)
    if isinstance(value, PartialDate) and value.lower > today(now):
        raise refusal(_("This date lies in the future."), "future", name)


def plain(value: Any) -> str:
    """A value as the log keeps it: the bounds of a partial date, the number of a session, text as it is."""
    if value is None:
        return ""
    if isinstance(value, PartialDate):
        return f"{value.lower.isoformat()}/{value.upper.isoformat()}"
    if isinstance(value, Session):
        return str(value.number)
    return str(value)
