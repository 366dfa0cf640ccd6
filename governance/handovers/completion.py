"""The handing over itself: the new mandate and the act in one transaction, now or by the clock at a set moment."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _, gettext_noop

from core.accounts import rights
from core.db.periods import months_later, today
from core.notifications.each_row import each_row
from core.partial_dates import PartialDate, day
from core.partial_dates.values import some_day
from governance.enums import HandoverState, MandateKind, Step, ValidationMode
from governance.handovers import checks
from governance.handovers.evidence import Evidence, log
from governance.handovers.printing import print_act
from governance.handovers.transitions import lock, lock_rights, not_before_the_last, save, start_step, terminate
from governance.models import GovernanceRules, Handover, Mandate
from governance.notifications import acting_people, member_people, notify_of_handover
from governance.refusal import refusal
from sessions_app.models import Session

if TYPE_CHECKING:
    from core.accounts.models import User

# Stored as the reason of a handover that another one overtook; shown through `gettext`.
OVERTAKEN = gettext_noop("Another organisation has received the animation meanwhile.")


@transaction.atomic
def complete(
    *,
    handover: Handover,
    by: User,
    now: dt.datetime,
    at: dt.datetime | None = None,
    effective_on: PartialDate | None = None,
    term_ends_on: dt.date | None = None,
    comment: str = "",
    documents: Sequence[Evidence] = (),
) -> Handover:
    """Hands the animation over: the new mandate starts at `at` (now unless given), and with it every right moves.

    `term_ends_on` is the last day agreed, if any; of an interim the rules set it. Passing it only warns.
    `effective_on` is asked of an entry made after the fact only; otherwise it is the day of `at`. Holds the
    rights lock exclusively: writes of the former animators end before, or are refused after.
    """
    locked, now = start_step(handover, Step.COMPLETE, by=by, now=now, alone=True)
    running = checks.still_held(locked, now)
    at = at or now
    checks.fit_moment(running, at, now)
    first_day = today(at)
    checks.fit_to_receive(locked.receiver, locked.holder, first_day)
    checks.known_in_law(locked, first_day)
    if locked.is_historical:
        checks.dated("effective_on", effective_on, historical=False, now=now)
        checks.after_the_fact(locked, effective_on)
        checks.between_mandates(locked, effective_on)
    else:
        effective_on = day(first_day)
    locked.effective_on = effective_on
    checks.in_order(locked, "effective_on", "effective_on" if locked.is_historical else "at")
    locked.full_clean()
    locked.incoming = _new_mandate(locked, at, effective_on, term_ends_on)
    locked.completed_at = now
    save(locked, HandoverState.EFFECTIVE if at <= now else HandoverState.SCHEDULED)
    organisation = locked.receiver if locked.is_interim else locked.holder
    log(locked, Step.COMPLETE, by=by, organisation=organisation, now=now, comment=comment, documents=documents)
    for other in Handover.objects.open().exclude(pk=locked.pk).order_by("pk"):
        overtaken = lock(other)
        since = not_before_the_last(overtaken, now)
        terminate(overtaken, Step.WITHDRAW, by=None, organisation=None, reason=OVERTAKEN, now=since)
    if at <= now:
        took_effect(locked, by=by, now=now)
    else:
        notify_of_handover("mandate_planned", locked, member_people(now), now=now, day=first_day)
    return locked


def _new_mandate(handover: Handover, at: dt.datetime, started_on: PartialDate, term_ends_on: dt.date | None) -> Mandate:
    mandate = Mandate(organisation=handover.receiver, kind=handover.kind, starts_at=at, started_on=started_on)
    if handover.kind == MandateKind.INTERIM:
        mandate.term_ends_on = months_later(today(at), GovernanceRules.current().interim_months)
    elif term_ends_on is not None:
        if term_ends_on <= today(at):
            raise refusal(_("The agreed last day comes after the first one."), "term", "term_ends_on")
        mandate.term_ends_on = term_ends_on
    mandate.full_clean()
    mandate.save()
    return mandate


def took_effect(handover: Handover, *, by: User | None, now: dt.datetime) -> None:
    """Tells every member who animates the space now, and has the act printed; in the transaction of the effect."""
    people = member_people(now) | acting_people([handover.holder], now)  # the former may have left the space
    notify_of_handover("mandate_moved", handover, people.distinct(), now=now)
    print_act(handover, by=by, now=now)


def settle(*, now: dt.datetime) -> list[Handover]:
    """Writes down what the clock has done: scheduled handovers whose moment has come become effective, and are told.

    Rights moved at that moment already; this only follows. A second run finds nothing.
    """
    due = Handover.objects.due(now).order_by("pk").values_list("pk", flat=True)
    settled = each_row(Handover, due, lambda key: _settle(key, now), now=now)
    return [handover for handover in settled if handover is not None]


def _settle(key: int, now: dt.datetime) -> Handover | None:
    rows = Handover.objects.due(now).select_for_update(of=("self",), skip_locked=True).with_names()
    handover = rows.filter(pk=key).first()
    if handover is None:  # another worker came first
        return None
    save(handover, HandoverState.EFFECTIVE)
    log(handover, Step.TAKE_EFFECT, by=None, now=not_before_the_last(handover, handover.incoming.starts_at))
    took_effect(handover, by=handover.steps.get(step=Step.COMPLETE).by, now=now)
    return handover


@transaction.atomic
def record_past(
    *,
    mandate: Mandate,
    by: User,
    body: str,
    session: Session,
    statement: str,
    effective_on: PartialDate,
    now: dt.datetime,
    purpose: str = "",
    proposed_on: PartialDate | None = None,
    accepted_on: PartialDate | None = None,
    comment: str = "",
    documents: Sequence[Evidence] = (),
    public_id: uuid.UUID | None = None,
) -> Handover:
    """Enters, after the fact and whole, the handover by which a mandate of the register began. Rights do not move.

    Dates that nobody knows stay unknown; none is invented. Raises `ValidationError` where the mandate is the
    first, has not started, or has its handover already.
    """
    lock_rights()
    rights.check_for_writing(by, "governance.record_past_handover")
    previous = Mandate.objects.started(mandate.starts_at).exclude(pk=mandate.pk).select_related("organisation").first()
    if mandate.starts_at > now or previous is None or Handover.objects.filter(incoming=mandate).exists():
        raise refusal(_("This mandate has no handover to be entered."), "no_handover")
    handover = Handover(
        public_id=public_id or uuid.uuid4(),
        kind=mandate.kind,
        is_historical=True,
        outgoing=previous,
        holder=previous.organisation,
        receiver=mandate.organisation,
        purpose=purpose.strip(),
        created_at=now,
        proposed_on=proposed_on,
        proposed_at=now,
        accepted_body=body.strip(),
        accepted_on=accepted_on,
        accepted_at=now,
        validation_mode=ValidationMode.CONSENSUS,
        validation_session=session,
        validation_statement=statement.strip(),
        validated_on=some_day(session.days),
        validated_at=now,
        effective_on=effective_on,
        incoming=mandate,
        completed_at=now,
    )
    if not handover.accepted_body:
        raise refusal(_("Say which body accepted."), "body_missing", "body")
    for name in ("proposed_on", "accepted_on", "effective_on"):
        checks.dated(name, getattr(handover, name), historical=name != "effective_on", now=now)
    checks.in_order(handover, "accepted_on")
    checks.fit_session(handover, session)
    checks.after_the_fact(handover, effective_on)
    checks.between_mandates(handover, effective_on)
    checks.in_order(handover, "effective_on")
    save(handover, HandoverState.EFFECTIVE)
    if mandate.started_on != effective_on:
        mandate.started_on = effective_on
        mandate.full_clean()
        mandate.save(update_fields=["started_on"])
    for step in (Step.PROPOSE, Step.ACCEPT, Step.VALIDATE):
        log(handover, step, by=by, now=now)
    log(handover, Step.COMPLETE, by=by, now=now, comment=comment, documents=documents)
    print_act(handover, by=by, now=now)
    return handover
