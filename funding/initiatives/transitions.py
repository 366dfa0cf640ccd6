"""How an initiative moves from stage to stage: the one table of legal moves, and the dated move itself."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.db.periods import today
from core.partial_dates import PartialDate
from core.transitions import Guard, Offer, Table, Text, Transition
from funding.enums import Stage
from funding.models import FundingLine, Initiative, StageChange

if TYPE_CHECKING:
    from core.accounts.models import User

EDIT = "funding.edit_initiative"
_ORDER = [Stage.SPOTTED, Stage.REVIEWED, Stage.FUNDED, Stage.RUNNING, Stage.COMPLETED, Stage.CAPITALISED]

IS_DRAFT = _("A draft does not move: share it first.")
NOT_LEGAL = _("This change of stage is not possible from here.")
NOT_FUNDED = _("An initiative is funded once at least one funding is agreed.")
NO_REASON = _("Say why: going back or dropping has a reason.")
IN_FUTURE = _("This date lies in the future.")
BEFORE_LAST = _("This date lies before the last change of stage.")
BEFORE_START = _("An initiative is not completed before it starts.")
OF_FIELD = {NO_REASON: "reason", **dict.fromkeys((IN_FUTURE, BEFORE_LAST, BEFORE_START), "changed_on")}
COMPLETED = (Stage.COMPLETED, Stage.CAPITALISED)


def not_a_draft(initiative: Initiative, now: dt.datetime, reason: str) -> Text | None:
    return None if initiative.draft_of_id is None else IS_DRAFT


def needs_an_agreed_funding(initiative: Initiative, now: dt.datetime, reason: str) -> Text | None:
    return None if FundingLine.objects.granted().filter(initiative=initiative).exists() else NOT_FUNDED


def _goes_back(source: Stage, target: Stage) -> bool:
    """Whether the move goes back or gives up: that has a reason."""
    return Stage.DROPPED in (source, target) or _ORDER.index(target) < _ORDER.index(source)


def _to(target: Stage, *sources: Stage, guards: tuple[Guard, ...] = ()) -> Transition:
    def needs_reason(initiative: Initiative, now: dt.datetime, reason: str) -> Text | None:
        return NO_REASON if _goes_back(Stage(initiative.stage), target) and not reason.strip() else None

    return Transition(sources, target, guards=(not_a_draft, *guards, needs_reason), permission=EDIT, asks_reason=True)


_S = Stage
# A move is named by the stage it leads to.
TABLE: Table[Stage] = Table(
    {
        _S.SPOTTED: _to(_S.SPOTTED, _S.REVIEWED, _S.DROPPED),
        _S.REVIEWED: _to(_S.REVIEWED, _S.SPOTTED, _S.FUNDED),
        _S.FUNDED: _to(_S.FUNDED, _S.REVIEWED, _S.RUNNING, guards=(needs_an_agreed_funding,)),
        _S.RUNNING: _to(_S.RUNNING, _S.FUNDED, _S.COMPLETED),
        _S.COMPLETED: _to(_S.COMPLETED, _S.RUNNING, _S.CAPITALISED),
        _S.CAPITALISED: _to(_S.CAPITALISED, _S.COMPLETED),
        _S.DROPPED: _to(_S.DROPPED, _S.SPOTTED, _S.REVIEWED, _S.FUNDED, _S.RUNNING),
    },
    overtaken=NOT_LEGAL,
    state_of=lambda initiative, now: Stage(initiative.stage),
)


def offers(initiative: Initiative, now: dt.datetime) -> list[Offer[Stage]]:
    """The moves from here, those that lead on first."""
    return sorted(TABLE.offers(initiative, now), key=lambda offer: bool(offer.lacks))


def _hold(initiative: Initiative) -> Initiative:
    return Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)


def _wrong_with(day: PartialDate, initiative: Initiative, target: Stage, now: dt.datetime) -> list[Text]:
    """What stands in the way of a move on that day."""
    found: list[Text] = []
    if day.lower > today(now):
        found.append(IN_FUTURE)
    last = _last_change(initiative)
    if last is not None and day.upper <= last.changed_on.lower:
        found.append(BEFORE_LAST)
    starts = initiative.starts_on
    if target in COMPLETED and starts is not None and day.upper <= starts.lower:
        found.append(BEFORE_START)
    return found


def _last_change(initiative: Initiative) -> StageChange | None:
    return initiative.stage_changes.order_by("-pk").first()


@transaction.atomic
def move(
    *, initiative: Initiative, target: Stage, changed_on: PartialDate, by: User, now: dt.datetime, reason: str = ""
) -> Initiative:
    """Moves and keeps the dated trace. Raises `MoveRefused` with every obstacle, and `PermissionRefused`."""
    initiative = TABLE.start(
        initiative,
        target,
        by=by,
        now=now,
        lock=_hold,
        reason=reason,
        values=lambda row: _wrong_with(changed_on, row, target, now),
    )
    source, last = Stage(initiative.stage), _last_change(initiative)
    change = StageChange(
        initiative=initiative,
        source=source,
        target=target,
        changed_on=changed_on,
        recorded_at=now if last is None else max(now, last.recorded_at),  # read before the lock was waited for
        by=by,
        reason=reason.strip(),
    )
    change.full_clean()
    change.save(force_insert=True)
    initiative.stage = target
    initiative.changed_at = now
    initiative.version += 1
    initiative.full_clean()
    initiative.save()
    return initiative
