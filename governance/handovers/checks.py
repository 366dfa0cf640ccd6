"""What each step of a handover demands of its evidence; each function raises `ValidationError` with a sentence.

Dates are partial: a step may not lie wholly before another, nor in the future. The order among the steps'
own dates is a constraint of the table; what needs other rows stands here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.db.periods import today
from core.formatting import names
from core.partial_dates import PartialDate, display
from governance.enums import ADOPTED, ConsultationState
from governance.handovers.evidence import Evidence
from governance.models import Consultation, Handover, LegalIdentity, Mandate
from governance.refusal import refusal
from members.models import Membership, Organisation
from sessions_app.enums import PRESENT, SessionState
from sessions_app.models import Attendance, Session

LONGEST_AHEAD = dt.timedelta(days=2 * 366)  # how far ahead a handing over may be set


def wholly_before(earlier: PartialDate, later: PartialDate) -> bool:
    return earlier.upper <= later.lower


def running_mandate(now: dt.datetime) -> Mandate:
    mandate = Mandate.objects.running(now)
    if mandate is None:
        raise refusal(_("Nobody holds the animation of the space yet."), "no_mandate")
    return mandate


def still_held(handover: Handover, now: dt.datetime) -> Mandate:
    """The mandate to be handed over still runs."""
    mandate = running_mandate(now)
    if mandate != handover.outgoing:
        raise refusal(
            _("The mandate %(of_holder)s has ended meanwhile.") % names.in_sentence(holder=handover.holder.label),
            "mandate_ended",
        )
    return mandate


def fit_to_receive(receiver: Organisation, holder: Organisation, on: dt.date) -> None:
    if receiver == holder:
        raise refusal(_("The animation passes to another organisation than the one that holds it."), "same", "receiver")
    if not Membership.objects.on(on).filter(organisation=receiver).exists():
        message = _("%(Organisation)s is not a member of the space.") % names.in_sentence(organisation=receiver.label)
        raise refusal(message, "no_member", "receiver")


def a_member(organisation: Organisation, on: dt.date) -> None:
    if not Membership.objects.on(on).filter(organisation=organisation).exists():
        message = _("%(Organisation)s is not a member of the space.") % names.in_sentence(
            organisation=organisation.label
        )
        raise refusal(message, "no_member")


def dated(name: str, value: PartialDate | None, *, historical: bool, now: dt.datetime) -> None:
    """A date is given, save in an entry made after the fact, and may have been reached."""
    if value is None:
        if not historical:
            raise refusal(_("Say when this took place."), "date_missing", name)
        return
    if value.lower > today(now):
        raise refusal(_("This date lies in the future."), "future", name)


def proven(documents: Sequence[Evidence], *, historical: bool) -> None:
    if not documents and not historical:
        raise refusal(_("Add the document in which the body's decision can be read."), "document_missing", "document")


def fit_session(handover: Handover, session: Session | None) -> None:
    """Members validate in a session that was held, and not before the proposal."""
    if session is None:
        raise refusal(_("Say in which session the members validated."), "session_missing", "session")
    if session.state == SessionState.CANCELLED:
        raise refusal(_("This session was cancelled."), "session_cancelled", "session")
    if not session.is_past:
        raise refusal(_("This session has not been held yet."), "session_not_held", "session")
    if session.date is None:
        return
    if handover.outgoing.started_on is not None and wholly_before(session.days, handover.outgoing.started_on):
        raise refusal(_("This session came before the mandate that is handed over."), "session_too_early", "session")
    if handover.proposed_on is not None and wholly_before(session.days, handover.proposed_on):
        raise refusal(_("This session came before the proposal."), "session_too_early", "session")
    if handover.accepted_on is not None and wholly_before(session.days, handover.accepted_on):
        raise refusal(_("This session came before the acceptance."), "session_too_early", "session")


def attended(session: Session) -> None:
    """A consensus is that of organisations recorded as present: without any, nobody can say whose it was."""
    if not Attendance.objects.filter(session=session, presence__in=PRESENT).exists():
        raise refusal(
            _("Nobody is recorded as present in this session: record the attendance first."),
            "nobody_present",
            "session",
        )


def members_heard(handover: Handover, now: dt.datetime) -> None:
    """Whichever way the members validate: nobody is being asked any more, and the last answer was no refusal.

    The consultations whose time is over are closed already.
    """
    asked = handover.consultations.exclude(state__in=(ConsultationState.DRAFT, ConsultationState.CANCELLED))
    if asked.filter(state=ConsultationState.OPEN).exists():
        raise refusal(
            _("The members are being consulted about this handover: wait until it is closed, or call it off."),
            "still_open",
            "consultation",
        )
    last = asked.order_by("closed_at", "pk").last()
    if last is not None and last.outcome not in ADOPTED:
        raise refusal(
            _("The members did not adopt the last consultation about this handover: ask them again first."),
            "not_adopted",
            "consultation",
        )


def fit_consultation(handover: Handover, consultation: Consultation | None) -> None:
    """The consultation asked about this handover, is closed, and adopted it."""
    if consultation is None or consultation.handover_id != handover.pk:
        raise refusal(_("Choose the consultation about this handover."), "foreign", "consultation")
    if not consultation.outcome:
        raise refusal(_("This consultation is not closed yet."), "not_closed", "consultation")
    if consultation.outcome not in ADOPTED:
        raise refusal(_("The members did not adopt this consultation."), "not_adopted", "consultation")


def fit_moment(running: Mandate, at: dt.datetime, now: dt.datetime) -> None:
    """The moment at which rights move: not in the past, after the running mandate's start, none planned already."""
    if at <= running.starts_at:
        raise refusal(_("The new mandate starts after the one it follows."), "before_running", "at")
    if at < now:
        raise refusal(_("Rights cannot move in the past."), "past", "at")
    if at > now + LONGEST_AHEAD:
        raise refusal(_("Set a moment within two years."), "too_far", "at")
    if Mandate.objects.coming(now).exists():
        raise refusal(_("Another mandate is already planned."), "planned")


