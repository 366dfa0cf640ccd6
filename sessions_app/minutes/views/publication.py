"""Who may read published minutes: the animators decide, and the public form for everybody."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts import rights
from core.reports import cards, services as reports
from core.reports.enums import LANGUAGE
from core.reports.models import Report
from core.reports.serving import serve
from core.web.pagination import paginate
from sessions_app.documents.public import PUBLIC_REPORT
from sessions_app.minutes import names_in_text, page as minutes_page, publication as services
from sessions_app.minutes.forms import PublicationForm
from sessions_app.minutes.services import MinutesError
from sessions_app.models import MinutesVersion, Session
from sessions_app.sessions.lookup import find_session

REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
READ = "sessions_app.read_public_minutes"


@require_http_methods(["GET", "POST"])
def publication(request: HttpRequest, number: int) -> HttpResponse:
    """What can be done about who reads; POST does one: rendre-public, reserver, retirer, retablir, pdf."""
    session = find_session(request, number, "sessions_app.expose_minutes")
    form = PublicationForm(
        request.POST if request.method == "POST" else None, documents=services.documents_of(session), auto_id="%s"
    )
    problem, status = "", 200
    if request.method == "POST":
        status = REFUSED
        if form.is_valid():
            version = MinutesVersion.objects.in_force().select_related("session").filter(session=session).first()
            if version and form.cleaned_data["choix"] == "rendre-public" and not form.cleaned_data["seen"]:
                return _preview(request, version)
            try:
                _expose(request, session, **form.cleaned_data)
            except services.NotLookedAt as error:
                version = MinutesVersion.objects.in_force().select_related("session").get(session=session)
                return _preview(request, version, problem=str(error.message))
            except services.RestoringUnexplained as error:
                form.add_error("restoration", str(error.message))
            except services.ReasonNeeded as error:
                form.add_error("reason", str(error.message))
            except (MinutesError, reports.ReportRefusedError) as error:
                problem = str(error.message)
            else:
                return redirect("sessions:minutes-exposure", number=number)
    documents = services.documents_of(session)
    version = MinutesVersion.objects.without_text().in_force().filter(session=session).first()
    context = {
        "session": session,
        "state": services.state_of(session),
        "version": version,
        "documents": [(form.name_of(each), each) for each in documents],
        "can_withdraw": any(not each.standing.is_withdrawn for each in documents),
        "can_restore": any(each.standing.is_withdrawn for each in documents),
        "file": _file(version) if version else None,
        "form": form,
        "problem": problem,
    }
    return render(request, "sessions/minutes_publication.html", context, status=status)


def _preview(request: HttpRequest, version: MinutesVersion, *, problem: str = "") -> HttpResponse:
    """The public form as everybody will read it, with the names of known people marked; the next step opens it."""
    public = services.public_form(version.snapshot)
    found = names_in_text.found_in(public, names_in_text.known_names(version.snapshot))
    text = minutes_page.read(public)
    names = [each.name for each in found]
    items = [replace(item, marked=names_in_text.marked(item.html, names)) for item in text.items]
    context = {
        "session": version.session,
        "version": version,
        "frozen": public["session"],
        "summary": names_in_text.marked(escape(public["session"]["summary"]), names),
        "materials": public["materials"],
        "text": replace(text, items=items),
        "found": found,
        "problem": problem,
    }
    status = HTTPStatus.CONFLICT if problem else HTTPStatus.OK
    return render(request, "sessions/minutes_public_preview.html", context, status=status)


def _expose(request: HttpRequest, session: Session, choix: str, **sent: Any) -> None:
    by, now = request.user, timezone.now()
    if choix == "rendre-public":
        services.make_public(session=session, by=by, now=now, seen=sent["seen"])
        messages.success(request, _("The minutes are public."))
    elif choix == "reserver":
        services.make_members_only(session=session, by=by, now=now)
    elif choix == "retirer":
        services.withdraw(session=session, by=by, reason=sent["reason"], documents=sent["withdrawn"], now=now)
    elif choix == "retablir" and (document := sent["restored"]):
        services.restore(document=document, by=by, reason=sent["restoration"], now=now)
    elif choix == "pdf" and (version := services.public_version(session)):
        reports.request_report(kind=PUBLIC_REPORT, subject_id=version.public_id, by=by, now=now, language=LANGUAGE)
    else:
        raise MinutesError


@login_not_required
@require_safe
def public_minutes(request: HttpRequest, number: int) -> HttpResponse:
    """The version in force in its public form. Minutes that are not public do not exist for visitors."""
    session, version = _public(request, number)
    context = {
        "session": session,
        "version": version,
        "text": minutes_page.read_for(request.user, services.public_form(version.snapshot)),
        "file": _file(version),
    }
    return render(request, "sessions/minutes_public.html", context)


@login_not_required
@require_safe
def public_file(request: HttpRequest, number: int) -> HttpResponseBase:
    _session, version = _public(request, number)
    found = _file(version)
    if found is None:
        raise Http404
    return serve(request, found)


@login_not_required
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """All public minutes, the newest session first."""
    versions = MinutesVersion.objects.public().without_text().select_related("session__cycle", "organisation")
    versions = versions.order_by("-session__number", "pk")
    page = paginate(request, versions, count=versions.count())
    return render(request, "sessions/minutes_public_list.html", {"page": page})


def _public(request: HttpRequest, number: int) -> tuple[Session, MinutesVersion]:
    session = get_object_or_404(Session.objects.select_related("cycle", "minutes"), number=number)
    version = services.public_version(session)
    if version is None or not rights.allows(request.user, READ, version):
        raise Http404
    return session, version


def _file(version: MinutesVersion) -> Report | None:
    return cards.newest_file(PUBLIC_REPORT, version.public_id)
