"""The one table of moves of a consultation, made by hand or by the clock."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.db.periods import today
from core.transitions import Overtaken, Table, Text, Transition
from governance.enums import ConsultationState, HandoverState
from governance.models import Consultation
from members.models import Membership

RUN = "governance.run_consultation"
OVERTAKEN = _("The consultation has moved on meanwhile: see where it stands.")
_S = ConsultationState


class Move(models.TextChoices):
    OPEN = "open"
    CLOSE = "close"
    CALL_OFF = "call_off"


def electorate(consultation: Consultation, now: dt.datetime) -> QuerySet[Membership]:
    """The memberships whose organisations have a voice where it opens now.

    Of an interim the organisation it would replace has none: one objection would stop what others ask against its
    silence.
    """
    members = Membership.objects.on(today(now))
    handover = consultation.handover
    return members.exclude(organisation=handover.holder_id) if handover and handover.is_interim else members


def needs_a_waiting_handover(consultation: Consultation, now: dt.datetime, reason: str) -> Text | None:
    handover = consultation.handover
    if handover is None or handover.state in (HandoverState.PROPOSED, HandoverState.ACCEPTED):
        return None
    return _("The handover it asks about does not wait for the members any more.")


def needs_voters(consultation: Consultation, now: dt.datetime, reason: str) -> Text | None:
    if electorate(consultation, now).exists():
        return None
    return _("Nobody has a voice: the space has no member today.")


def needs_time_ahead(consultation: Consultation, now: dt.datetime, reason: str) -> Text | None:
    ahead = consultation.closes_at is not None and consultation.closes_at > now
    return None if ahead else _("Set a closing time ahead.")


def runs_to_its_end(consultation: Consultation, now: dt.datetime, reason: str) -> Text | None:
    """An interim's consultation is kept by those who ask for it: they end it neither before an objection nor after one.

    It ends with its time, with the last position awaited, or with the request itself.
    """
    if consultation.state != _S.OPEN or not consultation.runs_to_its_end or consultation.is_over(now):
        return None
    return _(
        "Who asks for an interim does not end its consultation: it closes by itself, and at once when everybody has"
        " answered. Withdrawing the request ends it too."
    )


def closes_with_the_last_answer(consultation: Consultation, now: dt.datetime, reason: str) -> Text | None:
    awaited = consultation.voters.filter(ballot=None).exists()
    return runs_to_its_end(consultation, now, reason) if awaited else None


def not_over(consultation: Consultation, now: dt.datetime, reason: str) -> Text | None:
    return OVERTAKEN if consultation.is_over(now) else None


def needs_reason(consultation: Consultation, now: dt.datetime, reason: str) -> Text | None:
    return None if reason.strip() else _("Say why.")


TABLE: Table[Move] = Table(
    {
        Move.OPEN: Transition(
            (_S.DRAFT,),
            _S.OPEN,
            guards=(needs_a_waiting_handover, needs_voters, needs_time_ahead),
            permission=RUN,
        ),
        Move.CLOSE: Transition((_S.OPEN,), _S.CLOSED, guards=(closes_with_the_last_answer,), permission=RUN),
        Move.CALL_OFF: Transition(
            (_S.DRAFT, _S.OPEN),
            _S.CANCELLED,
            guards=(not_over, needs_reason, runs_to_its_end),
            permission=RUN,
            asks_reason=True,
        ),
    },
    overtaken=OVERTAKEN,
)


def overtaken() -> Overtaken:
    """For what is done to a consultation in one state and moves it nowhere: a draft edited, a position given."""
    return Overtaken(OVERTAKEN)
