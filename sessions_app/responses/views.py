"""Answering an invitation: signed in, or by the personal link of a mail; and the animators' list."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core import tables
from core.accounts import personal_links, rights
from core.accounts.models import User
from core.forms.sent import sent_values
from members.models import Position
from sessions_app.calendars.selection import has_place_in_calendar
from sessions_app.enums import VISIBLE_STATES
from sessions_app.models import Answer, Guest, Session
from sessions_app.responses import exports, links, page, services
from sessions_app.responses.by_organisation import counts
from sessions_app.responses.enums import AnswerChoice
from sessions_app.responses.forms import RecordForm, SeatForm
from sessions_app.responses.page import Seat
from sessions_app.responses.permissions import acting_positions
from sessions_app.sessions.lookup import find_session

ANSWER, RECORD, SEE = "sessions_app.answer_session", "sessions_app.record_answer", "sessions_app.see_answers"
CLOSED, REFUSED, GONE = HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.GONE


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """One form for each organisation one speaks for. The session page posts here too, with the choice alone."""
    session = find_session(request, number, ANSWER)
    places = acting_positions(request.user)
    seats = page.with_forms(session, request.user, places, timezone.now())
    if request.method == "GET":
        return _page(request, session, seats)
    seat = _seat(seats, sent_values(request, SeatForm)["organisation"])
    if seat is None:
        return redirect("sessions:answer", number=number)
    outcome = _record(session, seat, request.user, request.POST)
    if outcome is not None:
        return _page(request, session, seats, status=outcome)
    messages.success(request, _thanks(session))
    return redirect(session)


def _page(request: HttpRequest, session: Session, seats: list[Seat], *, status: int = 200) -> HttpResponse:
    context = {
        "session": session,
        "seats": seats,
        "is_open": services.takes_answers(session, timezone.now()),
        "in_calendar": session.state in VISIBLE_STATES and has_place_in_calendar(session),
    }
    return render(request, "sessions/responses/answer.html", context, status=status)


def _seat(seats: list[Seat], key: int) -> Seat | None:
    return next((seat for seat in seats if seat.organisation.pk == key), None)


def _record(session: Session, seat: Seat, user: User, data: Any) -> int | None:
    """Writes the answer of `seat`; a status to show the page with where that was refused, None where it was done."""
    form = page.bound(seat, session, data)
    if not form.is_valid():
        return REFUSED
    try:
        services.answer(session=session, by=user, organisation=seat.organisation, now=timezone.now(), **form.given())
    except ValidationError as error:
        form.add_refusal(error.message_dict if hasattr(error, "error_dict") else {"": error.messages})
        return REFUSED
    except services.AnswersClosed as closed:
        form.add_error(None, str(closed.message))
        return CLOSED
    return None


def _thanks(session: Session) -> str:
    return _("Your answer is recorded. You can change it until the session begins.")


@require_POST
def take_back(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    session = find_session(request, number, ANSWER)
    row = Answer.objects.select_related("session", "organisation").filter(session=session, public_id=public_id).first()
    if row is not None:
        try:
            services.take_back(answer=row, by=request.user, now=timezone.now())
        except services.AnswersClosed as closed:
            messages.error(request, str(closed.message))
        else:
            messages.success(request, _("Taken back."))
    return redirect("sessions:answer", number=number)


@require_POST
def add_guest(request: HttpRequest, number: int) -> HttpResponse:
    session = find_session(request, number, ANSWER)
    seats = page.with_forms(session, request.user, acting_positions(request.user), timezone.now())
    seat = _seat(seats, sent_values(request, SeatForm)["organisation"])
    if seat is None:
        return redirect("sessions:answer", number=number)
    seat.guest_form = form = type(seat.guest_form)(request.POST, prefix=seat.guest_form.prefix)
    if form.is_valid():
        try:
            services.add_guest(
                session=session,
                by=request.user,
                organisation=seat.organisation,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        except services.AnswersClosed as closed:
            form.add_error(None, str(closed.message))
        else:
            messages.success(request, _("The guest is announced."))
            return redirect("sessions:answer", number=number)
    return _page(request, session, seats, status=REFUSED)


@require_POST
def remove_guest(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    session = find_session(request, number, ANSWER)
    guest = Guest.objects.select_related("session", "organisation").filter(session=session, public_id=public_id).first()
    if guest is not None:
        try:
            services.remove_guest(guest=guest, by=request.user, now=timezone.now())
        except services.AnswersClosed as closed:
            messages.error(request, str(closed.message))
        else:
            messages.success(request, _("The guest is no longer announced."))
    return redirect("sessions:answer", number=number)


# --- the animators' list ------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest, number: int) -> HttpResponseBase:
    """Who answered what, organisation by organisation; POST records an answer that came by another way."""
    session = find_session(request, number, SEE)
    lines = page.overview(session, timezone.now())
    if wanted := tables.wanted_format(request):
        title = _("Answers to session %(number)d") % {"number": number}
        return tables.export(
            wanted, columns=exports.COLUMNS, rows=lines, name=f"reponses-session-{number}", title=title
        )
    places = [place for line in lines for place in line.people]
    form = RecordForm(request.POST if request.method == "POST" else None, places=places)
    if request.method == "POST" and form.is_valid():
        place: Position = form.places[form.cleaned_data["person"]]
        try:
            services.answer(
                session=session,
                by=request.user,
                person=place.user,
                organisation=place.organisation,
                choice=AnswerChoice(form.cleaned_data["choice"]),
                now=timezone.now(),
            )
        except services.AnswersClosed as closed:
            form.add_error(None, str(closed.message))
        else:
            messages.success(request, _("The answer is recorded."))
            return redirect("sessions:answers", number=number)
    found = {line.organisation.pk: line.response for line in lines if line.response}
    context = {
        "session": session,
        "lines": lines,
        "counts": counts(found),
        "silent": len(lines) - len(found),
        "guests": sum(len(line.guests) for line in lines),
        "form": form,
        "is_open": services.takes_answers(session, timezone.now()),
        "is_invited": session.messages.filter(invites=True, recalled_at=None).exists(),
    }
    return render(
        request, "sessions/responses/overview.html", context, status=REFUSED if form.errors else HTTPStatus.OK
    )


# --- by the link of a mail ----------------------------------------------------------------------------------------


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a personal link. GET changes nothing, whoever follows the link; the rights are those of its person."""
    now = timezone.now()
    found = links.find(token, now=now)
    if found is None:
        return render(request, "sessions/responses/link_ended.html", {"session": None}, status=GONE)
    link, session = found
    places = acting_positions(link.user)
    if not services.takes_answers(session, now) or not places:
        return render(request, "sessions/responses/link_ended.html", {"session": session}, status=GONE)
    seats = page.with_forms(session, link.user, places, now)
    context = {"session": session, "seats": seats, "person": link.user, "token": token}
    if request.method == "POST":
        seat = _seat(seats, sent_values(request, SeatForm)["organisation"])
        status: int | None = REFUSED
        if seat is not None:
            try:
                status = _record(session, seat, link.user, request.POST)
            except rights.PermissionRefused:
                return render(request, "sessions/responses/link_ended.html", {"session": session}, status=GONE)
        if status is not None:
            return render(request, "sessions/responses/link.html", context, status=status)
        personal_links.note_use(link=link, now=now)
        row = get_object_or_404(Answer, session=session, user=link.user, organisation=seat.organisation)
        return render(request, "sessions/responses/link_thanks.html", {**context, "answer": row})
    return render(request, "sessions/responses/link.html", context)


@login_not_required
@never_cache
@require_POST
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """The link reached somebody else: it leads nowhere any more."""
    personal_links.disown(token, scope=links.SCOPE, now=timezone.now())
    return render(request, "sessions/responses/link_disowned.html")
