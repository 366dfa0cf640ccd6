"""Asking for the documents of a handover, watching them being made, fetching them."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.reports import services
from core.reports.models import Report
from core.reports.registry import SubjectMissingError
from core.reports.serving import serve
from governance.documents import ACT, PACK, document_status
from governance.documents.status import LANGUAGE, newest
from governance.lookup import find_handover
from governance.models import Handover

KINDS = {"acte": (ACT, "governance.view_handover"), "dossier": (PACK, "governance.use_pack")}
FRAGMENT = "governance/_document.html"


def _find(request: HttpRequest, public_id: uuid.UUID, name: str) -> tuple[Handover, str]:
    kind, permission = KINDS[name]
    return find_handover(request, public_id, permission), kind


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, public_id: uuid.UUID, name: str) -> HttpResponse:
    """GET shows where the document stands, POST asks for it or calls it off. To htmx, as a fragment."""
    handover, kind = _find(request, public_id, name)
    if request.method == "POST":
        problem = _post(request, handover, kind)
        if not request.htmx:
            if problem:
                messages.error(request, problem)
            return redirect(request.path)
        return _fragment(request, handover, kind, name, problem)
    shown = document_status(kind, handover, request.user)
    if request.htmx:
        if request.GET.get("vu") == shown.signature:
            return HttpResponse(status=204)
        return _fragment(request, handover, kind, name, "")
    context = {"handover": handover, "job": shown, "name": name, "problem": "", "is_fragment": False}
    return render(request, "governance/document.html", context)


@require_safe
def file(request: HttpRequest, public_id: uuid.UUID, name: str) -> HttpResponseBase:
    handover, kind = _find(request, public_id, name)
    report = newest(kind, handover)
    if report is None:
        raise Http404(_("This document has not been made yet."))
    return serve(request, report)


def _post(request: HttpRequest, handover: Handover, kind: str) -> str:
    """What went wrong, in words; "" where nothing did."""
    try:
        if called_off := request.POST.get("annuler"):
            _call_off(request, handover, kind, called_off)
        else:
            services.request_report(
                kind=kind, subject_id=handover.public_id, by=request.user, now=timezone.now(), language=LANGUAGE
            )
    except services.ReportRefusedError as error:
        return str(error.message)
    except SubjectMissingError:
        return _("The handover is not effective yet: there is no act to print.")
    return ""


def _call_off(request: HttpRequest, handover: Handover, kind: str, public_id: str) -> None:
    try:
        wanted = uuid.UUID(public_id)
    except ValueError:
        return
    found = Report.objects.of_subjects(kind, [handover.public_id]).filter(public_id=wanted).first()
    if found is not None:
        services.cancel(report=found, by=request.user, now=timezone.now())


def _fragment(request: HttpRequest, handover: Handover, kind: str, name: str, problem: str) -> HttpResponse:
    context = {
        "handover": handover,
        "job": document_status(kind, handover, request.user),
        "name": name,
        "problem": problem,
        "is_fragment": True,
    }
    return render(request, FRAGMENT, context, status=409 if problem else 200)
