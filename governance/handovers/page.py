"""A handover as people read it: its four steps with their dates, and what may be done next. Fetches nothing.

Works on rows fetched by `HandoverQuerySet.with_names` or `for_page`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _, pgettext

from core.formatting import names as formatting_names
from core.partial_dates import PartialDate, display
from governance.enums import HandoverState, Step, ValidationMode
from governance.models import Handover
from sessions_app.models import Session

# The kind of badge (templates/components/state.html) that each state wears.
BADGES = {
    HandoverState.DRAFT: "draft",
    HandoverState.PROPOSED: "open",
    HandoverState.ACCEPTED: "wait",
    HandoverState.VALIDATED: "wait",
    HandoverState.SCHEDULED: "wait",
    HandoverState.EFFECTIVE: "ok",
    HandoverState.DECLINED: "no",
    HandoverState.WITHDRAWN: "old",
}


@dataclass(frozen=True)
class StepLine:
    """One of the four. `done`: it was taken; `session`: where the members validated."""

    step: Step
    title: str
    text: str
    done: bool
    date: PartialDate | None = None
    session: Session | None = None
    quote: str = ""
    moment: dt.datetime | None = None  # of a handover that waits for its moment

    @property
    def when(self) -> str:
        """The date as known; "" for a step still to come."""
        if not self.done:
            return ""
        return display(self.date) if self.date else _("date not known")


def steps_of(handover: Handover, now: dt.datetime) -> list[StepLine]:
    names = formatting_names.in_sentence(holder=handover.holder.label, receiver=handover.receiver.label)
    state = handover.state_at(now)
    if handover.is_interim:
        proposal = _("Member organisations ask that %(receiver)s animate the space for a time.") % names
    else:
        proposal = _("%(Holder)s, who holds the animation, proposes %(receiver)s.") % names
    acceptance = _("%(Receiver)s decides in its own body.") % names
    if handover.accepted_at:
        acceptance = _("%(Receiver)s accepts in principle, by: %(body)s.") % {**names, "body": handover.accepted_body}
    scheduled = state == HandoverState.SCHEDULED
    effect = _("The animation is handed over; rights change hands at the same instant.")
    return [
        StepLine(
            Step.PROPOSE,
            pgettext("step of a handover", "Proposed"),
            proposal,
            handover.proposed_at is not None,
            handover.proposed_on,
        ),
        StepLine(
            Step.ACCEPT,
            pgettext("step of a handover", "Accepted"),
            acceptance,
            handover.accepted_at is not None,
            handover.accepted_on,
        ),
        StepLine(
            Step.VALIDATE,
            pgettext("step of a handover", "Validated"),
            _validation(handover),
            handover.validated_at is not None,
            handover.validated_on,
            session=handover.validation_session,
            quote=handover.validation_statement,
        ),
        StepLine(
            Step.COMPLETE,
            pgettext("step of a handover", "Effective"),
            effect,
            state == HandoverState.EFFECTIVE,
            handover.effective_on,
            moment=handover.incoming.starts_at if scheduled else None,
        ),
    ]


def _validation(handover: Handover) -> str:
    if not handover.validated_at:
        return _("The members are asked.") if handover.is_interim else _("The members validate it in a session.")
    if handover.validation_mode == ValidationMode.CONSULTATION:
        return _("The members were consulted and adopted it.")
    return _("The members validated it by consensus, in session.")
