"""Opening and closing a consultation, by hand or by the clock, and what is frozen then."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from core.notifications.each_row import each_row
from governance.consultations import links
from governance.consultations.result import Given, Result, Rules, compute
from governance.consultations.transitions import TABLE, Move, electorate
from governance.enums import ConsultationState, DecisionRule, Stance
from governance.models import Ballot, Consultation, GovernanceRules, Handover, Voter
from governance.notifications import acting_people, notify_of_consultation


def lock(consultation: Consultation) -> Consultation:
    """The consultation as it stands now, locked to the end of the transaction: every write passes here.

    The order of locks is one everywhere: rights, handover, consultation.
    """
    return Consultation.objects.select_for_update(of=("self",)).select_related("handover").get(pk=consultation.pk)


def lock_to_open(consultation: Consultation) -> Consultation:
    """As `lock`, with the handover it asks about: nobody validates that at the very moment at which members are asked."""
    if consultation.handover_id is not None:
        Handover.objects.select_for_update(of=("self",)).get(pk=consultation.handover_id)
    return lock(consultation)


def save(consultation: Consultation) -> None:
    consultation.full_clean()
    consultation.save()


def open_now(locked: Consultation, *, now: dt.datetime) -> None:
    """Opens a locked draft (`lock_to_open`) that may open: today's members have a voice, nobody else will.

    Who asks for an interim also keeps its consultation, so the members always have the days the rules say.
    """
    if locked.runs_to_its_end:
        locked.closes_at = max(locked.closes_at, now + dt.timedelta(days=GovernanceRules.current().consultation_days))
    locked.state = TABLE[Move.OPEN].target
    locked.opened_at = now
    locked.opens_at = None if locked.opens_at and locked.opens_at > now else locked.opens_at
    save(locked)
    organisations = electorate(locked, now).values_list("organisation_id", flat=True)
    Voter.objects.bulk_create(Voter(consultation=locked, organisation_id=pk) for pk in organisations)
    people = acting_people(locked.voters.values("organisation"), now)
    links.ask("consultation_opened", locked, people, now=now)


def close_now(locked: Consultation, *, now: dt.datetime) -> None:
    """Closes a locked open consultation and freezes its result. The moment is the planned one, once it is over."""
    result = count(locked)
    locked.state = TABLE[Move.CLOSE].target
    locked.closed_at = min(now, locked.closes_at) if locked.closes_at else now
    locked.result = result.as_json()
    locked.outcome = result.outcome
    save(locked)
    links.revoke(locked, now=now)
    people = acting_people(locked.voters.values("organisation"), now)
    if locked.handover is not None and locked.handover.is_interim:
        people = (people | acting_people([locked.handover.holder], now)).distinct()  # it has no voice, but hears
    notify_of_consultation("consultation_closed", locked, people, now=now)


def call_off_now(locked: Consultation, *, reason: str, now: dt.datetime) -> None:
    """Calls a locked draft or open consultation off and tells whoever was asked; what was said is kept, uncounted."""
    was_asked = locked.state == ConsultationState.OPEN
    locked.state = TABLE[Move.CALL_OFF].target
    locked.cancelled_reason = reason.strip()
    save(locked)
    links.revoke(locked, now=now)
    if was_asked:
        people = acting_people(locked.voters.values("organisation"), now)
        notify_of_consultation("consultation_called_off", locked, people, now=now)


def call_off_with(handover: Handover, *, reason: str, now: dt.datetime) -> None:
    """Ends what the members are still asked about a locked handover that ends: nobody answers for nothing.

    One whose time is over already is closed, and keeps its result.
    """
    running = handover.consultations.filter(state__in=(ConsultationState.DRAFT, ConsultationState.OPEN))
    for consultation in running.order_by("pk"):
        locked = closed_by_now(consultation, now=now)
        if locked.state != ConsultationState.CLOSED:
            call_off_now(locked, reason=reason, now=now)


def count(consultation: Consultation) -> Result:
    """The result as the voices stand."""
    voters = Voter.objects.filter(consultation=consultation)
    ballots = Ballot.objects.filter(voter__consultation=consultation).values_list("voter_id", "stance", "proxy_id")
    rules = Rules(
        quorum_percent=consultation.quorum_percent,
        quorum_counts_proxies=consultation.quorum_counts_proxies,
        decision=DecisionRule(consultation.decision_rule),
    )
    given = [Given(str(voter), Stance(stance), by_proxy=proxy is not None) for voter, stance, proxy in ballots]
    return compute(electorate=[str(pk) for pk in voters.values_list("pk", flat=True)], ballots=given, rules=rules)


@transaction.atomic
def closed_by_now(consultation: Consultation, *, now: dt.datetime) -> Consultation:
    """The consultation, closed if its time is over and the closing task has not come round yet."""
    locked = lock(consultation)
    if locked.state == ConsultationState.OPEN and locked.is_over(now):
        close_now(locked, now=now)
    return locked


def turn(*, now: dt.datetime) -> tuple[int, int]:
    """Opens and closes what is due at `now`, each in a transaction of its own; how many of each.

    A draft that cannot be opened (no member, closing time over, handover decided) stays a draft.
    """
    to_open = Consultation.objects.to_open(now).order_by("pk").values_list("pk", flat=True)
    to_close = Consultation.objects.to_close(now).order_by("pk").values_list("pk", flat=True)
    opened = each_row(Consultation, to_open, lambda key: _open_by_itself(key, now), now=now)
    closed = each_row(Consultation, to_close, lambda key: _close_by_itself(key, now), now=now)
    return sum(opened), sum(closed)


def _open_by_itself(key: int, now: dt.datetime) -> bool:
    locked = lock_to_open(Consultation.objects.get(pk=key))
    if not locked.opens_at or locked.opens_at > now or TABLE.obstacles(locked, Move.OPEN, now):
        return False
    open_now(locked, now=now)
    return True


def _close_by_itself(key: int, now: dt.datetime) -> bool:
    locked = lock(Consultation.objects.get(pk=key))
    if locked.state != ConsultationState.OPEN or not locked.is_over(now):
        return False
    close_now(locked, now=now)
    return True
