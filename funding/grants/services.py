"""A funding: entered, set right, moved from state to state. What hangs on it is written by `services.line_parts`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.accounts.rights import PermissionRefused
from core.db.periods import today
from core.transitions import ChangedMeanwhile, MoveRefused
from funding.backends import acting_funders
from funding.enums import LineState
from funding.grants.dates import in_order, not_after
from funding.grants.transitions import CORRECTION, TABLE, LineMove, target_of
from funding.models import FundingLine, Initiative, LineChange
from funding.notifications import notify_colleagues
from funding.permissions import NOT_YOURS

if TYPE_CHECKING:
    from core.accounts.models import User

EDIT = "funding.edit_line"
FACTS = ("reference", "kind", "audience", "purpose", "eu_notified")  # what may change without a move
PAST = ("requested_on", "decided_on", "signed_on", "closed_on")  # days that lie behind
STEPS = ("amount_requested", "amount_agreed", "signed_on")  # each says that the move which sets it was made

NO_REASON = _("Say why: what is taken back has a reason.")
NO_MERE_DRAFT = _("Only a draft that never was anything else is taken away.")
LESS_THAN_PLANNED = _("The amount would become less than the instalments planned.")


def facts(line: FundingLine) -> tuple[str, ...]:
    """What may be set right on a line without a move: what it is, and what the moves it has made have set."""
    made = [
        asked
        for move in (LineMove.REQUEST, LineMove.AGREE, LineMove.CONTRACT)
        for asked in TABLE[move].asks
        if any(getattr(line, step) for step in STEPS if step in TABLE[move].asks)
    ]
    left = [name for name in ("decided_on", "closed_on", "reason") if getattr(line, name)]
    return tuple(dict.fromkeys([*FACTS, *made, *left]))


@transaction.atomic
def save_line(*, line: FundingLine, by: User, now: dt.datetime, read_version: int | None = None) -> FundingLine:
    """Enters a line as a draft or a request, or sets right what stands already (`facts`).

    Raises `ChangedMeanwhile`, `PermissionRefused`, `ValidationError`.
    """
    if line.pk is None:
        rights.check_for_writing(by, "funding.add_line", line.initiative)
        if line.funder_id not in acting_funders(by):
            raise PermissionRefused(NOT_YOURS)
    else:
        stored = locked(line, by)
        if read_version is not None and stored.version != read_version:
            raise ChangedMeanwhile
        for name in facts(stored):
            setattr(stored, name, getattr(line, name))
        line = stored
    _nothing_ahead(line, now)
    return _save(line, now)


@transaction.atomic
def move(
    *, line: FundingLine, move: LineMove, by: User, now: dt.datetime, correction: str = "", **values: Any
) -> FundingLine:
    """Carries out one legal move with the values it asks for, and keeps its trace.

    A move that takes something back needs `correction`, the reason; colleagues are told. Raises `MoveRefused`,
    `ValidationError`.
    """
    line = TABLE.start(line, move, by=by, now=now, lock=hold, permission=EDIT)
    transition, source = TABLE[move], line.state
    if transition.is_correction and not correction.strip():
        raise ValidationError({CORRECTION: NO_REASON})
    for name in transition.clears:
        setattr(line, name, None if FundingLine._meta.get_field(name).null else "")
    for name in transition.asks:
        if name in values:
            setattr(line, name, values[name])
    _nothing_ahead(line, now)
    line.state = target_of(line, move)
    line = _save(line, now)
    reason = correction.strip() if transition.is_correction else line.reason
    change = LineChange(line=line, source=source, target=line.state, reason=reason, recorded_at=now, by=by)
    change.full_clean()
    change.save(force_insert=True)
    if transition.is_correction:
        notify_colleagues(change, now=now)
    return line


@transaction.atomic
def remove_draft(*, line: FundingLine, by: User) -> None:
    """Takes away a draft that was entered by mistake and never was anything else; the audit trail keeps it."""
    line = locked(line, by)
    if not is_mere_draft(line):
        raise MoveRefused([NO_MERE_DRAFT])
    line.delete()


def is_mere_draft(line: FundingLine) -> bool:
    """Whether the line was never shown to anybody else and bears no trace yet."""
    return line.state == LineState.DRAFT and not line.changes.exists()


def hold(line: FundingLine) -> FundingLine:
    """The line as it stands, held to the end of the transaction.

    The initiative is held before it, as everywhere (a trigger of the line holds it as well): initiative, line, its
    rows. `no_key` lets others add rows that merely point there.
    """
    Initiative.objects.select_for_update(no_key=True).get(lines=line.pk)
    rows = FundingLine.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("initiative__programme").get(pk=line.pk)


def locked(line: FundingLine, by: User) -> FundingLine:
    """The line, held, once the person's right to change it was asked for."""
    stored = hold(line)
    rights.check_for_writing(by, EDIT, stored)
    return stored


def _save(line: FundingLine, now: dt.datetime) -> FundingLine:
    is_new = line.pk is None
    line.changed_at = now
    line.version += 0 if is_new else 1
    line.full_clean()
    line.save()
    if not is_new:
        in_order(line, line)
        _carries_its_instalments(line)
    return line


def _carries_its_instalments(line: FundingLine) -> None:
    planned = line.instalments.aggregate(total=Sum("amount"))["total"] or 0
    if line.total is not None and planned > line.total:
        raise ValidationError({"amount_agreed": LESS_THAN_PLANNED})


def _nothing_ahead(line: FundingLine, now: dt.datetime) -> None:
    not_after(today(now), **{name: getattr(line, name) for name in PAST})
