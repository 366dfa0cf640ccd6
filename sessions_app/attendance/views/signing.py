"""The sheet to sign: ask for it, fetch it, keep its scan. For animators."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import files
from core.files import UploadRefused
from core.reports import services as reports
from core.reports.models import Report
from core.reports.serving import serve
from sessions_app.attendance import services
from sessions_app.attendance.forms import ScanForm
from sessions_app.attendance.signing import SIGNING_SHEET
from sessions_app.documents.kinds import LANGUAGE
from sessions_app.documents.status import job_for
from sessions_app.models import Session, SignedSheet
from sessions_app.sessions.lookup import find_session

CARD = "sessions/attendance/_signing_card.html"


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """GET shows the sheet and the scans, POST asks for the sheet or calls it off; htmx gets the card alone."""
    session = find_session(request, number, services.SHEET)
    problem = _ask(request, session) if request.method == "POST" else ""
    if request.method == "POST" and not request.htmx:
        if problem:
            messages.error(request, problem)
        return redirect("sessions:signing-sheet", number=number)
    if request.htmx:
        job = job_for(SIGNING_SHEET, session.public_id, request.user)
        if request.method == "GET" and request.GET.get("vu") == job.signature:
            return HttpResponse(status=204)
        context = {"session": session, "job": job, "problem": problem, "is_fragment": True}
        return render(request, CARD, context, status=409 if problem else 200)
    return _page(request, session, ScanForm())


def _page(request: HttpRequest, session: Session, form: ScanForm, *, status: int = 200) -> HttpResponse:
    context = {
        "session": session,
        "job": job_for(SIGNING_SHEET, session.public_id, request.user),
        "problem": "",
        "is_fragment": False,
        "scans": SignedSheet.objects.filter(session=session).select_related("file", "added_by"),
        "form": form,
    }
    return render(request, "sessions/attendance/signing.html", context, status=status)


def _ask(request: HttpRequest, session: Session) -> str:
    """Asks for the sheet or calls it off; what stood in the way, else ""."""
    now = timezone.now()
    try:
        if wanted := request.POST.get("annuler"):
            rows = Report.objects.waiting().of_subjects(SIGNING_SHEET, [session.public_id])
            running = next((row for row in rows if str(row.public_id) == wanted), None)
            if running is not None:
                reports.cancel(report=running, by=request.user, now=now)
        else:
            reports.request_report(
                kind=SIGNING_SHEET, subject_id=session.public_id, by=request.user, now=now, language=LANGUAGE
            )
    except reports.ReportRefusedError as error:
        return str(error.message)
    return ""


@require_safe
def file(request: HttpRequest, number: int) -> HttpResponseBase:
    session = find_session(request, number, services.SHEET)
    done = Report.objects.done().of_subjects(SIGNING_SHEET, [session.public_id]).filter(language=LANGUAGE)
    newest = done.newest_first().first()
    return redirect("sessions:signing-sheet", number=number) if newest is None else serve(request, newest)


@require_POST
def add_scan(request: HttpRequest, number: int) -> HttpResponse:
    session = find_session(request, number, services.SHEET)
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            services.keep_scan(session=session, file=form.cleaned_data["file"], by=request.user, now=timezone.now())
        except UploadRefused as refused:
            form.add_error("file", refused)
        else:
            messages.success(request, _("The scan is kept."))
            return redirect("sessions:signing-sheet", number=number)
    return _page(request, session, form, status=422)


@require_safe
def scan(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponseBase:
    session = find_session(request, number, services.SHEET)
    found = get_object_or_404(SignedSheet.objects.select_related("file"), session=session, public_id=public_id)
    return files.serve(found.file, request=request)


@require_POST
def remove_scan(request: HttpRequest, number: int, public_id: uuid.UUID) -> HttpResponse:
    session = find_session(request, number, services.SHEET)
    found = SignedSheet.objects.select_related("file", "session").filter(session=session, public_id=public_id).first()
    if found is not None:
        services.remove_scan(sheet=found, by=request.user)
        messages.success(request, _("The scan is taken away."))
    return redirect("sessions:signing-sheet", number=number)
