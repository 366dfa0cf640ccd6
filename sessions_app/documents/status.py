"""Where the report of a session stands for one reader: what the report card shows."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime

from core.accounts import rights
from core.accounts.rights import Denied
from core.reports import errors
from core.reports.enums import ReportState
from core.reports.models import Report
from sessions_app.documents.kinds import LANGUAGE, SESSION_DRAFT, SESSION_REPORT
from sessions_app.enums import MinutesState
from sessions_app.models import Session


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
class Job:
    """The newest request for one document, or none."""

    status: ReportStatus
    report: Report | None
    ahead: int  # reports of the same queue that come first
    reason: errors.Reason | None
    may_cancel: bool

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


@dataclass(frozen=True)
class VersionLine:
    """What the card says of a published version."""

    number: int
    public_id: uuid.UUID
    content_sha256: str
    published_at: dt.datetime


@dataclass(frozen=True)
class VersionReport:
    """A published version and its file, if one was made."""

    version: VersionLine
    report: Report | None


@dataclass(frozen=True)
class SessionReportState:
    number: int  # of the session
    version: VersionLine | None  # in force
    job: Job
    refusal: Denied | None
    former: VersionReport | None  # the newest file of a replaced version, where the reader may have it
    draft: Job | None  # None where no draft is offered
    versions: list[VersionReport]

    @property
    def status(self) -> ReportStatus:
        return self.job.status

    @property
    def is_active(self) -> bool:
        return self.job.is_active or bool(self.draft and self.draft.is_active)

    @property
    def signature(self) -> str:
        return f"{self.job.signature}.{self.draft.signature if self.draft else ''}"


def report_state(session: Session, user: Any) -> SessionReportState:
    """The state for `user`, in at most four queries; asks for the rights it shows buttons by."""
    versions = _versions(session)
    may_draft = rights.allows(user, "sessions_app.request_draft_report", session)
    may_former = rights.allows(user, "sessions_app.read_former_report", session)
    newest = _newest_reports([version.public_id for version in versions], session if may_draft else None)
    in_force = versions[0] if versions else None
    answer = rights.require(user, "sessions_app.request_report", session)
    refusal = answer if isinstance(answer, Denied) else None
    files = [VersionReport(version, newest.get((SESSION_REPORT, version.public_id))) for version in versions]
    former = next((file for file in files[1:] if file.report and file.report.is_done), None) if may_former else None
    job = _job(files[0].report if files else None, user)
    if in_force is None:
        job = _with(job, ReportStatus.UNPUBLISHED)
    elif refusal is not None:
        job = _with(job, ReportStatus.REFUSED)
    elif job.status == ReportStatus.ABSENT and former:
        job = _with(job, ReportStatus.SUPERSEDED)
    return SessionReportState(
        number=session.number,
        version=in_force,
        job=job,
        refusal=refusal,
        former=former,
        draft=_job(newest.get((SESSION_DRAFT, session.public_id)), user) if may_draft and _has_draft(session) else None,
        versions=files if may_former else files[:1],
    )


def _versions(session: Session) -> list[VersionLine]:
    """The newest first; without a query where they were read with the session (`with_version_lines`)."""
    lines = getattr(session, "version_lines", None)
    if lines is None:
        lines = Session.objects.with_version_lines().values_list("version_lines", flat=True).get(pk=session.pk)
    return [
        VersionLine(
            number=line["number"],
            public_id=uuid.UUID(line["public_id"]),
            content_sha256=line["content_sha256"],
            published_at=parse_datetime(line["published_at"]),
        )
        for line in lines
    ]


def job_for(kind: str, subject_id: uuid.UUID, user: Any) -> Job:
    """Where the one document of `kind` about a subject stands for `user`; nothing is hidden by what was called off."""
    rows = Report.objects.of_subjects(kind, [subject_id]).filter(language=LANGUAGE)
    return _job(rows.exclude(state=ReportState.CANCELLED).newest_first().first(), user)


def _newest_reports(version_ids: list[uuid.UUID], session: Session | None) -> dict[tuple[str, uuid.UUID], Report]:
    """For each subject its newest row; what was called off hides nothing that was done before."""
    wanted = Report.objects.of_subjects(SESSION_REPORT, version_ids)
    if session is not None:
        wanted |= Report.objects.of_subjects(SESSION_DRAFT, [session.public_id])
    rows = wanted.filter(language=LANGUAGE).exclude(state=ReportState.CANCELLED).order_by("requested_at", "pk")
    return {(row.kind, row.subject_id): row for row in rows}


def _job(report: Report | None, user: Any) -> Job:
    if report is None:
        return Job(ReportStatus.ABSENT, None, 0, None, may_cancel=False)
    status = _BY_STATE[ReportState(report.state)]
    ahead = Report.objects.ahead_of(report).count() if status == ReportStatus.QUEUED else 0
    reason = errors.reason(report.error_code) if status == ReportStatus.FAILED else None
    may_cancel = report.is_waiting and (
        report.requested_by_id == user.pk or rights.allows(user, "reports.manage_jobs", report)
    )
    return Job(status, report, ahead, reason, may_cancel)


def _with(job: Job, status: ReportStatus) -> Job:
    return Job(status, job.report, job.ahead, job.reason, job.may_cancel)


def _has_draft(session: Session) -> bool:
    """Whether there is a text that differs from what was published."""
    minutes = getattr(session, "minutes", None)
    return minutes is not None and minutes.state != MinutesState.PUBLISHED
