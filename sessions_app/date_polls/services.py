"""Writes of the search for a date: open, add and take out dates, answer, remind, close, keep one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from core import partial_dates
from core.accounts import rights
from core.db.periods import today
from core.notifications.each_row import each_row
from core.partial_dates.values import last_day
from core.transitions import Refusal
from members.models import Membership, Organisation, Position
from members.people import acting_people, member_people
from sessions_app.date_polls import links, notifications
from sessions_app.date_polls.enums import Availability
from sessions_app.enums import SessionState
from sessions_app.models import CandidateDate, DateAnswer, DatePoll, Session
from sessions_app.responses.permissions import NOT_YOURS
from sessions_app.sessions.locks import hold
from sessions_app.sessions.services import save_session

if TYPE_CHECKING:
    from core.accounts.models import User

FIND, ANSWER = "sessions_app.find_date", "sessions_app.answer_dates"
MOST_DATES = 10
REMINDED_BEFORE = dt.timedelta(days=2)  # by itself, so long before it closes
BETWEEN_REMINDERS = dt.timedelta(hours=20)  # by hand: once a day
Slot = tuple[dt.datetime, dt.datetime]  # start, end


class SearchClosed(Refusal):
    """The search takes no answers any more, or its session is no draft; `message` is shown to people."""

    message = gettext_lazy("This search for a date is closed.")


class DateGone(SearchClosed):
    message = gettext_lazy("This date is no longer possible: it has passed, was taken out, or another one is kept.")


class RemindedLately(SearchClosed):
    message = gettext_lazy("A reminder was sent lately.")


@transaction.atomic
def open_search(
    *, session: Session, by: User, slots: Iterable[Slot], closes_at: dt.datetime, note: str, now: dt.datetime
) -> DatePoll:
    """Asks the members which of `slots` suit them, and tells them so. A session has one open search.

    Raises `SearchClosed` where the session is no draft, `ValidationError`, `PermissionRefused`.
    """
    rights.check_for_writing(by, FIND, session)
    session = hold(session)
    if session.state != SessionState.DRAFT:
        raise SearchClosed
    slots = list(slots)
    if closes_at <= now:
        raise ValidationError({"closes_on": _("The time to answer has passed already.")}, code="past")
    if not slots:
        raise ValidationError(_("Propose at least one date."), code="none")
    _end_overdue(session, now)
    poll = DatePoll(session=session, note=note.strip(), opened_by=by, opened_at=now, closes_at=closes_at)
    poll.full_clean()
    poll.save(force_insert=True)
    _add(poll, slots, now)
    links.ask(poll, [person for person in member_people(now) if person != by], now=now)
    return poll


def _end_overdue(session: Session, now: dt.datetime) -> None:
    """A search whose time has come makes room for the next, even before beat wrote that down."""
    for over in DatePoll.objects.filter(session=session, closed_at=None, closes_at__lte=now):
        _close(over, at=over.closes_at, now=now)


def _add(poll: DatePoll, slots: list[Slot], now: dt.datetime) -> None:
    if poll.dates.count() + len(slots) > MOST_DATES:
        raise ValidationError(_("Propose at most %(most)s dates.") % {"most": MOST_DATES}, code="most")
    for starts_at, ends_at in slots:
        if starts_at <= now:
            raise ValidationError(_("A proposed date lies ahead."), code="past")
        date = CandidateDate(poll=poll, starts_at=starts_at, ends_at=ends_at)
        date.full_clean()
        date.save(force_insert=True)


@transaction.atomic
def add_dates(*, poll: DatePoll, by: User, slots: Iterable[Slot], now: dt.datetime) -> DatePoll:
    """Proposes further dates while the search is open, and tells the members. Raises as `open_search` does."""
    rights.check_for_writing(by, FIND, poll.session)
    poll = _lock(poll, now)
    slots = list(slots)
    if not slots:
        raise ValidationError(_("Propose at least one date."), code="none")
    _add(poll, slots, now)
    notifications.notify("dates_added", poll, member_people(now).exclude(pk=by.pk), now=now)
    return poll


@transaction.atomic
def remove_date(*, date: CandidateDate, by: User, now: dt.datetime) -> None:
    """Takes a date out with its answers; the last one stays. Raises `SearchClosed`, `ValidationError`."""
    rights.check_for_writing(by, FIND, date.poll.session)
    poll = _lock(date.poll, now)
    others = poll.dates.exclude(pk=date.pk)
    if not others.exists():
        raise ValidationError(_("This is the last date: close the search instead."), code="last")
    CandidateDate.objects.filter(pk=date.pk, poll=poll).delete()


@transaction.atomic
def answer(
    *,
    poll: DatePoll,
    by: User,
    organisation: Organisation,
    answers: Mapping[CandidateDate, Availability],
    now: dt.datetime,
) -> None:
    """The answers of one organisation; later ones replace them, whoever of its people gives them.

    Dates that were taken out meanwhile are passed over. Raises `SearchClosed`, `ValidationError` where nothing is
    answered, `PermissionRefused`.
    """
    rights.check_for_writing(by, ANSWER, poll)
    place = Position.objects.running(now).acting().filter(user=by, organisation=organisation)
    if not (place.exists() and Membership.objects.running(now).filter(organisation=organisation).exists()):
        raise rights.PermissionRefused(NOT_YOURS)
    poll = _lock(poll, now)
    if not answers:
        raise ValidationError(_("Answer for at least one date."), code="none")
    known = {row.date_id: row for row in DateAnswer.objects.filter(date__poll=poll, organisation=organisation)}
    standing = set(poll.dates.values_list("pk", flat=True))
    for date, availability in answers.items():
        row = known.get(date.pk) or DateAnswer(date=date, organisation=organisation)
        if date.pk not in standing or row.availability == availability:
            continue
        row.availability, row.answered_by, row.answered_at = availability, by, now
        row.full_clean()
        row.save()


def silent_people(poll: DatePoll, now: dt.datetime) -> QuerySet[User]:
    """Who speaks today for member organisations that have answered for no date at all."""
    heard = DateAnswer.objects.filter(date__poll=poll).values("organisation")
    asked = Organisation.objects.filter(pk__in=Membership.objects.on(today(now)).values("organisation"))
    return acting_people(asked.exclude(pk__in=heard), now)


@transaction.atomic
def remind(*, poll: DatePoll, by: User, now: dt.datetime) -> int:
    """Reminds the silent; how many people. Raises `RemindedLately`, `SearchClosed`."""
    rights.check_for_writing(by, FIND, poll.session)
    poll = _lock(poll, now)
    if poll.reminded_at is not None and now - poll.reminded_at < BETWEEN_REMINDERS:
        raise RemindedLately
    return _remind(poll, now)


def _remind(poll: DatePoll, now: dt.datetime) -> int:
    people = list(silent_people(poll, now))
    links.ask(poll, people, now=now, again=True)
    poll.reminded_at = now
    poll.save()
    return len(people)


@transaction.atomic
def close(*, poll: DatePoll, by: User, now: dt.datetime) -> DatePoll:
    """Ends the search by hand. Sent twice it is closed once; raises `PermissionRefused`."""
    rights.check_for_writing(by, FIND, poll.session)
    poll = DatePoll.objects.select_for_update(of=("self",)).select_related("session").get(pk=poll.pk)
    if poll.closed_at is None:
        _close(poll, at=min(now, poll.closes_at), now=now)
    return poll


def _close(poll: DatePoll, *, at: dt.datetime, now: dt.datetime) -> None:
    poll.closed_at = at
    poll.full_clean()
    poll.save()
    links.revoke(poll, now=now)


@transaction.atomic
def keep(*, date: CandidateDate, by: User, now: dt.datetime) -> Session:
    """Makes `date` the session's, with its hours, closes the search and tells the members. Nothing is announced.

    Kept twice it is kept once. Raises `DateGone` where it has passed or another one is kept, `SearchClosed` where
    the session is no draft, `PermissionRefused`.
    """
    rights.check_for_writing(by, FIND, date.poll.session)
    session = hold(date.poll.session_id)
    poll = DatePoll.objects.select_for_update(of=("self",)).select_related("session").get(pk=date.poll_id)
    row = CandidateDate.objects.filter(pk=date.pk, poll=poll).first()
    if row is not None and row.chosen_at is not None:
        return session
    if session.state != SessionState.DRAFT:
        raise SearchClosed
    if row is None or row.starts_at <= now or poll.dates.filter(chosen_at__isnull=False).exists():
        raise DateGone
    session.date = partial_dates.day(row.days.lower)
    session.ends_on = last_day(row.days) if row.lasts_days else None
    session.next_days_at = None
    session.starts_at, session.ends_at = row.starts_at, row.ends_at
    session = save_session(session=session, by=by, now=now)
    row.chosen_at = now
    row.full_clean()
    row.save()
    if poll.closed_at is None:
        _close(poll, at=min(now, poll.closes_at), now=now)
    poll.session = session
    notifications.notify("date_kept", poll, member_people(now).exclude(pk=by.pk), now=now)
    return session


def run_due(*, now: dt.datetime) -> tuple[int, int]:
    """Called by beat: reminds the silent once before the end, and ends what is over. (reminded, closed) searches."""
    running = DatePoll.objects.filter(closed_at=None).order_by("pk")
    soon = running.filter(reminded_at=None, closes_at__gt=now, closes_at__lte=now + REMINDED_BEFORE)
    reminded = each_row(DatePoll, soon.values_list("pk", flat=True), lambda key: _remind_by_itself(key, now), now=now)
    over = running.filter(closes_at__lte=now).values_list("pk", flat=True)
    return sum(reminded), sum(each_row(DatePoll, over, lambda key: _end_by_itself(key, now), now=now))


def _held(key: int) -> DatePoll | None:
    rows = DatePoll.objects.select_for_update(of=("self",), skip_locked=True).select_related("session")
    return rows.filter(pk=key, closed_at=None).first()


@transaction.atomic
def _remind_by_itself(key: int, now: dt.datetime) -> bool:
    poll = _held(key)
    if poll is None or poll.reminded_at is not None or poll.opened_at > now - REMINDED_BEFORE:
        return False  # whoever was asked less than two days ago is not asked again
    _remind(poll, now)
    return True


@transaction.atomic
def _end_by_itself(key: int, now: dt.datetime) -> bool:
    poll = _held(key)
    if poll is None:
        return False
    _close(poll, at=poll.closes_at, now=now)
    notifications.notify_animators(poll, now=now)
    return True


def _lock(poll: DatePoll, now: dt.datetime) -> DatePoll:
    """The search as it stands now; what is done to it happens one after the other."""
    locked = DatePoll.objects.select_for_update(of=("self",)).select_related("session").get(pk=poll.pk)
    if not locked.is_open(now) or locked.session.state != SessionState.DRAFT:
        raise SearchClosed
    return locked
