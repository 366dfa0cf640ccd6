"""Lessons where one reads what they were learnt from: in the proceedings of a cycle, and on the page of an initiative."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from core import slots
from core.accounts import rights
from funding.models import Initiative
from sessions_app.models import Cycle
from watch.enums import Kind
from watch.models import WatchItem

SHOWN = 20


def of_cycle(cycle: Cycle, user: Any) -> dict[str, Any] | None:
    """Of the cycle as a whole, then of its sessions."""
    return _lessons(user, Q(cycle=cycle) | Q(session__cycle=cycle))


def of_initiative(initiative: Initiative, user: Any) -> dict[str, Any] | None:
    return _lessons(user, Q(initiative=initiative))


def _lessons(user: Any, condition: Q) -> dict[str, Any] | None:
    if not rights.allows(user, "watch.view_item"):
        return None
    rows = WatchItem.objects.out().filter(condition, kind=Kind.LESSON).select_related("session")
    found = list(rows.order_by("session__number", "title", "pk")[:SHOWN])
    return {"lessons": found} if found else None


def register() -> None:
    """Fills the slots of the pages of lower apps."""
    slots.register("cycle_proceedings", order=60, template="watch/_lessons.html", fetch=of_cycle)
    slots.register("initiative_page", order=60, template="watch/_lessons.html", fetch=of_initiative)
