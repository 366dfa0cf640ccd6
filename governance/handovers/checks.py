"""What each step of a handover demands of its evidence; each function raises `ValidationError` with a sentence.

Dates are partial: a step may not lie wholly before another, nor in the future. The order among the steps'
own dates is a constraint of the table; what needs other rows stands here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.db.periods import today
from core.partial_dates import PartialDate
from governance.enums import ADOPTED
from governance.handovers.evidence import Evidence
from governance.models import Consultation, Handover, LegalIdentity, Mandate
from members.models import Membership, Organisation
from sessions_app.enums import SessionState
from sessions_app.models import Session


def wholly_before(earlier: PartialDate, later: PartialDate) -> bool:
    return earlier.upper <= later.lower


def running_mandate(now: dt.datetime) -> Mandate:
    mandate = Mandate.objects.running(now)
    if mandate is None:
        raise ValidationError(_("Nobody holds the animation of the space yet."), code="no_mandate")
    return mandate


def still_held(handover: Handover, now: dt.datetime) -> Mandate:
    """The mandate to be handed over still runs."""
    mandate = running_mandate(now)
    if mandate != handover.outgoing:
        raise ValidationError(
            _("The mandate of %(holder)s has ended meanwhile.") % {"holder": handover.holder.label},
            code="mandate_ended",
        )
    return mandate


def fit_to_receive(receiver: Organisation, holder: Organisation, on: dt.date) -> None:
    if receiver == holder:
        raise ValidationError(
            {"receiver": _("The animation passes to another organisation than the one that holds it.")}, code="same"
        )
    if not Membership.objects.on(on).filter(organisation=receiver).exists():
        message = _("%(organisation)s is not a member of the space.") % {"organisation": receiver.label}
        raise ValidationError({"receiver": message}, code="no_member")


def a_member(organisation: Organisation, on: dt.date) -> None:
    if not Membership.objects.on(on).filter(organisation=organisation).exists():
        message = _("%(organisation)s is not a member of the space.") % {"organisation": organisation.label}
        raise ValidationError(message, code="no_member")


def dated(name: str, value: PartialDate | None, *, historical: bool, now: dt.datetime) -> None:
    """A date is given, save in an entry made after the fact, and may have been reached."""
    if value is None:
        if not historical:
            raise ValidationError({name: _("Say when this took place.")}, code="date_missing")
        return
    if value.lower > today(now):
        raise ValidationError({name: _("This date lies in the future.")}, code="future")


def proven(documents: Sequence[Evidence], *, historical: bool) -> None:
    if not documents and not historical:
        raise ValidationError(
            {"document": _("Add the document in which the body's decision can be read.")}, code="document_missing"
        )


def fit_session(handover: Handover, session: Session | None) -> None:
    """Members validate in a session that was held, and not before the proposal."""
    if session is None:
        raise ValidationError({"session": _("Say in which session the members validated.")}, code="session_missing")
    if session.state == SessionState.CANCELLED:
        raise ValidationError({"session": _("This session was cancelled.")}, code="session_cancelled")
    if not session.is_past:
        raise ValidationError({"session": _("This session has not been held yet.")}, code="session_not_held")
    known = [date for date in (handover.proposed_on, handover.accepted_on) if date is not None]
    if session.date is not None and any(wholly_before(session.date, date) for date in known):
        raise ValidationError({"session": _("This session came before the proposal.")}, code="session_too_early")


def fit_consultation(handover: Handover, consultation: Consultation | None) -> None:
    """The consultation asked about this handover, is closed, and adopted it."""
    if consultation is None or consultation.handover_id != handover.pk:
        raise ValidationError({"consultation": _("Choose the consultation about this handover.")}, code="foreign")
    if not consultation.outcome:
        raise ValidationError({"consultation": _("This consultation is not closed yet.")}, code="not_closed")
    if consultation.outcome not in ADOPTED:
        raise ValidationError({"consultation": _("The members did not adopt this consultation.")}, code="not_adopted")


def fit_moment(running: Mandate, at: dt.datetime, now: dt.datetime) -> None:
    """The moment at which rights move: not in the past, after the running mandate's start, none planned already."""
    if at < now:
        raise ValidationError({"at": _("Rights cannot move in the past.")}, code="past")
    if at <= running.starts_at:
        raise ValidationError({"at": _("The new mandate starts after the one it follows.")}, code="before_running")
    if Mandate.objects.coming(now).exists():
        raise ValidationError(_("Another mandate is already planned."), code="planned")


def known_in_law(handover: Handover, on: dt.date) -> None:
    """The receiver has supplied what the legal pages must say from that day on; not asked of past entries."""
    if handover.is_historical:
        return
    if not LegalIdentity.objects.on(on).filter(organisation=handover.receiver).exists():
        raise ValidationError(
            _(
                "%(receiver)s has to supply its legal identity first: publisher, director of publication, host,"
                " contact for personal data."
            )
            % {"receiver": handover.receiver.label},
            code="legal_identity_missing",
        )


def after_the_fact(handover: Handover, effective_on: PartialDate) -> None:
    """An entry made after the fact speaks of a day before it was opened."""
    if effective_on.upper > today(handover.created_at):
        raise ValidationError(
            {"effective_on": _("An entry made after the fact speaks of a time before it was opened.")}, code="not_past"
        )
