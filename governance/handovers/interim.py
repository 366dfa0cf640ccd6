"""Intérim: where the holder is silent or dissolved, member organisations ask that another one animate for a time.

Once as many as the rules want have asked, the request is proposed by itself; from there it goes the way of every
handover: acceptance by the receiver, consultation of the members, handing over. Rights move only at its end.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts import rights
from core.db import locks
from core.db.periods import today
from core.partial_dates import day
from core.transitions import Overtaken
from governance.enums import HandoverState, MandateKind, Step
from governance.handovers import checks
from governance.handovers.completion import settle
from governance.handovers.evidence import log
from governance.handovers.transitions import ONE_AT_A_TIME, OVERTAKEN, lock, lock_rights, not_before_the_last, save
from governance.models import GovernanceRules, Handover, InterimRequest
from governance.notifications import member_people, notify_of_handover
from governance.permissions import represents
from governance.refusal import refusal
from members.models import Organisation

if TYPE_CHECKING:
    from core.accounts.models import User

ASK = "governance.request_interim"


@transaction.atomic
def request(*, by: User, organisation: Organisation, receiver: Organisation, reason: str, now: dt.datetime) -> Handover:
    """`organisation`, through its representative `by`, is the first to ask that `receiver` animate for a time."""
    lock_rights()
    locks.hold_exclusive(ONE_AT_A_TIME)
    settle(now=now)
    rights.check_for_writing(by, ASK)
    mandate = checks.running_mandate(now)
    checks.fit_to_receive(receiver, mandate.organisation, today(now))
    handover = Handover(
        kind=MandateKind.INTERIM, outgoing=mandate, holder=mandate.organisation, receiver=receiver, created_at=now
    )
    save(handover, HandoverState.DRAFT)
    log(handover, Step.DRAFT, by=by, organisation=organisation, now=now)
    _ask(handover, by, organisation, reason, now)
    notify_of_handover("interim_requested", handover, member_people(now), now=now)
    return handover


@transaction.atomic
def join(*, handover: Handover, by: User, organisation: Organisation, reason: str, now: dt.datetime) -> Handover:
    """A further organisation asks for the same; with the last one needed the request is proposed."""
    lock_rights()
    locked = lock(handover)
    rights.check_for_writing(by, ASK, locked)
    if not locked.is_interim or locked.state != HandoverState.DRAFT:
        raise Overtaken(OVERTAKEN)
    checks.still_held(locked, now)
    _ask(locked, by, organisation, reason, not_before_the_last(locked, now))
    return locked


def _ask(handover: Handover, by: User, organisation: Organisation, reason: str, now: dt.datetime) -> None:
    if (denied := represents(by, organisation)) is not None:
        raise rights.PermissionRefused(denied)
    if organisation == handover.holder:
        raise refusal(_("The organisation that animates does not ask for an interim."), "holder")
    checks.a_member(organisation, today(now))
    row = InterimRequest(handover=handover, organisation=organisation, by=by, reason=reason.strip(), requested_at=now)
    row.full_clean()
    row.save(force_insert=True)
    log(handover, Step.REQUEST, by=by, organisation=organisation, now=now, comment=reason)
    if handover.requests.count() < GovernanceRules.current().interim_requests:
        return
    handover.proposed_on = day(today(now))
    handover.proposed_at = now
    save(handover, HandoverState.PROPOSED)
    log(handover, Step.PROPOSE, by=by, organisation=organisation, now=now)
    notify_of_handover("handover_proposed", handover, member_people(now), now=now)
