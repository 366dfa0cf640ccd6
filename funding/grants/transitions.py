"""The states of a funding: which move leads from where to where, and what it asks. Carried out by `services.lines`.

Moves that take something back are corrections: each asks why, and none may leave rows that no longer fit.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from funding.enums import LineState
from funding.errors import Text
from funding.models import FundingLine

CORRECTION = "correction"  # the field of the form in which a correction says why


class LineMove(models.TextChoices):
    REQUEST = "demander", pgettext_lazy("move of a funding", "Record the request")
    AGREE = "accorder", pgettext_lazy("move of a funding", "Agree")
    REFUSE = "refuser", pgettext_lazy("move of a funding", "Refuse")
    CONTRACT = "conventionner", pgettext_lazy("move of a funding", "Sign the contract")
    SETTLE = "solder", pgettext_lazy("move of a funding", "Settle")
    CANCEL = "annuler", pgettext_lazy("move of a funding", "Cancel the funding")
    REOPEN = "rouvrir", pgettext_lazy("move of a funding", "Open again")
    UNSIGN = "retirer-convention", pgettext_lazy("move of a funding", "Take back the contract")
    UNDECIDE = "retirer-decision", pgettext_lazy("move of a funding", "Take back the decision")
    UNREQUEST = "remettre-en-brouillon", pgettext_lazy("move of a funding", "Make it a draft again")


@dataclass(frozen=True)
class Transition:
    """`asks` are the fields that the move sets, `clears` those it empties. `target` None: where the line came from."""

    sources: tuple[LineState, ...]
    target: LineState | None
    asks: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    is_correction: bool = False


_DECISION = ("amount_agreed", "decided_on", "decided_by", "decision_reference")
_CONTRACT = ("contract_number", "signed_on", "expires_on")

TABLE: dict[LineMove, Transition] = {
    LineMove.REQUEST: Transition((LineState.DRAFT,), LineState.REQUESTED, ("amount_requested", "requested_on")),
    LineMove.AGREE: Transition(
        (LineState.DRAFT, LineState.REQUESTED, LineState.REFUSED), LineState.AGREED, _DECISION, clears=("reason",)
    ),
    LineMove.REFUSE: Transition((LineState.REQUESTED,), LineState.REFUSED, ("decided_on", "reason")),
    LineMove.CONTRACT: Transition((LineState.AGREED,), LineState.CONTRACTED, _CONTRACT),
    # Many small grants have a decision and no contract: what was paid of them is settled all the same.
    LineMove.SETTLE: Transition((LineState.AGREED, LineState.CONTRACTED), LineState.SETTLED, ("closed_on",)),
    LineMove.CANCEL: Transition(
        (LineState.REQUESTED, LineState.AGREED, LineState.CONTRACTED), LineState.CANCELLED, ("closed_on", "reason")
    ),
    LineMove.REOPEN: Transition(
        (LineState.SETTLED, LineState.CANCELLED), None, clears=("closed_on", "reason"), is_correction=True
    ),
    LineMove.UNSIGN: Transition((LineState.CONTRACTED,), LineState.AGREED, clears=_CONTRACT, is_correction=True),
    LineMove.UNDECIDE: Transition(
        (LineState.AGREED, LineState.REFUSED), None, clears=(*_DECISION, "reason"), is_correction=True
    ),
    LineMove.UNREQUEST: Transition((LineState.REQUESTED,), LineState.DRAFT, is_correction=True),
}

MOVED = list(dict.fromkeys(name for transition in TABLE.values() for name in transition.asks))  # what moves set

NOT_LEGAL = _("This is no longer possible: the funding has changed its state meanwhile.")
HAS_AMENDMENTS = _("The contract has amendments: take them away first.")
HAS_PAYMENTS = _("Something was paid: take the payments away first.")
HAS_INSTALMENTS = _("Instalments are planned: take them away first.")


def moves(line: FundingLine) -> list[LineMove]:
    """The moves that leave the line's present state, in the table's order."""
    return [move for move, transition in TABLE.items() if line.state in transition.sources]


def obstacles(line: FundingLine, move: LineMove) -> list[Text]:
    """What hangs on the line and rests on what the move takes back."""
    found: list[Text] = []
    if move == LineMove.UNSIGN and line.amendments.exists():
        found.append(HAS_AMENDMENTS)
    if move == LineMove.UNDECIDE:
        if line.payments.exists():
            found.append(HAS_PAYMENTS)
        if line.instalments.exists():
            found.append(HAS_INSTALMENTS)
        if line.amendments.exists():
            found.append(HAS_AMENDMENTS)
    return found


def target_of(line: FundingLine, move: LineMove) -> LineState:
    """Where the move leads: told by the table, or by what the line still says once the move has emptied its fields."""
    told = TABLE[move].target
    if told is not None:
        return told
    if line.signed_on:
        return LineState.CONTRACTED
    if line.amount_agreed:
        return LineState.AGREED
    return LineState.REQUESTED if line.requested_on or line.amount_requested else LineState.DRAFT
