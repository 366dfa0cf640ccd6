"""A consultation as one reader sees it: what is said openly, what stays hidden, what he or she may do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst

from governance.consultations import clock
from governance.consultations.result import Result
from governance.enums import ConsultationState, Outcome, Stance
from governance.models import Ballot, Consultation, Proxy, Voter
from members.backends import positions_of
from members.enums import ACTING_ROLES, PositionRole
from members.models import Organisation

BADGES = {
    ConsultationState.DRAFT: "draft",
    ConsultationState.OPEN: "open",
    ConsultationState.CLOSED: "done",
    ConsultationState.CANCELLED: "no",
}

OUTCOME_BADGES = {
    Outcome.ADOPTED: "ok",
    Outcome.ADOPTED_WITH_RESERVATIONS: "ok",
    Outcome.REJECTED: "no",
    Outcome.NO_QUORUM: "old",
}


@dataclass(frozen=True)
class Seat:
    """One organisation the reader may speak for, with what stands."""

    organisation: Organisation
    voter: Voter
    ballot: Ballot | None
    proxy: Proxy | None  # by which the reader's own organisation speaks for it
    given_away: Proxy | None  # its own proxy, still running
    may_entrust: bool

    @property
    def revision(self) -> int:
        return self.voter.revision


@dataclass(frozen=True)
class BallotGroup:
    """The voices of one stance: those that say why apart from the others."""

    label: str
    reasoned: list[Ballot]
    plain: list[Ballot]

    @property
    def total(self) -> int:
        return len(self.reasoned) + len(self.plain)


# What has to be heard first: the positions on which something may hang.
ORDER_OF_STANCES = (Stance.OBJECTION, Stance.RESERVATION, Stance.ABSTENTION, Stance.CONSENT)


@dataclass(frozen=True)
class ConsultationPage:
    consultation: Consultation
    is_over: bool
    takes_ballots: bool
    badge: str
    electorate: int
    answered: int
    result: Result | None  # once it is over
    ballots: list[Ballot] = field(default_factory=list)  # where positions may be seen
    silent: list[Voter] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)

    @property
    def groups(self) -> list[BallotGroup]:
        """The voices by stance; stances that nobody took are left out, the result counts them."""
        found = []
        for stance in ORDER_OF_STANCES:
            ballots = [ballot for ballot in self.ballots if ballot.stance == stance]
            reasoned = [ballot for ballot in ballots if ballot.reason]
            if ballots:
                plain = [ballot for ballot in ballots if not ballot.reason]
                found.append(BallotGroup(capfirst(stance.label), reasoned, plain))
        return found


def consultation_page(
    consultation: Consultation, user: Any, now: dt.datetime, *, sees_silent: bool
) -> ConsultationPage:
    """In a bounded number of queries, whatever the electorate."""
    voters = list(consultation.voters.select_related("organisation", "ballot").order_by("organisation__name", "pk"))
    answered = [voter for voter in voters if _ballot(voter)]
    is_over = consultation.is_over(now)
    ballots: list[Ballot] = []
    if consultation.shows_positions(now):
        rows = Ballot.objects.filter(voter__in=voters).select_related(
            "voter__organisation", "proxy__holder__organisation"
        )
        ballots = list(rows.order_by("voter__organisation__name", "pk"))
    return ConsultationPage(
        consultation=consultation,
        is_over=is_over,
        takes_ballots=consultation.takes_ballots(now),
        badge="done" if is_over else BADGES[ConsultationState(consultation.state)],
        electorate=len(voters),
        answered=len(answered),
        result=_result(consultation, is_over),
        ballots=ballots,
        silent=[voter for voter in voters if not _ballot(voter)] if sees_silent or is_over else [],
        seats=seats(consultation, user, voters) if consultation.takes_ballots(now) else [],
    )


def _ballot(voter: Voter) -> Ballot | None:
    return getattr(voter, "ballot", None)


def _result(consultation: Consultation, is_over: bool) -> Result | None:
    if consultation.result is not None:
        return Result(**consultation.result)
    return clock.count(consultation) if is_over else None


def seats(consultation: Consultation, user: Any, voters: list[Voter] | None = None) -> list[Seat]:
    """The organisations `user` may speak for here: his or her own, and those that entrusted their voice to them."""
    positions = {position.organisation_id: position for position in positions_of(user) if position.role in ACTING_ROLES}
    if voters is None:
        voters = list(consultation.voters.select_related("organisation", "ballot"))
    own = [voter for voter in voters if voter.organisation_id in positions]
    running = Proxy.objects.filter(giver__consultation=consultation, revoked_at__isnull=True)
    proxies = list(running.select_related("giver__organisation", "holder__organisation")) if own else []
    away = {proxy.giver_id: proxy for proxy in proxies}
    held = {proxy.giver_id: proxy for proxy in proxies if proxy.holder_id in {voter.pk for voter in own}}
    found = [
        Seat(
            voter.organisation,
            voter,
            _ballot(voter),
            None,
            away.get(voter.pk),
            may_entrust=positions[voter.organisation_id].role == PositionRole.REPRESENTATIVE,
        )
        for voter in own
    ]
    found += [
        Seat(voter.organisation, voter, _ballot(voter), held[voter.pk], None, may_entrust=False)
        for voter in voters
        if voter.pk in held and voter not in own
    ]
    return found
