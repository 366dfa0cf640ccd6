"""The report of a session: ask for it, watch it being made, fetch the file."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts import rights
from core.forms.sent import SentNumber, SentWord, sent_values
from core.jobs import SubjectMissingError
from core.reports import cards, services
from core.reports.enums import LANGUAGE
from core.reports.models import Report
from core.reports.serving import serve
from sessions_app.documents import SESSION_BRIEF, SESSION_DRAFT, SESSION_REPORT, report_state
from sessions_app.models import MinutesVersion, Session
from sessions_app.permissions import NOTHING_PUBLISHED
from sessions_app.sessions.lookup import find_session, find_version

FRAGMENT = "reports/_report_state.html"


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: int) -> HttpResponse:
    """GET shows the state, POST asks for the report, its short form, its draft or an older version, or calls it off.

    To htmx both answer with the fragment that the page includes; polling for what is already shown gets 204.
    """
    session = find_session(request, number)
    if request.method == "POST":
        return _post(request, session)
    state = report_state(session, request.user)
    if request.htmx:
        if request.GET.get("vu") == state.signature:
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        return _fragment(request, session)
    return render(request, "reports/session_report.html", {"session": session, "state": state})


@require_safe
def newest_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The file of the version in force; where none was made, a page that says so."""
    return _file_in_force(request, number, SESSION_REPORT)


@require_safe
def brief_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The short form of the version in force."""
    return _file_in_force(request, number, SESSION_BRIEF)


def _file_in_force(request: HttpRequest, number: int, kind: str) -> HttpResponseBase:
    session = find_session(request, number)
    version = MinutesVersion.objects.without_text().filter(session=session).standing_first().first()
    if version is None:
        return _no_file(request, session)
    rights.check(request.user, "sessions_app.request_report", version)
    return _newest(request, session, kind, version.public_id)


@require_safe
def version_file(request: HttpRequest, number: int, version_number: int) -> HttpResponseBase:
    session = find_session(request, number)
    version = find_version(session, version_number)
    rights.check(request.user, "sessions_app.request_report", version)
    return _newest(request, session, SESSION_REPORT, version.public_id)


@require_safe
def draft_file(request: HttpRequest, number: int) -> HttpResponseBase:
    session = find_session(request, number, "sessions_app.request_draft_report")
    return _newest(request, session, SESSION_DRAFT, session.public_id)


def _post(request: HttpRequest, session: Session) -> HttpResponse:
    wish = sent_values(request, WishForm)
    try:
        if "annuler" in request.POST:
            cards.cancel(request, Report.objects.filter(subject_id__in=_subjects(session)), wish["annuler"])
        else:
            kind, subject_id = _wanted(request, session, wish)
            services.request_report(
                kind=kind, subject_id=subject_id, by=request.user, now=timezone.now(), language=LANGUAGE
            )
    except services.ReportRefusedError as error:
        return _refused(request, session, str(error.message))
    except SubjectMissingError:
        return _refused(request, session, _("Nothing is written yet: there is nothing to print."))
    if request.htmx:
        return _fragment(request, session)
    return redirect("sessions:report", number=session.number)


class WishForm(cards.CancelForm):
    """The document to make: the draft, the short form, a version by its number, else the newest; or one to call off."""

    brouillon = SentWord()
    essentiel = SentWord()
    version = SentNumber()


def _wanted(request: HttpRequest, session: Session, wish: dict[str, Any]) -> tuple[str, uuid.UUID]:
    """Which document was asked for; without published minutes there is only the draft."""
    if wish["brouillon"]:
        return SESSION_DRAFT, session.public_id
    versions = MinutesVersion.objects.without_text().filter(session=session).standing_first()
    if wish["version"]:
        return SESSION_REPORT, get_object_or_404(versions, number=wish["version"]).public_id
    version = versions.first()
    if version is None:
        raise rights.PermissionRefused(NOTHING_PUBLISHED)
    return SESSION_BRIEF if wish["essentiel"] else SESSION_REPORT, version.public_id


def _subjects(session: Session) -> list[uuid.UUID]:
    return [session.public_id, *session.versions.values_list("public_id", flat=True)]


def _refused(request: HttpRequest, session: Session, text: str) -> HttpResponse:
    if request.htmx:
        return _fragment(request, session, problem=text, status=HTTPStatus.CONFLICT)
    messages.error(request, text)
    return redirect("sessions:report", number=session.number)


def _fragment(request: HttpRequest, session: Session, *, problem: str = "", status: int = 200) -> HttpResponse:
    state = report_state(session, request.user)
    return render(request, FRAGMENT, {"state": state, "problem": problem, "is_fragment": True}, status=status)


def _newest(request: HttpRequest, session: Session, kind: str, subject_id: uuid.UUID) -> HttpResponseBase:
    if (done := cards.newest_file(kind, subject_id)) is not None:
        return serve(request, done)
    asked = cards.newest_requests({kind: [subject_id]}).get((kind, subject_id))
    return _no_file(request, session, is_being_made=cards.card_of(asked, request.user).is_active)


def _no_file(request: HttpRequest, session: Session, *, is_being_made: bool = False) -> HttpResponse:
    """The mail of a publication bears the address before the file is made: until then a page says so."""
    state = report_state(session, request.user)
    context = {"session": session, "state": state, "is_missing": not is_being_made, "is_being_made": is_being_made}
    status = HTTPStatus.ACCEPTED if is_being_made else HTTPStatus.NOT_FOUND
    return render(request, "reports/session_report.html", context, status=status)
