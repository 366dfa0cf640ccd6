"""What the governance page shows, gathered in a number of queries that does not grow."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.db.periods import today
from governance.enums import HandoverState
from governance.handovers.awaited import awaited
from governance.handovers.page import BADGES, StepLine, steps_of
from governance.models import Consultation, Handover, Mandate, Responsibility, SpaceEvent
from governance.register import timeline
from governance.register.acts import Act, acts
from members.enums import ACTING_ROLES
from members.models import Position
from sessions_app.models import Session

CONSULTATIONS_SHOWN = 20  # the newest; all of them stand on a list of their own

# States in which the pack for incoming animators is open to both sides.
WITH_PACK = (HandoverState.ACCEPTED, HandoverState.VALIDATED, HandoverState.SCHEDULED, HandoverState.EFFECTIVE)


@dataclass(frozen=True)
class HandoverCard:
    """A handover with its steps, as the governance page and its own page draw it."""

    handover: Handover
    state: HandoverState
    label: str
    badge: str
    steps: list[StepLine]
    awaits: str  # the next step and who takes it; "" where none is left


@dataclass(frozen=True)
class MandateLine:
    mandate: Mandate
    is_running: bool
    is_coming: bool
    handover: Handover | None


@dataclass(frozen=True)
class GovernancePage:
    running: Mandate | None
    followed: Mandate | None  # the mandate before the running one
    past_term: bool
    people: list[Position]
    responsibilities: list[Responsibility]
    former_responsibilities: list[Responsibility]
    open_handovers: list[HandoverCard]
    last_handover: HandoverCard | None
    mandates: list[MandateLine]
    acts: list[Act]
    consultations: list[Consultation]
    years: list[timeline.Year]
    without_handover: list[Mandate] = field(default_factory=list)

    @property
    def responsibilities_by_name(self) -> list[tuple[str, list[Responsibility]]]:
        """Those that run, the organisations of one kind together."""
        groups: dict[str, list[Responsibility]] = {}
        for row in self.responsibilities:
            groups.setdefault(row.name, []).append(row)
        return list(groups.items())


def card(handover: Handover, now: dt.datetime) -> HandoverCard:
    state = handover.state_at(now)
    label, badge = str(state.label), BADGES[state]
    if handover.is_interim and state == HandoverState.DRAFT:
        label, badge = _("asked for"), "open"  # no draft of anybody's: all members see it and may join
    return HandoverCard(handover, state, label, badge, steps_of(handover, now), awaited(handover, now))


def governance_page(*, now: dt.datetime, sees_drafts: bool, with_sessions: bool = True) -> GovernancePage:
    """What a reader sees; who animates (`sees_drafts`) also sees what his or her organisation prepares.

    Without `with_sessions` the timeline holds the space's own events, mandates and handovers alone.
    """
    mandates = list(Mandate.objects.for_list())
    responsibilities = list(Responsibility.objects.for_list())
    started = [mandate for mandate in mandates if mandate.starts_at <= now]
    running = started[-1] if started else None
    own = running.organisation if sees_drafts and running else None
    handovers = list(Handover.objects.visible(to_holder=own).for_list())
    ended = (HandoverState.EFFECTIVE, HandoverState.DECLINED, HandoverState.WITHDRAWN)
    is_open = [handover for handover in handovers if handover.state_at(now) not in ended]
    effective = [handover for handover in handovers if handover.state_at(now) == HandoverState.EFFECTIVE]
    effective.sort(key=lambda handover: handover.incoming.starts_at)
    by_mandate = {handover.incoming_id: handover for handover in handovers if handover.incoming_id}
    recent = list(Consultation.objects.visible(drafts=False).for_list()[:CONSULTATIONS_SHOWN])
    shown = Session.objects.visible(drafts=False).only("number", "title", "date", "ends_on", "state")
    sessions = shown if with_sessions else []
    return GovernancePage(
        running=running,
        followed=started[-2] if len(started) > 1 else None,
        past_term=running is not None and running.is_past_term(today(now)),
        people=_people(running, now),
        responsibilities=[row for row in responsibilities if not row.has_ended],
        former_responsibilities=[row for row in responsibilities if row.has_ended],
        open_handovers=[card(handover, now) for handover in is_open],
        last_handover=card(effective[-1], now) if effective else None,
        mandates=[
            MandateLine(mandate, mandate == running, mandate.starts_at > now, by_mandate.get(mandate.pk))
            for mandate in reversed(mandates)
        ],
        acts=acts(handovers, recent, now),
        consultations=[row for row in recent if row.takes_ballots(now)],
        years=timeline.years(
            events=SpaceEvent.objects.all(),
            sessions=sessions,
            mandates=mandates,
            handovers=[handover for handover in handovers if handover.proposed_at is not None],
            now=now,
        ),
        without_handover=[mandate for mandate in started[1:] if mandate.pk not in by_mandate],
    )


def _people(running: Mandate | None, now: dt.datetime) -> list[Any]:
    """Who animates: people in position today at the organisation that holds the mandate."""
    if running is None:
        return []
    positions = Position.objects.running(now).filter(organisation=running.organisation_id, role__in=ACTING_ROLES)
    return list(positions.select_related("user").order_by("role", "user__last_name", "pk")[:6])
