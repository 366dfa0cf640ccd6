"""The one table of legal moves of a handover. Nobody skips a step: what is not here is refused."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from governance.enums import HandoverState, Step
from governance.models import Handover

_S = HandoverState


@dataclass(frozen=True)
class Move:
    sources: tuple[HandoverState, ...]
    target: HandoverState
    permission: str


# COMPLETE leads to EFFECTIVE at once, or to SCHEDULED where a later moment was set; TAKE_EFFECT is the clock's.
MOVES: dict[Step, Move] = {
    Step.PROPOSE: Move((_S.DRAFT,), _S.PROPOSED, "governance.propose_handover"),
    Step.ACCEPT: Move((_S.PROPOSED,), _S.ACCEPTED, "governance.accept_handover"),
    Step.VALIDATE: Move((_S.ACCEPTED,), _S.VALIDATED, "governance.record_validation"),
    Step.COMPLETE: Move((_S.VALIDATED,), _S.EFFECTIVE, "governance.complete_handover"),
    Step.TAKE_EFFECT: Move((_S.SCHEDULED,), _S.EFFECTIVE, ""),
    Step.DECLINE: Move(
        (_S.PROPOSED, _S.ACCEPTED, _S.VALIDATED, _S.SCHEDULED), _S.DECLINED, "governance.decline_handover"
    ),
    Step.WITHDRAW: Move(
        (_S.DRAFT, _S.PROPOSED, _S.ACCEPTED, _S.VALIDATED, _S.SCHEDULED), _S.WITHDRAWN, "governance.withdraw_handover"
    ),
}


class HandoverRefused(Exception):
    """Something people can do something about; `message` is shown to them."""

    message = _("This cannot be done now.")

    def __init__(self) -> None:
        super().__init__(str(self.message))


class IllegalMove(HandoverRefused):
    """The handover is not where this step starts: made twice, overtaken, or out of order."""

    message = _("The handover has moved on meanwhile; this step cannot be taken any more. See where it stands.")

    def __init__(self, handover: Handover, step: Step) -> None:
        super().__init__()
        self.handover, self.step = handover, step


def next_steps(state: HandoverState) -> list[Step]:
    """The steps that lead on from `state`, in the order of the table; the clock's is not among them."""
    return [step for step, move in MOVES.items() if state in move.sources and move.permission]
