"""Pouvoirs: an organisation entrusts its voice to another one for one consultation.

A proxy is not handed on: who has given one away holds none, so no chain and no loop can be made. It is revoked
at any time before closing, and lapses when the giver speaks for itself.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts import rights
from core.formatting import names
from governance.consultations.clock import lock
from governance.consultations.transitions import overtaken
from governance.models import Ballot, Consultation, Proxy, Voter
from governance.notifications import acting_people, notify_of_consultation
from governance.permissions import represents
from governance.refusal import refusal
from members.models import Organisation

if TYPE_CHECKING:
    from core.accounts.models import User


@transaction.atomic
def give(*, consultation: Consultation, by: User, giver: Organisation, holder: Organisation, now: dt.datetime) -> Proxy:
    """`giver`, through its representative `by`, entrusts its voice to `holder`; a voice already given lapses."""
    rights.check_for_writing(by, "governance.cast_ballot", consultation)
    if (denied := represents(by, giver)) is not None:
        raise rights.PermissionRefused(denied)
    locked = lock(consultation)
    if not locked.takes_ballots(now):
        raise overtaken()
    voters = {voter.organisation_id: voter for voter in locked.voters.filter(organisation__in=[giver, holder])}
    if giver.pk not in voters or holder.pk not in voters:
        raise refusal(_("Both organisations need a voice in this consultation."), "no_vote", "holder")
    active = Proxy.objects.filter(giver__consultation=locked, revoked_at__isnull=True)
    if active.filter(giver=voters[holder.pk]).exists():
        raise refusal(
            _("%(Holder)s has given its own voice away.") % names.in_sentence(holder=holder.label), "chain", "holder"
        )
    if active.filter(holder=voters[giver.pk]).exists():
        raise refusal(_("Your organisation holds proxies of others: it cannot give its own voice away."), "chain")
    if active.filter(holder=voters[holder.pk]).count() >= locked.proxies_per_holder:
        raise refusal(
            _("%(Holder)s holds as many proxies as the rules allow.") % names.in_sentence(holder=holder.label),
            "limit",
            "holder",
        )
    proxy = Proxy(giver=voters[giver.pk], holder=voters[holder.pk], given_by=by, given_at=now)
    proxy.full_clean()
    Ballot.objects.filter(voter=proxy.giver).delete()
    proxy.save()
    advance(proxy.giver)
    notify_of_consultation("proxy_given", locked, acting_people([holder], now), now=now, organisation=giver)
    return proxy


@transaction.atomic
def revoke(*, consultation: Consultation, by: User, giver: Organisation, now: dt.datetime) -> Proxy:
    """Takes the proxy back; what was said by it is no longer counted."""
    rights.check_for_writing(by, "governance.cast_ballot", consultation)
    if (denied := represents(by, giver)) is not None:
        raise rights.PermissionRefused(denied)
    locked = lock(consultation)
    if not locked.takes_ballots(now):
        raise overtaken()
    voter = locked.voters.filter(organisation=giver).first()
    proxy = voter and lapse(voter, now=now)
    if proxy is None:
        raise refusal(_("Your organisation has given no proxy."), "no_proxy")
    return proxy


def lapse(voter: Voter, *, now: dt.datetime) -> Proxy | None:
    """Ends the running proxy of `voter`, if any, with the voice given by it; inside the consultation's lock."""
    proxy = running_proxy(voter)
    if proxy is None:
        return None
    Ballot.objects.filter(voter=voter, proxy__isnull=False).delete()
    proxy.revoked_at = now
    proxy.full_clean()
    proxy.save()
    advance(voter)
    people = acting_people([proxy.holder.organisation], now)
    notify_of_consultation("proxy_revoked", voter.consultation, people, now=now, organisation=voter.organisation)
    return proxy


def running_proxy(voter: Voter) -> Proxy | None:
    """The proxy that stands, with the organisation that holds it."""
    return voter.proxies_given.filter(revoked_at__isnull=True).select_related("holder__organisation").first()


def advance(voter: Voter) -> int:
    """Counts a change of what stands for `voter`, inside the consultation's lock; the new revision."""
    voter.revision += 1
    voter.save(update_fields=["revision"])
    return voter.revision
