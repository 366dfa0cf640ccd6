"""The states of a funding: which move leads from where to where, and what it asks. Carried out by `services.lines`.

Moves that take something back are corrections: each asks why, and none may leave rows that no longer fit.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.transitions import Table, Text, Transition
from funding.enums import LineState
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


_DECISION = ("amount_agreed", "decided_on", "decided_by", "decision_reference")
_CONTRACT = ("contract_number", "signed_on", "expires_on")


def without_amendments(line: FundingLine, now: dt.datetime, reason: str) -> Text | None:
    return _("The contract has amendments: take them away first.") if line.amendments.exists() else None


def without_payments(line: FundingLine, now: dt.datetime, reason: str) -> Text | None:
    return _("Something was paid: take the payments away first.") if line.payments.exists() else None


def without_instalments(line: FundingLine, now: dt.datetime, reason: str) -> Text | None:
    return _("Instalments are planned: take them away first.") if line.instalments.exists() else None


# `target` None: the state the line came from, see `target_of`.
TABLE: Table[LineMove] = Table(
    {
        LineMove.REQUEST: Transition(
            (LineState.DRAFT,), LineState.REQUESTED, asks=("amount_requested", "requested_on")
        ),
        LineMove.AGREE: Transition(
            (LineState.DRAFT, LineState.REQUESTED, LineState.REFUSED),
            LineState.AGREED,
            asks=_DECISION,
            clears=("reason",),
        ),
        LineMove.REFUSE: Transition((LineState.REQUESTED,), LineState.REFUSED, asks=("decided_on", "reason")),
        LineMove.CONTRACT: Transition((LineState.AGREED,), LineState.CONTRACTED, asks=_CONTRACT),
        # Many small grants have a decision and no contract: what was paid of them is settled all the same.
        LineMove.SETTLE: Transition((LineState.AGREED, LineState.CONTRACTED), LineState.SETTLED, asks=("closed_on",)),
        LineMove.CANCEL: Transition(
            (LineState.REQUESTED, LineState.AGREED, LineState.CONTRACTED),
            LineState.CANCELLED,
            asks=("closed_on", "reason"),
        ),
        LineMove.REOPEN: Transition(
            (LineState.SETTLED, LineState.CANCELLED), None, clears=("closed_on", "reason"), is_correction=True
        ),
        LineMove.UNSIGN: Transition(
            (LineState.CONTRACTED,),
            LineState.AGREED,
            guards=(without_amendments,),
            clears=_CONTRACT,
            is_correction=True,
        ),
        LineMove.UNDECIDE: Transition(
            (LineState.AGREED, LineState.REFUSED),
            None,
            guards=(without_payments, without_instalments, without_amendments),
            clears=(*_DECISION, "reason"),
            is_correction=True,
        ),
        LineMove.UNREQUEST: Transition((LineState.REQUESTED,), LineState.DRAFT, is_correction=True),
    },
    overtaken=_("This is no longer possible: the funding has changed its state meanwhile."),
)

MOVED = list(dict.fromkeys(name for transition in TABLE.values() for name in transition.asks))  # what moves set


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
