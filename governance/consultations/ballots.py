"""Giving the one voice of an organisation: by its own people, by a proxy, or recorded for it by the animators."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from core.accounts import rights
from core.accounts.rights import PermissionRefused
from core.transitions import Refusal
from governance.consultations.clock import lock
from governance.consultations.proxies import advance, lapse, running_proxy
from governance.consultations.transitions import RUN, overtaken
from governance.enums import Stance
from governance.models import Ballot, Consultation, Proxy, Voter
from governance.notifications import acting_people, notify_of_consultation
from governance.permissions import NO_VOICE, acts_for
from governance.refusal import refusal
from members.models import Organisation
from sessions_app.enums import PRESENT
from sessions_app.models import Attendance

if TYPE_CHECKING:
    from core.accounts.models import User


class BallotConflict(Refusal):
    """What stands for the organisation is not what the person saw; `ballot` and `proxy` are what stands, if anything."""

    message = gettext_lazy(
        "Somebody of your organisation has just answered. See the position that stands, then decide."
    )

    def __init__(self, voter: Voter, ballot: Ballot | None, proxy: Proxy | None) -> None:
        super().__init__()
        self.voter, self.ballot, self.proxy = voter, ballot, proxy


@transaction.atomic
def give(
    *,
    consultation: Consultation,
    by: User,
    organisation: Organisation,
    stance: Stance,
    now: dt.datetime,
    reason: str = "",
    based_on: int | None = None,
) -> Ballot:
    """The position of `organisation`, given or changed by one of its people in position, or by its proxy's.

    `based_on` is the revision the person saw (0: none yet); another one raises `BallotConflict`. None skips the
    comparison (a personal link shows nothing older). The organisation's other people are told of a change.
    """
    rights.check_for_writing(by, "governance.cast_ballot", consultation)
    locked = lock(consultation)
    if not locked.takes_ballots(now):
        raise overtaken()
    voter = _voter(locked, organisation)
    proxy = _speaks_by(by, voter)
    if based_on is not None and based_on != voter.revision:  # before anything is written, which would change it
        raise BallotConflict(voter, Ballot.objects.filter(voter=voter).first(), running_proxy(voter))
    if proxy is None:
        lapse(voter, now=now)
    return _write(voter, by=by, stance=stance, reason=reason, now=now, proxy=proxy)


@transaction.atomic
def record_on_behalf(
    *,
    consultation: Consultation,
    by: User,
    organisation: Organisation,
    stance: Stance,
    now: dt.datetime,
    reason: str = "",
) -> Ballot:
    """An animator records what an organisation present in the session said; the organisation is told.

    Never over a position that its own people gave.
    """
    rights.check_for_writing(by, RUN, consultation)
    locked = lock(consultation)
    if not locked.takes_ballots(now):
        raise overtaken()
    voter = _voter(locked, organisation)
    present = Attendance.objects.filter(session=locked.session_id, organisation=organisation, presence__in=PRESENT)
    if locked.session_id is None or not present.exists():
        raise refusal(
            _("This organisation is not recorded as present in the session of this consultation."),
            "not_present",
            "organisation",
        )
    standing = Ballot.objects.filter(voter=voter).first()
    if standing is not None and not standing.on_behalf:
        raise refusal(_("This organisation has answered itself."), "answered", "organisation")
    lapse(voter, now=now)
    ballot = _write(voter, by=by, stance=stance, reason=reason, now=now, on_behalf=True)
    notify_of_consultation(
        "ballot_on_behalf", locked, acting_people([organisation], now), now=now, organisation=organisation
    )
    return ballot


def _voter(consultation: Consultation, organisation: Organisation) -> Voter:
    voter = consultation.voters.select_related("organisation", "consultation").filter(organisation=organisation).first()
    if voter is None:
        raise PermissionRefused(NO_VOICE)
    return voter


def _speaks_by(by: User, voter: Voter) -> Proxy | None:
    """The proxy by which `by` speaks for `voter`, None for its own people; refused where it is neither."""
    if acts_for(by, voter.organisation):
        return None
    proxy = running_proxy(voter)
    if proxy is not None and acts_for(by, proxy.holder.organisation):
        return proxy
    raise PermissionRefused(NO_VOICE)


def _write(
    voter: Voter,
    *,
    by: User,
    stance: Stance,
    reason: str,
    now: dt.datetime,
    proxy: Proxy | None = None,
    on_behalf: bool = False,
) -> Ballot:
    standing = Ballot.objects.filter(voter=voter).first()
    if stance == Stance.OBJECTION and not reason.strip():
        raise refusal(_("An objection says why."), "reason_missing", "reason")
    ballot = standing or Ballot(voter=voter)
    ballot.stance = stance
    ballot.reason = reason.strip()
    ballot.by = by
    ballot.proxy = proxy
    ballot.on_behalf = on_behalf
    ballot.given_at = now
    ballot.revision = advance(voter)
    ballot.full_clean()
    ballot.save()
    if standing is not None and not on_behalf:
        others = acting_people([voter.organisation], now).exclude(pk=by.pk)
        notify_of_consultation("ballot_changed", voter.consultation, others, now=now, organisation=voter.organisation)
    return ballot
