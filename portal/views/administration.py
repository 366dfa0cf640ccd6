"""Pages for those who look after the machine: health, mails, jobs, people. They prepare and publish nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.accounts import rights, second_factor
from core.accounts.models import User
from core.filters import FilterSet
from core.notifications import kinds, outbox
from core.notifications.enums import MailState
from core.notifications.models import OutboxMessage
from core.reports import errors, registry, services as reports
from core.reports.enums import ReportState
from core.reports.models import Report
from core.transitions import MoveRefused
from core.web.pagination import paginate
from members.models import Position
from portal import machine
from portal.filters import JobFilter, MailFilter, PersonFilter

MAY = "accounts.administer"
AGAIN = (ReportState.FAILED, ReportState.CANCELLED)
MAIL_BADGES = {
    MailState.QUEUED: "wait",
    MailState.TAKEN: "open",
    MailState.SENDING: "open",
    MailState.SENT: "ok",
    MailState.FAILED: "no",
    MailState.UNCERTAIN: "no",
}
JOB_BADGES = {
    ReportState.QUEUED: "wait",
    ReportState.RUNNING: "open",
    ReportState.DONE: "ok",
    ReportState.FAILED: "no",
    ReportState.CANCELLED: "old",
}


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, MAY)
    context = {
        "here": "overview",
        "checks": machine.checks(timezone.now()),
        "versions": machine.versions(),
        "mail_folder": machine.mail_folder(),
    }
    return render(request, "administration/overview.html", context)


@require_GET
def mails(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, MAY)
    filterset = MailFilter(request.GET, OutboxMessage.objects.for_list())
    return _listing(request, filterset, "mails", lambda row: {"mail": row, "badge": MAIL_BADGES[MailState(row.state)]})


@require_GET
def mail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One mail. Its text may hold a code that signs somebody in, so a production portal does not show it."""
    rights.check(request.user, MAY)
    found = get_object_or_404(OutboxMessage, public_id=public_id)
    context = {
        "here": "mails",
        "mail": found,
        "badge": MAIL_BADGES[MailState(found.state)],
        "kind": kinds.label_of_mail(found.kind),
        "readable": settings.DEMO_ALLOWED,
        "may_resend": found.state in (MailState.FAILED, MailState.UNCERTAIN) and not found.emptied_at,
    }
    return render(request, "administration/mail.html", context)


@require_POST
def resend_mail(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rights.check(request.user, MAY)
    found = get_object_or_404(OutboxMessage, public_id=public_id)
    try:
        outbox.resend(message_id=found.pk, now=timezone.now())
    except MoveRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The mail is sent once more."))
    return redirect("administration:mail", public_id)


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, MAY)
    filterset = JobFilter(request.GET, Report.objects.for_list())
    return _listing(request, filterset, "jobs", _job_row)


def _job_row(report: Report) -> dict[str, Any]:
    known = {kind.name: kind.label for kind in registry.registered()}
    return {
        "report": report,
        "badge": JOB_BADGES[ReportState(report.state)],
        "kind": known.get(report.kind, report.kind),
        "reason": errors.reason(report.error_code) if report.error_code else None,
        "may_retry": report.state in AGAIN,
    }


@require_POST
def retry_job(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rights.check(request.user, MAY)
    report = get_object_or_404(Report, public_id=public_id)
    if report.state not in AGAIN:
        messages.error(request, _("Only a report that failed or was called off can be asked for again."))
        return redirect("administration:jobs")
    try:
        reports.retry(report=report, by=request.user, now=timezone.now())
    except registry.SubjectMissingError:
        messages.error(request, _("What this report was about no longer exists."))
    else:
        messages.success(request, _("The report is asked for again."))
    return redirect("administration:jobs")


@require_POST
def cancel_job(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rights.check(request.user, MAY)
    report = get_object_or_404(Report, public_id=public_id)
    try:
        reports.cancel(report=report, by=request.user, now=timezone.now())
    except reports.NotWaitingError:
        messages.error(request, _("This report is no longer waiting."))
    else:
        messages.success(request, _("The report is called off."))
    return redirect("administration:jobs")


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    rights.check(request.user, MAY)
    today = Position.objects.running(timezone.now()).select_related("organisation").order_by("role", "pk")
    accounts = User.objects.annotate(has_second_factor=second_factor.held()).by_name()
    accounts = accounts.prefetch_related(Prefetch("positions", today, to_attr="positions_today"))
    return _listing(request, PersonFilter(request.GET, accounts), "people", lambda person: person)


def _listing(request: HttpRequest, filterset: FilterSet, name: str, row: Callable[[Any], Any]) -> HttpResponse:
    page = paginate(request, filterset.qs, count=filterset.found)
    context = {"here": name, "filterset": filterset, "page": page, "rows": [row(item) for item in page.object_list]}
    return render(request, f"administration/{name}.html", context, status=filterset.status)
