"""The sheet to sign: ask for it, fetch it, keep its scan. For animators."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import files
from core.files import UploadRefused
from core.reports import cards
from sessions_app.attendance import services
from sessions_app.attendance.forms import ScanForm
from sessions_app.attendance.signing import SIGNING_SHEET
from sessions_app.models import Session, SignedSheet
from sessions_app.sessions.lookup import find_session

CARD = "sessions/attendance/_signing_card.html"


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """GET shows the sheet and the scans, POST asks for the sheet or calls it off; htmx gets the card alone."""
    session = find_session(request, number, services.SHEET)
    if request.htmx or request.method == "POST":
        back = reverse("sessions:signing-sheet", args=[number])
        context = {"session": session}
        return cards.respond(request, SIGNING_SHEET, session.public_id, back=back, template=CARD, context=context)
    return _page(request, session, ScanForm())


def _page(request: HttpRequest, session: Session, form: ScanForm, *, status: int = 200) -> HttpResponse:
    context = {
        "session": session,
        "job": cards.card(SIGNING_SHEET, session.public_id, request.user),
        "problem": "",
        "is_fragment": False,
        "scans": SignedSheet.objects.filter(session=session).select_related("file", "added_by"),
        "form": form,
    }
    return render(request, "sessions/attendance/signing.html", context, status=status)


@require_safe
def file(request: HttpRequest, number: int) -> HttpResponseBase:
    session = find_session(request, number, services.SHEET)
    back = reverse("sessions:signing-sheet", args=[number])
    return cards.file_or_word(request, SIGNING_SHEET, session.public_id, back=back)


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
    return _page(request, session, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


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