def known_in_law(handover: Handover, on: dt.date) -> None:
    """The receiver has supplied what the legal pages must say from that day on; not asked of past entries."""
    if missing := identity_missing(handover, on):
        raise refusal(missing, "legal_identity_missing")


def identity_missing(handover: Handover, on: dt.date) -> str:
    """What is to be supplied before the effect, and by whom; "" where nothing is."""
    if handover.is_historical or LegalIdentity.objects.on(on).filter(organisation=handover.receiver).exists():
        return ""
    return _(
        "%(Receiver)s has to supply its legal identity first: publisher, director of publication, host,"
        " contact for personal data."
    ) % names.in_sentence(receiver=handover.receiver.label)


STEP_DATES = ("proposed_on", "accepted_on", "validated_on", "effective_on")


def in_order(handover: Handover, name: str, field: str = "") -> None:
    """The date `name` lies wholly before no date of an earlier step, and after none of a later one.

    The table refuses the same; here it is said where people look, at `field` (the date's own unless given).
    """
    value = getattr(handover, name)
    if value is None:
        return
    after = {
        "proposed_on": _("This date lies before that of the proposal: %(date)s."),
        "accepted_on": _("This date lies before that of the acceptance: %(date)s."),
        "validated_on": _("This date lies before that of the validation: %(date)s."),
    }
    before = {
        "accepted_on": _("This date lies after that of the acceptance: %(date)s."),
        "validated_on": _("This date lies after that of the validation: %(date)s."),
        "effective_on": _("This date lies after that of the handing over: %(date)s."),
    }
    place = STEP_DATES.index(name)
    for other in STEP_DATES:
        date = getattr(handover, other)
        if date is None or other == name:
            continue
        earlier = STEP_DATES.index(other) < place
        if wholly_before(value, date) if earlier else wholly_before(date, value):
            message = (after if earlier else before)[other] % {"date": display(date)}
            raise refusal(message, "order", field or name)


def between_mandates(handover: Handover, effective_on: PartialDate) -> None:
    """A date entered by people lies neither before the mandate handed over, nor after the one that followed."""
    started = handover.outgoing.started_on
    if started is not None and wholly_before(effective_on, started):
        raise refusal(
            _("The new mandate starts after the one it follows: %(date)s.") % {"date": display(started)},
            "before_running",
            "effective_on",
        )
    following = handover.incoming and Mandate.objects.filter(starts_at__gt=handover.incoming.starts_at).first()
    if following and following.started_on is not None and wholly_before(following.started_on, effective_on):
        raise refusal(
            _("The next mandate has started before: %(date)s.") % {"date": display(following.started_on)},
            "after_following",
            "effective_on",
        )


def after_the_fact(handover: Handover, effective_on: PartialDate) -> None:
    """An entry made after the fact speaks of a day before it was opened."""
    if effective_on.upper > today(handover.created_at):
        raise refusal(
            _("An entry made after the fact speaks of a time before it was opened."), "not_past", "effective_on"
        )
