"""What funding shows on the pages of organisations, sessions and cycles, and on its own what lower apps answer."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from core import slots
from core.accounts import rights
from core.territories import regions
from funding.figures import compute
from funding.models import FundingLine, Initiative
from funding.visibility import visibility_of
from members import matching
from members.models import Organisation
from sessions_app.models import Cycle, Session

SHOWN = 8  # initiatives on another page; the list has them all


def of_organisation(organisation: Organisation, user: Any) -> dict[str, Any] | None:
    """Initiatives the organisation bears, and what it funds, as far as the reader may see."""
    if not rights.allows(user, "funding.view_initiative"):
        return None
    visibility = visibility_of(user)
    visible = Initiative.objects.seen_by(visibility)
    granted = FundingLine.objects.seen_by(visibility).granted().given_by(organisation)
    told = FundingLine.objects.amounts_seen_by(visibility).given_by(organisation)
    values = compute.compute(told, compute.SPREAD)
    lines = granted.count()
    either = Q(bearer=organisation) | Q(pk__in=granted.order_by().values("initiative"))
    found = list(visible.filter(either).for_list(visibility).order_by("-changed_at", "pk")[: 2 * SHOWN])
    if not found:
        return None
    return {
        "organisation": organisation,
        "borne": [row for row in found if row.bearer_id == organisation.pk][:SHOWN],
        "funded": [row for row in found if row.bearer_id != organisation.pk][:SHOWN],
        "values": values,
        "lines": lines,
        "undisclosed": lines - values["lines"],
        "regions": regions(),
    }


def of_session(session: Session, user: Any) -> dict[str, Any] | None:
    """Initiatives that the session discussed."""
    return _discussed(user, Q(sessions=session))


def of_cycle(cycle: Cycle, user: Any) -> dict[str, Any] | None:
    """Initiatives that the sessions of the cycle discussed, each once."""
    discussed = Initiative.sessions.through.objects.filter(session__cycle=cycle)
    return _discussed(user, Q(pk__in=discussed.values("initiative")))


def who_can_help(initiative: Initiative, user: Any) -> dict[str, Any] | None:
    """Members whose competences and territories fit what the initiative looks for, each with its reasons."""
    if not rights.allows(user, "members.view_organisation"):
        return None
    wanted = list(initiative.competences.all())
    may_edit = rights.allows(user, "funding.edit_initiative", initiative)
    if not wanted:
        return {"initiative": initiative, "wanted": [], "matches": []} if may_edit else None
    found = matching.match(
        competences=wanted,
        regions=[] if initiative.is_national else initiative.regions,
        sdgs=initiative.sdgs,
        day=timezone.localdate(),
        without=[initiative.bearer_id] if initiative.bearer_id else [],
    )
    return {"initiative": initiative, "wanted": wanted, "matches": found}


def _discussed(user: Any, condition: Q) -> dict[str, Any] | None:
    if not rights.allows(user, "funding.view_initiative"):
        return None
    visibility = visibility_of(user)
    rows = Initiative.objects.seen_by(visibility).filter(condition).for_list(visibility).order_by("title", "pk")
    found = list(rows[:50])
    if not found:
        return None
    return {"rows": found, "regions": regions()}


def register() -> None:
    """Fills the slots of the pages of lower apps."""
    slots.register(
        "organisation_page",
        order=40,
        template="funding/_organisation.html",
        fetch=of_organisation,
    )
    slots.register(
        "session_page",
        order=40,
        template="funding/_session.html",
        fetch=of_session,
    )
    slots.register(
        "initiative_page",
        order=10,
        template="funding/_who_can_help.html",
        fetch=who_can_help,
    )
    for slot in ("cycle_page", "cycle_proceedings"):
        slots.register(slot, order=40, template="funding/_session.html", fetch=of_cycle)
