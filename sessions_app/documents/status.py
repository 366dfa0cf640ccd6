"""Where the report of a session stands for one reader: what the report card shows."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime

from core.accounts import rights
from core.accounts.rights import Denied
from core.reports.cards import Card, ReportStatus, card_of, newest_requests
from core.reports.models import Report
from sessions_app.documents.brief import SESSION_BRIEF
from sessions_app.documents.kinds import SESSION_DRAFT, SESSION_REPORT
from sessions_app.enums import MinutesState, VersionState
from sessions_app.models import Session
from sessions_app.permissions import WITHDRAWN


@dataclass(frozen=True)
class VersionLine:
    """What the card says of a published version."""

    number: int
    public_id: uuid.UUID
    content_sha256: str
    published_at: dt.datetime
    state: str


@dataclass(frozen=True)
class VersionReport:
    """A published version and its file, if one was made."""

    version: VersionLine
    report: Report | None


@dataclass(frozen=True)
class SessionReportState:
    number: int  # of the session
    version: VersionLine | None  # in force
    job: Card
    refusal: Denied | None
    former: VersionReport | None  # the newest file of a replaced version, where the reader may have it
    brief: Card | None  # the short form of the version in force; None where the reader has none
    draft: Card | None  # None where no draft is offered
    versions: list[VersionReport]

    @property
    def status(self) -> ReportStatus:
        return self.job.status

    @property
    def is_active(self) -> bool:
        return any(card.is_active for card in (self.job, self.brief, self.draft) if card)

    @property
    def signature(self) -> str:
        return ".".join(card.signature if card else "" for card in (self.job, self.brief, self.draft))


def report_state(session: Session, user: Any) -> SessionReportState:
    """The state for `user`, in at most four queries; asks for the rights it shows buttons by."""
    versions = _versions(session)
    may_draft = rights.allows(user, "sessions_app.request_draft_report", session)
    may_former = rights.allows(user, "sessions_app.read_former_report", session)
    wanted = {kind: [version.public_id for version in versions] for kind in (SESSION_REPORT, SESSION_BRIEF)}
    newest = newest_requests(wanted | ({SESSION_DRAFT: [session.public_id]} if may_draft else {}))
    in_force = next((version for version in versions if version.state == VersionState.IN_FORCE), None)
    refusal = WITHDRAWN if versions and in_force is None and not may_former else None
    if in_force is None and may_former and versions:
        in_force = versions[0]  # withdrawn: the animators go on having it
    files = [VersionReport(version, newest.get((SESSION_REPORT, version.public_id))) for version in versions]
    shown = next((file for file in files if file.version == in_force), None)
    others = [file for file in files if file is not shown]
    former = next((file for file in others if file.report and file.report.is_done), None) if may_former else None
    job = card_of(shown.report if shown else None, user)
    if not versions:
        job = job.as_status(ReportStatus.UNPUBLISHED)
    elif refusal is not None:
        job = job.as_status(ReportStatus.REFUSED)
    elif job.status == ReportStatus.ABSENT and former:
        job = job.as_status(ReportStatus.SUPERSEDED)
    return SessionReportState(
        number=session.number,
        version=in_force,
        job=job,
        refusal=refusal,
        former=former,
        brief=card_of(newest.get((SESSION_BRIEF, shown.version.public_id)), user) if shown and not refusal else None,
        draft=card_of(newest.get((SESSION_DRAFT, session.public_id)), user)
        if may_draft and _has_draft(session)
        else None,
        versions=files if may_former else [shown] if shown else [],
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
            state=line["state"],
        )
        for line in lines
    ]


def _has_draft(session: Session) -> bool:
    """Whether there is a text that differs from what was published."""
    minutes = getattr(session, "minutes", None)
    return minutes is not None and minutes.state != MinutesState.PUBLISHED
