"""Where a document of a handover stands: what the card on its page shows, and its newest file."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.accounts import rights
from core.reports import errors
from core.reports.enums import ReportState
from core.reports.files import absolute_path
from core.reports.models import Report
from governance.documents.act import ACT
from governance.models import Handover

LANGUAGE = "fr"  # the register is French, and so are its documents

_STANDINGS = {
    ReportState.QUEUED: "queued",
    ReportState.RUNNING: "running",
    ReportState.DONE: "done",
    ReportState.FAILED: "failed",
    ReportState.CANCELLED: "absent",
}


@dataclass(frozen=True)
class DocumentStatus:
    """The newest request for one document; the names are those that templates/reports/_waiting.html reads."""

    kind: str
    status: str  # absent, queued, running, done or failed
    report: Report | None = None
    ahead: int = 0
    reason: errors.Reason | None = None
    may_cancel: bool = False

    @property
    def is_active(self) -> bool:
        return self.status in ("queued", "running")

    @property
    def signature(self) -> str:
        """Equal as long as the card would look the same, so that polling may answer "nothing new"."""
        if self.report is None:
            return self.status
        return f"{self.status}-{self.report.pk}-{self.report.step}-{self.report.progress_done}-{self.ahead}"


def document_status(kind: str, handover: Handover, user: Any) -> DocumentStatus:
    """The state of the document `kind` about `handover`; what was called off hides nothing done before."""
    rows = Report.objects.of_subjects(kind, [handover.public_id]).filter(language=LANGUAGE)
    report = rows.exclude(state=ReportState.CANCELLED).newest_first().first()
    if report is None:
        return DocumentStatus(kind, "absent")
    status = _STANDINGS[ReportState(report.state)]
    return DocumentStatus(
        kind,
        status,
        report,
        ahead=Report.objects.ahead_of(report).count() if status == "queued" else 0,
        reason=errors.reason(report.error_code) if status == "failed" else None,
        may_cancel=report.is_waiting
        and (report.requested_by_id == user.pk or rights.allows(user, "reports.manage_jobs", report)),
    )


def newest(kind: str, handover: Handover) -> Report | None:
    """The newest finished file."""
    rows = Report.objects.done().of_subjects(kind, [handover.public_id]).filter(language=LANGUAGE)
    return rows.newest_first().first()


def newest_acts(handovers: Iterable[uuid.UUID]) -> dict[uuid.UUID, Report]:
    """The newest printed act of each handover that has one; one query."""
    rows = Report.objects.done().of_subjects(ACT, list(handovers)).filter(language=LANGUAGE)
    return {row.subject_id: row for row in reversed(list(rows.newest_first()))}


def newest_pdf(kind: str, handover: Handover) -> bytes | None:
    """The bytes of the newest finished file; None where there is none on this machine."""
    report = newest(kind, handover)
    path = report and absolute_path(report.file)
    return path.read_bytes() if path and path.is_file() else None
