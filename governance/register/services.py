"""Keeping the register of the space: its events, the other responsibilities, the rules of governance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from core.accounts import rights
from governance.models import GovernanceRules, Responsibility, SpaceEvent

if TYPE_CHECKING:
    from core.accounts.models import User

KEEP = "governance.keep_register"


@transaction.atomic
def save_event(*, by: User, values: dict[str, Any], event: SpaceEvent | None = None) -> SpaceEvent:
    """Adds or changes an event of the timeline; `values` by field name."""
    rights.check_for_writing(by, KEEP)
    return _saved(event or SpaceEvent(), values)


@transaction.atomic
def remove_event(*, by: User, event: SpaceEvent) -> None:
    """Takes an event off the timeline; the audit trail keeps it."""
    rights.check_for_writing(by, KEEP)
    event.delete()


@transaction.atomic
def save_responsibility(
    *, by: User, values: dict[str, Any], responsibility: Responsibility | None = None
) -> Responsibility:
    rights.check_for_writing(by, KEEP)
    return _saved(responsibility or Responsibility(), values)


@transaction.atomic
def save_rules(*, by: User, values: dict[str, Any]) -> GovernanceRules:
    """Holds for what is opened from now on; an open consultation keeps the rules it was opened with."""
    rights.check_for_writing(by, "governance.set_rules")
    return _saved(GovernanceRules.current(), values)


def _saved(row: Any, values: dict[str, Any]) -> Any:
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row
