"""Searching for the date of a session: the members answer, the animators propose, look and keep one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core import tables
from core.accounts import personal_links, rights
from core.accounts.models import User
from sessions_app.date_polls import links, page, services
from sessions_app.date_polls.forms import AnswerForm, OpenForm, SlotForms
from sessions_app.date_polls.page import Search, Seat
from sessions_app.models import CandidateDate, DatePoll, Session
from sessions_app.responses.permissions import acting_positions
from sessions_app.sessions.lookup import find_session, may_prepare

REFUSED, CLOSED, GONE = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT, HTTPStatus.GONE
SEE = "sessions_app.see_dates"


def _find(request: HttpRequest, number: int) -> DatePoll:
    """The newest search of a session. Without one a draft does not exist for who may not see drafts."""
    rows = DatePoll.objects.filter(session__number=number).select_related("session", "session__cycle")
    poll = rows.order_by("-opened_at", "-pk").first()
    if poll is None:
        raise Http404
    rights.check(request.user, SEE, poll)
    return poll


@require_http_methods(["GET", "POST"])
def dates(request: HttpRequest, number: int) -> HttpResponseBase:
    """Members answer here; animators see the table and keep a date. Without a search animators begin one."""
    if may_prepare(request) and not DatePoll.objects.filter(session__number=number).exists():
        find_session(request, number, services.FIND)
        return redirect("sessions:dates-open", number=number)
    poll = _find(request, number)
    found = page.search(poll, timezone.now())
    animates = rights.allows(request.user, services.FIND)
    if animates and (wanted := tables.wanted_format(request)):
        title = _("Dates of session %(number)d") % {"number": number}
        return tables.export(
            wanted, columns=page.export_columns(found), rows=found.lines, name=f"dates-session-{number}", title=title
        )
    seats = page.seats(found, acting_positions(request.user))
    status: int | None = 200
    if request.method == "POST":
        rights.check(request.user, services.ANSWER, poll)
        status = _record(found, seats, request.user, request.POST)
        if status is None:
            messages.success(request, _("Your answer is recorded. You can change it until the search closes."))
            return redirect(poll)
    context = {"session": poll.session, "found": found, "seats": seats, "animates": animates}
    template = "sessions/date_polls/table.html" if animates else "sessions/date_polls/page.html"
    return render(request, template, context, status=status)


def _record(found: Search, seats: list[Seat], user: User, data: Any) -> int | None:
    """Writes the answers of the organisation named; a status where that was refused, None where it was done."""
    seat = next((one for one in seats if str(one.organisation.pk) == data.get("organisation")), None)
    if seat is None:
        return REFUSED
    seat.form = AnswerForm(data, prefix=seat.form.prefix, dates=seat.form.dates.values())
    if not seat.form.is_valid():
        return REFUSED
    answers = seat.form.answers()
    try:
        services.answer(poll=found.poll, by=user, organisation=seat.organisation, answers=answers, now=timezone.now())
    except services.SearchClosed as closed:
        seat.form.add_error(None, str(closed.message))
        return CLOSED
    return None


@require_http_methods(["GET", "POST"])
def open_search(request: HttpRequest, number: int) -> HttpResponse:
    session = find_session(request, number, services.FIND)

    def write(slots: list[services.Slot], head: OpenForm) -> None:
        services.open_search(
            session=session,
            by=request.user,
            slots=slots,
            closes_at=head.closes_at(),
            note=head.cleaned_data["note"],
            now=timezone.now(),
        )

    return _propose(request, session, OpenForm(_data(request), now=timezone.now()), write)


@require_http_methods(["GET", "POST"])
def add_dates(request: HttpRequest, number: int) -> HttpResponse:
    session = find_session(request, number, services.FIND)
    poll = _find(request, number)

    def write(slots: list[services.Slot], head: None) -> None:
        services.add_dates(poll=poll, by=request.user, slots=slots, now=timezone.now())

    return _propose(request, session, None, write)


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _propose(
    request: HttpRequest, session: Session, head: OpenForm | None, write: Callable[[list[services.Slot], Any], None]
) -> HttpResponse:
    """The form of candidate dates, with what stands above them (`head`) where a search is opened."""
    slots = SlotForms(_data(request), form_kwargs={"now": timezone.now()})
    problems: list[str] = []
    if request.method == "POST" and slots.is_valid() and (head is None or head.is_valid()):
        try:
            write(slots.slots(), head)
        except services.SearchClosed as closed:
            problems = [str(closed.message)]
        except ValidationError as error:
            problems = error.messages
        else:
            messages.success(request, _("The members are told."))
            return redirect("sessions:dates", number=session.number)
    context = {"session": session, "slots": slots, "head": head, "problems": problems}
    status = REFUSED if request.method == "POST" else HTTPStatus.OK
    return render(request, "sessions/date_polls/propose.html", context, status=status)


def _act(request: HttpRequest, number: int, act: Callable[[], str]) -> HttpResponse:
    """Does one thing to a search and says what came of it."""
    try:
        messages.success(request, act())
    except services.SearchClosed as refused:
        messages.error(request, str(refused.message))
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    return redirect("sessions:dates", number=number)


def _date(poll: DatePoll, public_id: uuid.UUID) -> CandidateDate:
    return get_object_or_404(CandidateDate.objects.select_related("poll__session"), poll=poll, public_id=public_id)


@require_POST
def remove_date(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    find_session(request, number, services.FIND)
    date = _date(_find(request, number), public_id)

    def act() -> str:
        services.remove_date(date=date, by=request.user, now=timezone.now())
        return _("The date is taken out.")

    return _act(request, number, act)


@require_POST
def keep(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    find_session(request, number, services.FIND)
    date = _date(_find(request, number), public_id)

    def act() -> str:
        services.keep(date=date, by=request.user, now=timezone.now())
        return _("The date is kept, the members are told. The session stays a draft until it is announced.")

    return _act(request, number, act)


@require_POST
def remind(request: HttpRequest, number: int) -> HttpResponse:
    find_session(request, number, services.FIND)
    poll = _find(request, number)

    def act() -> str:
        people = services.remind(poll=poll, by=request.user, now=timezone.now())
        return ngettext("%(number)s person is reminded.", "%(number)s people are reminded.", people) % {
            "number": people
        }

    return _act(request, number, act)


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    find_session(request, number, services.FIND)
    poll = _find(request, number)

    def act() -> str:
        services.close(poll=poll, by=request.user, now=timezone.now())
        return _("The search is closed.")

    return _act(request, number, act)


# --- by the link of a mail ----------------------------------------------------------------------------------------


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a personal link. GET changes nothing, whoever follows the link; the rights are those of its person."""
    now = timezone.now()
    known = links.find(token, now=now)
    if known is None:
        return _ended(request)
    link, poll = known
    places = acting_positions(link.user)
    found = page.search(poll, now)
    if not found.is_open or not places or not rights.allows(link.user, services.ANSWER, poll):
        return _ended(request)
    seats = page.seats(found, places)
    context = {"session": poll.session, "found": found, "seats": seats, "person": link.user, "token": token}
    if request.method != "POST":
        return render(request, "sessions/date_polls/link.html", {**context, "is_recorded": False})
    try:
        status = _record(found, seats, link.user, request.POST)
    except rights.PermissionRefused:
        return _ended(request)
    if status is None:
        personal_links.note_use(link=link, now=now)
        found = page.search(poll, now)
        context |= {"seats": page.seats(found, places), "found": found}
    return render(
        request, "sessions/date_polls/link.html", {**context, "is_recorded": status is None}, status=status or 200
    )


def _ended(request: HttpRequest) -> HttpResponse:
    return render(request, "sessions/responses/link_ended.html", {"session": None}, status=GONE)


@login_not_required
@never_cache
@require_POST
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """The link reached somebody else: it leads nowhere any more."""
    personal_links.disown(token, scope=links.SCOPE, now=timezone.now())
    return render(request, "sessions/responses/link_disowned.html")
