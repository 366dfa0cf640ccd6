"""Answering an invitation, taking an answer back, announcing guests. Rules of the pouvoir stand here.

A pouvoir names one session. It is given to a member organisation that comes (or has not said otherwise), is not
handed on, is taken back at any time before the session, and lapses where its holder does not come.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from core.accounts import rights
from core.db.periods import today
from core.transitions import Refusal
from members.models import Membership, Organisation, Position
from members.people import acting_people
from sessions_app.enums import SessionState
from sessions_app.models import Answer, Guest, Session
from sessions_app.notifications import notify
from sessions_app.responses.by_organisation import CANNOT_HOLD, OrganisationResponse, held_by, responses_by_organisation
from sessions_app.responses.enums import AnswerChoice
from sessions_app.responses.permissions import NOT_YOURS
from sessions_app.sessions.locks import hold

if TYPE_CHECKING:
    from core.accounts.models import User

POUVOIRS_PER_HOLDER = 2  # how many organisations one organisation may represent in a session
GUESTS_PER_ORGANISATION = 5


class AnswersClosed(Refusal):
    """The session is not announced (any more), or it has begun; `message` is shown to people."""

    message = gettext_lazy("Answers to this session are closed: it has begun, or it is no longer announced.")


def takes_answers(session: Session, now: dt.datetime) -> bool:
    """Until the session begins; where its hour is unknown, until its day."""
    if session.state != SessionState.ANNOUNCED:
        return False
    if session.starts_at is not None:
        return now < session.starts_at
    return session.date is not None and today(now) < session.date.upper


@transaction.atomic
def answer(
    *,
    session: Session,
    by: User,
    organisation: Organisation,
    choice: AnswerChoice,
    now: dt.datetime,
    person: User | None = None,
    remotely: bool = False,
    substitute: User | None = None,
    holder: Organisation | None = None,
) -> Answer:
    """The answer of `person` (`by` unless given) for `organisation`; a later one replaces it, the same again is none.

    Raises `PermissionRefused`, `AnswersClosed`, and `ValidationError` with the field that is wrong.
    """
    person = person or by
    if person == by:
        rights.check_for_writing(by, "sessions_app.answer_session", session)
    else:
        rights.check_for_writing(by, "sessions_app.record_answer", session)
    _check_speaks_for(person, organisation, now)
    session = _lock(session, now)
    all_answers = list(Answer.objects.filter(session=session).select_related("organisation", "holder"))
    before = next((row for row in all_answers if (row.organisation, row.user_id) == (organisation, person.pk)), None)
    others = [row for row in all_answers if row is not before]
    if choice != AnswerChoice.REPRESENTED:
        substitute = holder = None
    elif substitute is not None:
        _check_substitute(substitute, person, organisation, now)
    elif holder is not None:
        _check_holder(holder, organisation, others, now)
    row = before or Answer(session=session, organisation=organisation, user=person)
    same = (row.choice, row.remotely, row.substitute_id, row.holder_id, row.meeting_at, row.meeting_until) == (
        *(choice, remotely and choice != AnswerChoice.NO),
        *(substitute and substitute.pk, holder and holder.pk, session.starts_at, session.ends_on),
    )
    if row.pk and same:
        return row
    was_held, was_substitute, then = row.holder, row.substitute_id, responses_by_organisation(all_answers)
    row.choice, row.substitute, row.holder = choice, substitute, holder
    row.remotely = remotely and choice != AnswerChoice.NO
    row.meeting_at, row.meeting_until = session.starts_at, session.ends_on
    row.recorded_by, row.answered_at = by, now
    row.full_clean()
    row.save()
    tell_of_pouvoir(session, organisation, was_held, holder, by=by, now=now)
    if substitute is not None and substitute.pk != was_substitute:
        notify("substitute_named", session, users=[substitute], by=by, now=now, organisation=organisation.label)
    tell_of_lapse(session, organisation, then, responses_by_organisation([*others, row]), by=by, now=now)
    return row


@transaction.atomic
def take_back(*, answer: Answer, by: User, now: dt.datetime) -> None:
    """Withdraws one's own answer, or the pouvoir of one's organisation whoever gave it: as if nobody had answered."""
    rights.check_for_writing(by, "sessions_app.answer_session", answer.session)
    _check_speaks_for(by, answer.organisation, now)
    if answer.user_id != by.pk and answer.holder_id is None:
        raise rights.PermissionRefused(NOT_YOURS)
    session = _lock(answer.session, now)
    all_answers = list(Answer.objects.filter(session=session).select_related("organisation", "holder"))
    row = next((row for row in all_answers if row.pk == answer.pk), None)
    if row is None:
        return
    then, after = (
        responses_by_organisation(all_answers),
        responses_by_organisation(other for other in all_answers if other is not row),
    )
    row.delete()
    tell_of_pouvoir(session, row.organisation, row.holder, None, by=by, now=now)
    tell_of_lapse(session, row.organisation, then, after, by=by, now=now)


@transaction.atomic
def add_guest(
    *, session: Session, by: User, organisation: Organisation, name: str, function: str = "", now: dt.datetime
) -> Guest:
    """Announces somebody who comes along. Raises as `answer` does."""
    rights.check_for_writing(by, "sessions_app.answer_session", session)
    _check_speaks_for(by, organisation, now)
    session = _lock(session, now)
    if Guest.objects.filter(session=session, organisation=organisation).count() >= GUESTS_PER_ORGANISATION:
        raise ValidationError(
            _("An organisation announces at most %(most)s guests.") % {"most": GUESTS_PER_ORGANISATION}
        )
    guest = Guest(
        session=session,
        organisation=organisation,
        name=name.strip(),
        function=function.strip(),
        added_by=by,
        added_at=now,
    )
    guest.full_clean()
    guest.save()
    return guest


@transaction.atomic
def remove_guest(*, guest: Guest, by: User, now: dt.datetime) -> None:
    rights.check_for_writing(by, "sessions_app.answer_session", guest.session)
    _check_speaks_for(by, guest.organisation, now)
    _lock(guest.session, now)
    guest.delete()


def _lock(session: Session, now: dt.datetime) -> Session:
    """The session as it stands now; answers to one session are written one after the other."""
    locked = hold(session)
    if not takes_answers(locked, now):
        raise AnswersClosed
    return locked


def _check_speaks_for(person: User, organisation: Organisation, now: dt.datetime) -> None:
    place = Position.objects.running(now).acting().filter(user=person, organisation=organisation)
    if not (place.exists() and Membership.objects.running(now).filter(organisation=organisation).exists()):
        raise rights.PermissionRefused(NOT_YOURS)


def _check_substitute(substitute: User, person: User, organisation: Organisation, now: dt.datetime) -> None:
    place = Position.objects.running(now).acting().filter(user=substitute, organisation=organisation)
    if substitute == person or not place.exists():
        message = _("A substitute is another representative or substitute of the same organisation.")
        raise ValidationError({"substitute": message}, code="substitute")


def _check_holder(holder: Organisation, giver: Organisation, others: list[Answer], now: dt.datetime) -> None:
    def refuse(message: str, code: str) -> None:
        raise ValidationError({"holder": message % {"name": holder.label}}, code=code)

    if holder == giver:
        refuse(_("A pouvoir goes to another organisation."), "self")
    if not Membership.objects.running(now).filter(organisation=holder).exists():
        refuse(_("%(name)s is not a member of the space today."), "member")
    found = responses_by_organisation(others)
    response = found.get(holder.pk)
    if response is not None and (response.choice in CANNOT_HOLD or response.lapsed):
        refuse(_("%(name)s does not come, or is represented itself: a pouvoir is not handed on."), "chain")
    if any(held.holder_id == giver.pk for held in (own.pouvoir for own in found.values() if own.pouvoir)):
        refuse(_("Your organisation holds a pouvoir itself: it cannot give one."), "chain")
    if any(row.organisation_id == giver.pk and row.holder_id for row in others):
        refuse(_("Your organisation has given a pouvoir for this session already."), "twice")
    if len(held_by(holder.pk, found)) >= POUVOIRS_PER_HOLDER:
        refuse(_("%(name)s holds as many pouvoirs as the rule allows already."), "limit")


def tell_of_pouvoir(
    session: Session,
    giver: Organisation,
    before: Organisation | None,
    after: Organisation | None,
    *,
    by: User,
    now: dt.datetime,
) -> None:
    """Both ends of a pouvoir hear of it when it is given and when it is taken back."""
    if before == after:
        return
    for kind, holder in (("pouvoir_taken_back", before), ("pouvoir_given", after)):
        if holder is not None:
            notify(kind, session, users=acting_people([holder], now), by=by, now=now, organisation=giver.label)


def tell_of_lapse(
    session: Session,
    organisation: Organisation,
    then: dict[int, OrganisationResponse],
    after: dict[int, OrganisationResponse],
    *,
    by: User,
    now: dt.datetime,
) -> None:
    """Those who gave a pouvoir to `organisation` hear that it no longer comes."""
    for key, own in after.items():
        if own.lapsed and own.pouvoir.holder_id == organisation.pk and not (key in then and then[key].lapsed):
            giver = own.pouvoir.organisation
            notify(
                "pouvoir_lapsed",
                session,
                users=acting_people([giver], now),
                by=by,
                now=now,
                organisation=organisation.label,
            )
