"""Documents of this app that the worker makes: asking for one, calling it off, telling where it stands."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from core.reports import services
from core.reports.models import Report
from sessions_app.documents.kinds import LANGUAGE
from sessions_app.documents.status import job_for

__all__ = ["LANGUAGE", "ask", "document_card", "job_for", "newest_file"]


def ask(request: HttpRequest, kind: str, subject_id: uuid.UUID) -> str:
    """Asks for the document, or calls off the one that is named by "annuler"; what stood in the way, else ""."""
    now = timezone.now()
    try:
        if wanted := request.POST.get("annuler"):
            rows = Report.objects.waiting().of_subjects(kind, [subject_id])
            running = next((row for row in rows if str(row.public_id) == wanted), None)
            if running is not None:
                services.cancel(report=running, by=request.user, now=now)
        else:
            services.request_report(kind=kind, subject_id=subject_id, by=request.user, now=now, language=LANGUAGE)
    except services.ReportRefusedError as error:
        return str(error.message)
    return ""


def newest_file(kind: str, subject_id: uuid.UUID) -> Report | None:
    return Report.objects.done().of_subjects(kind, [subject_id]).filter(language=LANGUAGE).newest_first().first()


def document_card(
    request: HttpRequest, kind: str, subject_id: uuid.UUID, *, back: Any, card: str, context: dict[str, Any]
) -> HttpResponse:
    """The answer of a document's own address: htmx gets the card alone, others go `back` to the page."""
    problem = ask(request, kind, subject_id) if request.method == "POST" else ""
    if not request.htmx:
        if problem:
            messages.error(request, problem)
        return redirect(back)
    job = job_for(kind, subject_id, request.user)
    if request.method == "GET" and request.GET.get("vu") == job.signature:
        return HttpResponse(status=204)
    shown = {**context, "job": job, "problem": problem, "is_fragment": True}
    return render(request, card, shown, status=409 if problem else 200)
