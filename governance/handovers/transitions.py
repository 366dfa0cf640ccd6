"""The one table of legal moves of a handover. Nobody skips a step: what is not here is refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.transitions import Refusal, Table, Transition
from governance.enums import HandoverState, Step
from governance.models import Handover

_S = HandoverState
OVERTAKEN = _("The handover has moved on meanwhile; this step cannot be taken any more. See where it stands.")


# COMPLETE leads to EFFECTIVE at once, or to SCHEDULED where a later moment was set; TAKE_EFFECT is the clock's.
MOVES: Table[Step] = Table(
    {
        Step.PROPOSE: Transition((_S.DRAFT,), _S.PROPOSED, permission="governance.propose_handover"),
        Step.ACCEPT: Transition((_S.PROPOSED,), _S.ACCEPTED, permission="governance.accept_handover"),
        Step.VALIDATE: Transition((_S.ACCEPTED,), _S.VALIDATED, permission="governance.record_validation"),
        Step.COMPLETE: Transition((_S.VALIDATED,), _S.EFFECTIVE, permission="governance.complete_handover"),
        Step.TAKE_EFFECT: Transition((_S.SCHEDULED,), _S.EFFECTIVE),
        Step.DECLINE: Transition(
            (_S.PROPOSED, _S.ACCEPTED, _S.VALIDATED, _S.SCHEDULED),
            _S.DECLINED,
            permission="governance.decline_handover",
        ),
        Step.WITHDRAW: Transition(
            (_S.DRAFT, _S.PROPOSED, _S.ACCEPTED, _S.VALIDATED, _S.SCHEDULED),
            _S.WITHDRAWN,
            permission="governance.withdraw_handover",
        ),
    },
    overtaken=OVERTAKEN,
)


class HandoverRefused(Refusal):
    """Something people can do something about; `message` is shown to them."""


class IllegalMove(HandoverRefused):
    """The handover is not where this step starts: made twice, overtaken, or out of order."""

    message = OVERTAKEN
    code = "illegal_move"

    def __init__(self, handover: Handover, step: Step) -> None:
        super().__init__()
        self.handover, self.step = handover, step


def next_steps(state: HandoverState) -> list[Step]:
    """The steps that lead on from `state`, in the order of the table; the clock's is not among them."""
    return [step for step in MOVES.leaving(state) if MOVES[step].permission]
