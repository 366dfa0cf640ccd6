"""The card of a document on its page: where it stands for one reader, and the one way to ask for it and watch it.

Every document of every app has the same card: absent, waiting, being made, ready, failed; asked for, called off and
tried again by POST to its own address, which answers htmx with the card alone.
"""

from __future__ import annotations

import enum
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise

from core.accounts import rights
from core.forms.base import PortalForm
from core.forms.sent import SentIdentifier, sent_values
from core.jobs import SubjectMissingError
from core.reports import errors, registry, services
from core.reports.enums import LANGUAGE, ReportState
from core.reports.files import absolute_path
from core.reports.models import Report
from core.reports.serving import serve


class ReportStatus(enum.StrEnum):
    """What a reader sees; `SUPERSEDED` is a file of a replaced version while the new one was not asked for."""

    UNPUBLISHED = "unpublished"
    REFUSED = "refused"
    ABSENT = "absent"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    SUPERSEDED = "superseded"


_BY_STATE = {
    ReportState.QUEUED: ReportStatus.QUEUED,
    ReportState.RUNNING: ReportStatus.RUNNING,
    ReportState.DONE: ReportStatus.DONE,
    ReportState.FAILED: ReportStatus.FAILED,
    ReportState.CANCELLED: ReportStatus.ABSENT,
}


@dataclass(frozen=True)
class Card:
    """The newest request for one document, or none."""

    status: ReportStatus
    report: Report | None = None
    ahead: int = 0  # reports of the same queue that come first
    reason: errors.Reason | None = None
    may_cancel: bool = False
    pages_beyond: Sequence[int] = ()  # told to who may change what is printed

    @property
    def is_active(self) -> bool:
        return self.status in (ReportStatus.QUEUED, ReportStatus.RUNNING)

    @property
    def signature(self) -> str:
        """Equal as long as the card would look the same, so that polling may answer "nothing new"."""
        if self.report is None:
            return str(self.status)
        done, step = self.report.progress_done, self.report.step
        return f"{self.status}-{self.report.pk}-{step}-{done}-{self.ahead}"

    def as_status(self, status: ReportStatus) -> Card:
        return replace(self, status=status)


def card(kind: str, subject_id: uuid.UUID, user: Any) -> Card:
    """Where the one document of `kind` about a subject stands for `user`; what was called off hides nothing."""
    return card_of(newest_requests({kind: [subject_id]}).get((kind, subject_id)), user)


def card_of(report: Report | None, user: Any) -> Card:
    if report is None:
        return Card(ReportStatus.ABSENT)
    status = _BY_STATE[ReportState(report.state)]
    return Card(
        status,
        report,
        ahead=Report.objects.ahead_of(report).count() if status == ReportStatus.QUEUED else 0,
        reason=errors.reason(report.error_code) if status == ReportStatus.FAILED else None,
        may_cancel=report.is_waiting
        and (report.requested_by_id == user.pk or rights.allows(user, "reports.manage_jobs", report)),
        pages_beyond=_pages_beyond(report, user),
    )


def _pages_beyond(report: Report, user: Any) -> Sequence[int]:
    if not report.pages_beyond:
        return ()
    kind = registry.kind(report.kind)
    try:
        subject = kind.subject(report.subject_id)
    except SubjectMissingError:
        return ()
    return report.pages_beyond if rights.allows(user, *kind.right_to_mend(subject)) else ()


def newest_requests(wanted: Mapping[str, Iterable[uuid.UUID]]) -> dict[tuple[str, uuid.UUID], Report]:
    """The newest row of each kind and subject, from subjects by kind; what was called off hides nothing done before."""
    rows = Report.objects.none()
    for kind, subject_ids in wanted.items():
        rows |= Report.objects.of_subjects(kind, subject_ids)
    rows = rows.filter(language=LANGUAGE).exclude(state=ReportState.CANCELLED).order_by("requested_at", "pk")
    return {(row.kind, row.subject_id): row for row in rows}


def newest_files(kind: str, subject_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Report]:
    """The newest finished file of each subject that has one; one query."""
    rows = Report.objects.done().of_subjects(kind, subject_ids).filter(language=LANGUAGE)
    return {row.subject_id: row for row in rows.order_by("requested_at", "pk")}


def newest_file(kind: str, subject_id: uuid.UUID) -> Report | None:
    return newest_files(kind, [subject_id]).get(subject_id)


def file_or_word(request: HttpRequest, kind: str, subject_id: uuid.UUID, *, back: str) -> HttpResponseBase:
    """The newest file; where there is none a page that says so, under a status that no program takes for a document.

    `back` is the page on which the document is asked for.
    """
    if (done := newest_file(kind, subject_id)) is not None:
        return serve(request, done)
    asked = newest_requests({kind: [subject_id]}).get((kind, subject_id))
    is_being_made = card_of(asked, request.user).is_active
    status = HTTPStatus.ACCEPTED if is_being_made else HTTPStatus.NOT_FOUND
    return render(request, "reports/not_made.html", {"back": back, "is_being_made": is_being_made}, status=status)


def newest_bytes(kind: str, subject_id: uuid.UUID) -> bytes | None:
    """The bytes of the newest finished file; None where there is none on this machine."""
    report = newest_file(kind, subject_id)
    path = report and absolute_path(report.file)
    return path.read_bytes() if path and path.is_file() else None


def post(request: HttpRequest, kind: str, subject_id: uuid.UUID, *, missing: str | Promise = "") -> str:
    """Asks for the document, or calls off the one that is named by "annuler"; what stood in the way, else "".

    `missing` says why a subject that its page shows cannot be printed yet.
    """
    now = timezone.now()
    try:
        if "annuler" in request.POST:
            cancel(request, Report.objects.of_subjects(kind, [subject_id]), sent_values(request, CancelForm)["annuler"])
        else:
            services.request_report(kind=kind, subject_id=subject_id, by=request.user, now=now, language=LANGUAGE)
    except services.ReportRefusedError as error:
        return str(error.message)
    except SubjectMissingError:
        if not missing:
            raise
        return str(missing)
    return ""


class CancelForm(PortalForm):
    annuler = SentIdentifier()  # of the document to call off


def cancel(request: HttpRequest, among: Any, public_id: uuid.UUID | None) -> None:
    """Calls off the one of `among` that bears `public_id`; nothing where it is none of them."""
    found = among.filter(public_id=public_id).first()
    if found is not None:
        services.cancel(report=found, by=request.user, now=timezone.now())


def respond(
    request: HttpRequest,
    kind: str,
    subject_id: uuid.UUID,
    *,
    back: Any,
    template: str,
    context: Mapping[str, Any],
    missing: str | Promise = "",
) -> HttpResponse:
    """The answer of a document's own address: htmx gets the card alone, others go `back` to the page.

    `template` extends `reports/card.html`; the page includes the same with `here`, that address.
    """
    problem = post(request, kind, subject_id, missing=missing) if request.method == "POST" else ""
    if not request.htmx:
        if problem:
            messages.error(request, problem)
        return redirect(back)
    job = card(kind, subject_id, request.user)
    if request.method == "GET" and request.GET.get("vu") == job.signature:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    drawn = {**context, "here": request.path, "job": job, "problem": problem, "is_fragment": True}
    return render(request, template, drawn, status=HTTPStatus.CONFLICT if problem else HTTPStatus.OK)
