"""The two kinds of report of a session: of published minutes, and of the draft."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import canonical
from core.reports.registry import Fingerprint, ReportContent, ReportKind, SubjectMissingError
from core.space import current_space
from core.templatetags.dates import ordinal_text
from sessions_app.animation import animator_of
from sessions_app.documents import content, words
from sessions_app.minutes.snapshot import Json, build_draft, people_in, resolve_names
from sessions_app.models import MinutesVersion, Session

SESSION_REPORT = "session-report"
SESSION_DRAFT = "session-draft"
LANGUAGE = "fr"  # the minutes are French, and so is the document


@dataclass(frozen=True)
class Draft:
    """The living text of a session as it stands when it is read."""

    session: Session
    snapshot: Json
    changed_at: dt.datetime


class SessionReport(ReportKind):
    """The document to keep: one published version of the minutes. Its subject is a `MinutesVersion`."""

    name = SESSION_REPORT
    label = _("report of a session")
    template = "reports/print/session.html"
    subject_kind = "minutes-version"

    def subject(self, subject_id: uuid.UUID) -> MinutesVersion:
        version = MinutesVersion.objects.select_related("session").filter(public_id=subject_id).first()
        if version is None:
            raise SubjectMissingError(subject_id)
        return version

    def right_to_request(self, subject: MinutesVersion) -> tuple[str, Session]:
        """Members ask for the version in force; a replaced one is for those who prepare sessions."""
        replaced = MinutesVersion.objects.filter(session=subject.session, number__gt=subject.number)
        if replaced.exists():
            return "sessions_app.read_former_report", subject.session
        return "sessions_app.request_report", subject.session

    def fingerprint(self, subject: MinutesVersion, language: str) -> Fingerprint:
        return Fingerprint(
            title=_file_title(subject.session.number, version=subject.number),
            content_sha256=subject.content_sha256,
            parts={"names": _shown_names(subject.snapshot), "space": _shown_space(), "audience": "members"},
        )

    def content(self, subject: MinutesVersion, language: str) -> ReportContent:
        names = resolve_names(people_in(subject.snapshot))
        title = _file_title(subject.session.number, version=subject.number)
        return ReportContent(
            title=title,
            filename=f"{title}.pdf",
            context=content.context(subject.snapshot, names, content_sha256=subject.content_sha256),
            created=subject.published_at,
        )


class SessionDraft(ReportKind):
    """The living draft, marked BROUILLON, for those who write it. Its subject is a `Session` with `Minutes`; no code."""

    name = SESSION_DRAFT
    label = _("draft report of a session")
    template = "reports/print/session.html"
    stylesheet = "print/draft.css"
    subject_kind = "session"

    def subject(self, subject_id: uuid.UUID) -> Draft:
        session = Session.objects.select_related("minutes").filter(public_id=subject_id).first()
        if session is None or not hasattr(session, "minutes"):
            raise SubjectMissingError(subject_id)
        changed_at = session.minutes.changed_at
        snapshot = build_draft(session, on=timezone.localdate(changed_at), animation=animator_of(session))
        return Draft(session, snapshot, changed_at)

    def right_to_request(self, subject: Draft) -> tuple[str, Session]:
        return "sessions_app.request_draft_report", subject.session

    def fingerprint(self, subject: Draft, language: str) -> Fingerprint:
        return Fingerprint(
            title=_file_title(subject.session.number),
            content_sha256=None,
            parts={
                "draft": canonical.sha256(subject.snapshot),
                "changed_at": subject.changed_at.isoformat(timespec="seconds"),
                "names": _shown_names(subject.snapshot),
                "space": _shown_space(),
            },
        )

    def content(self, subject: Draft, language: str) -> ReportContent:
        names = resolve_names(people_in(subject.snapshot))
        title = _file_title(subject.session.number)
        printed = content.context(subject.snapshot, names, content_sha256=None)
        printed["words"]["edition"] = words.not_published(subject.changed_at)
        return ReportContent(title=title, filename=f"{title}.pdf", context=printed, created=subject.changed_at)


def _file_title(number: int, *, version: int | None = None) -> str:
    """The title in the file and its name on a reader's disk, in French like the document."""
    if version is None:
        return f"Brouillon du rapport de la {ordinal_text(number)} session"
    return f"Rapport de la {ordinal_text(number)} session, version {version}"


def _shown_names(snapshot: Json) -> dict[str, str]:
    return {f"{ref.kind} {ref.id}": name for ref, name in resolve_names(people_in(snapshot)).items()}


def _shown_space() -> dict[str, Any]:
    space = current_space()
    return {"name": space.name, "short_name": space.short_name, "demonstration": space.demonstration}
