"""The record of decisions: read it, circulate it, have its PDF."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.accounts import rights
from core.forms.base import PortalForm
from core.forms.sent import SentNumber, sent_values
from core.reports import cards
from sessions_app.documents.record import RECORD_REPORT
from sessions_app.follow_up import services
from sessions_app.follow_up.page import follow_up_page
from sessions_app.minutes import page
from sessions_app.minutes.publication import documents_of
from sessions_app.minutes.services import MinutesError
from sessions_app.models import DecisionRecord
from sessions_app.permissions import NOTHING_RELEASED
from sessions_app.sessions.lookup import find_session

WRITE = "sessions_app.write_minutes"
READ = "sessions_app.read_minutes"  # of the record itself: it has a standing of its own
CARD = "sessions/follow_up/_record_report.html"


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, number: int) -> HttpResponse:
    """GET reads the record in force, POST asks for its PDF or calls it off; htmx gets the card alone."""
    session = find_session(request, number)
    records = DecisionRecord.objects.select_related("organisation", "session").filter(session=session)
    found = records.standing_first().first()
    if found is None:
        if rights.allows(request.user, WRITE, session):
            return redirect("sessions:follow-up", number=number)
        raise rights.PermissionRefused(NOTHING_RELEASED)
    rights.check(request.user, READ, found)
    may_write = rights.allows(request.user, WRITE, session)
    context = {"session": session, "record": found, "may_write": may_write}
    if request.htmx or request.method == "POST":
        back = reverse("sessions:record", args=[number])
        return cards.respond(request, RECORD_REPORT, found.public_id, back=back, template=CARD, context=context)
    context |= {"job": cards.card(RECORD_REPORT, found.public_id, request.user), "problem": ""}
    return render(request, "sessions/follow_up/record.html", {**context, "text": page.read(found.snapshot)})


@require_safe
def file(request: HttpRequest, number: int) -> HttpResponseBase:
    """The PDF of the record in force."""
    session = find_session(request, number)
    found = DecisionRecord.objects.select_related("session").filter(session=session).standing_first().first()
    if found is None:
        raise Http404
    rights.check(request.user, READ, found)
    return cards.file_or_word(request, RECORD_REPORT, found.public_id, back=reverse("sessions:record", args=[number]))


class ReleaseForm(PortalForm):
    based_on = SentNumber()  # the record that was in force when the page was drawn


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, number: int) -> HttpResponse:
    """GET says what circulating the record will do, POST does it."""
    session = find_session(request, number, WRITE)
    problem, status = "", 200
    if request.method == "POST":
        try:
            services.release_record(
                session=session,
                by=request.user,
                based_on=sent_values(request, ReleaseForm)["based_on"],
                now=timezone.now(),
            )
        except MinutesError as error:
            problem, status = str(error.message), 422
        else:
            messages.success(request, _("The record is out: the members have been told."))
            return redirect("sessions:record", number=number)
    withdrawn = [each for each in documents_of(session) if each.standing.is_withdrawn]
    context = {"session": session, "page": follow_up_page(session), "withdrawn": withdrawn, "problem": problem}
    return render(request, "sessions/follow_up/release.html", context, status=status)
