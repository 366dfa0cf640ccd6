"""The attendance form: one row an organisation, each saved as it is typed; taken over from answers, or from a CSV."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core import tables
from core.accounts import rights
from core.forms.sent import sent_values
from sessions_app.attendance import exports, importing, services
from sessions_app.attendance.forms import GuestsForm, ImportForm, RowForm, WhichRowForm
from sessions_app.attendance.guests import guests_of
from sessions_app.attendance.sheet import Sheet, sheet_of
from sessions_app.enums import Presence
from sessions_app.models import Session
from sessions_app.sessions.lookup import find_session

PREPARE = "sessions_app.prepare_session"
REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
KEYS = {
    Presence.ON_SITE: "s",
    Presence.REMOTE: "d",
    Presence.SUBSTITUTED: "l",
    Presence.REPRESENTED: "p",
    Presence.EXCUSED: "e",
    Presence.ABSENT: "a",
}


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponseBase:
    """GET shows the rows (`?format=` gives them as a file), POST saves the one it names; htmx gets what became of it."""
    session = find_session(request, number, services.RECORD if request.method == "POST" else PREPARE)
    sheet = sheet_of(session)
    if wanted := tables.wanted_format(request):
        title = _("Attendance of session %(number)d") % {"number": number}
        name = f"presences-session-{number}"
        return tables.export(wanted, columns=exports.COLUMNS, rows=sheet.rows, name=name, title=title)
    if request.method == "POST":
        return _save(request, session, sheet)
    return _page(request, session, sheet)


def _page(request: HttpRequest, session: Session, sheet: Sheet, *, status: int = 200, **extra: Any) -> HttpResponse:
    answer = rights.require(request.user, services.RECORD, session)
    context = {
        "session": session,
        "sheet": sheet,
        "choices": [(presence, presence.label, KEYS[presence]) for presence in Presence],
        "may_record": bool(answer),
        "answer": answer,
        "refused": None,
        **extra,
    }
    return render(request, "sessions/attendance/edit.html", context, status=status)


def _save(request: HttpRequest, session: Session, sheet: Sheet) -> HttpResponse:
    row = sheet.row(sent_values(request, WhichRowForm)["organisation"])
    if row is None:
        return redirect("sessions:attendance-edit", number=session.number)
    form = RowForm(request.POST, sheet=sheet, row=row)
    lapsed: list[Any] = []
    if form.is_valid():
        try:
            lapsed = services.record(session=session, entry=form.entry(), by=request.user).lapsed
        except ValidationError as error:
            form.add_error(None, error.messages)
    problems = [problem for problems in form.errors.values() for problem in problems]
    if request.htmx:
        context = {
            "row": row,
            "problems": problems,
            "lapsed": lapsed,
            "saved_at": timezone.now(),
            "tally": sheet_of(session).tally,
            "is_fragment": True,
        }
        return render(
            request, "sessions/attendance/_saved.html", context, status=REFUSED if problems else HTTPStatus.OK
        )
    if problems:
        return _page(request, session, sheet, status=REFUSED, refused={"row": row, "problems": problems})
    for one in lapsed:
        messages.warning(request, _("The pouvoir of %(name)s has lapsed: it is excused.") % {"name": one.label})
    return redirect(f"{reverse('sessions:attendance-edit', args=[session.number])}#o{row.organisation.pk}")


@require_POST
def take_over(request: HttpRequest, number: int) -> HttpResponse:
    session = find_session(request, number, services.RECORD)
    written = services.take_over_answers(session=session, by=request.user)
    messages.success(
        request,
        ngettext("%(number)d row filled from the answers.", "%(number)d rows filled from the answers.", written)
        % {"number": written},
    )
    return redirect("sessions:attendance-edit", number=number)


@require_POST
def others_absent(request: HttpRequest, number: int) -> HttpResponse:
    """Every organisation of which nothing is recorded yet was not there."""
    session = find_session(request, number, services.RECORD)
    written = services.record_others_absent(session=session, by=request.user)
    messages.success(
        request,
        ngettext(
            "%(number)d organisation filled in as away. Each row can still be changed.",
            "%(number)d organisations filled in as away. Each row can still be changed.",
            written,
        )
        % {"number": written},
    )
    return redirect("sessions:attendance-edit", number=number)


@require_POST
def guests(request: HttpRequest, number: int) -> HttpResponse:
    """Which guests were there: the whole list at once."""
    session = find_session(request, number, services.RECORD)
    form = GuestsForm(request.POST, guests=guests_of(session))
    if form.is_valid():
        services.record_guests(session=session, came=set(form.cleaned_data["guests"]), by=request.user)
    if request.htmx:
        context = {"problems": [text for texts in form.errors.values() for text in texts]}
        status = REFUSED if form.errors else HTTPStatus.OK
        return render(request, "sessions/attendance/_guests_saved.html", context, status=status)
    return redirect(f"{reverse('sessions:attendance-edit', args=[number])}#invites")


@require_http_methods(["GET", "POST"])
def import_file(request: HttpRequest, number: int) -> HttpResponse:
    """A file is read and shown first; the text that was read is sent again to be written."""
    session = find_session(request, number, services.RECORD)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    lines: list[importing.Line] | None = None
    if form.is_bound and form.is_valid():
        sheet = sheet_of(session)
        try:
            lines = importing.read(form.cleaned_data["text"], sheet)
        except importing.Unreadable as error:
            form.add_error("file" if "file" in request.FILES else "text", str(error))
        else:
            if "write" in request.POST and "file" not in request.FILES:
                return _write(request, session, lines)
    context = {
        "session": session,
        "form": form,
        "lines": lines,
        "text": form.cleaned_data.get("text", "") if form.is_bound else "",
        "understood": sum(line.entry is not None for line in lines or []),
    }
    return render(request, "sessions/attendance/import.html", context, status=REFUSED if form.errors else HTTPStatus.OK)


def _write(request: HttpRequest, session: Session, lines: list[importing.Line]) -> HttpResponse:
    entries = [line.entry for line in lines if line.entry]
    refused = services.record_all(session=session, entries=entries, by=request.user)
    for entry, reasons in refused:
        messages.warning(request, f"{entry.organisation.label} : {' '.join(reasons)}")
    written = len(entries) - len(refused)
    messages.success(
        request, ngettext("%(number)d row imported.", "%(number)d rows imported.", written) % {"number": written}
    )
    return redirect("sessions:attendance-edit", number=session.number)
