"""How an initiative moves from stage to stage: the one table of legal moves, and the dated move itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.db.periods import today
from core.partial_dates import PartialDate
from core.transitions import MoveRefused, Text
from funding.enums import Stage
from funding.models import FundingLine, Initiative, StageChange

if TYPE_CHECKING:
    from core.accounts.models import User

# Stage → the stages it may move to. What goes back, and what is dropped, says why.
LEGAL: dict[Stage, tuple[Stage, ...]] = {
    Stage.SPOTTED: (Stage.REVIEWED, Stage.DROPPED),
    Stage.REVIEWED: (Stage.FUNDED, Stage.SPOTTED, Stage.DROPPED),
    Stage.FUNDED: (Stage.RUNNING, Stage.REVIEWED, Stage.DROPPED),
    Stage.RUNNING: (Stage.COMPLETED, Stage.FUNDED, Stage.DROPPED),
    Stage.COMPLETED: (Stage.CAPITALISED, Stage.RUNNING),
    Stage.CAPITALISED: (Stage.COMPLETED,),
    Stage.DROPPED: (Stage.SPOTTED,),
}
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


def needs_reason(source: Stage, target: Stage) -> bool:
    """Whether the move goes back or gives up."""
    if Stage.DROPPED in (source, target):
        return True
    return _ORDER.index(target) < _ORDER.index(source)


@dataclass(frozen=True)
class Offer:
    """A move as the page offers it, with what stands in its way."""

    target: Stage
    asks_reason: bool
    obstacles: list[Text]


def offers(initiative: Initiative) -> list[Offer]:
    source = Stage(initiative.stage)
    return [Offer(target, needs_reason(source, target), _standing(initiative, target)) for target in LEGAL[source]]


def _standing(initiative: Initiative, target: Stage) -> list[Text]:
    """What stands in the way whatever the form says."""
    found: list[Text] = []
    if initiative.draft_of_id is not None:
        found.append(IS_DRAFT)
    if target not in LEGAL[Stage(initiative.stage)]:
        found.append(NOT_LEGAL)
    if target == Stage.FUNDED and not FundingLine.objects.granted().filter(initiative=initiative).exists():
        found.append(NOT_FUNDED)
    return found


@transaction.atomic
def move(
    *, initiative: Initiative, target: Stage, changed_on: PartialDate, by: User, now: dt.datetime, reason: str = ""
) -> Initiative:
    """Moves and keeps the dated trace. Raises `MoveRefused` with every obstacle, and `PermissionRefused`."""
    rights.check_for_writing(by, "funding.edit_initiative", initiative)
    initiative = Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    source = Stage(initiative.stage)
    obstacles = _standing(initiative, target)
    if needs_reason(source, target) and not reason.strip():
        obstacles.append(NO_REASON)
    if changed_on.lower > today(now):
        obstacles.append(IN_FUTURE)
    last = initiative.stage_changes.order_by("-pk").first()
    if last is not None and changed_on.upper <= last.changed_on.lower:
        obstacles.append(BEFORE_LAST)
    starts = initiative.starts_on
    if target in COMPLETED and starts is not None and changed_on.upper <= starts.lower:
        obstacles.append(BEFORE_START)
    if obstacles:
        raise MoveRefused(obstacles)
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
