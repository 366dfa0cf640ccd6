"""The two kinds of report of a session: of published minutes, and of the draft."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import canonical
from core.formatting.dates import ordinal_text
from core.reports.registry import ModelReportKind
from core.space import printed_space
from sessions_app.animation import animator_of
from sessions_app.documents import content, words
from sessions_app.minutes.snapshot import Json, build_draft, people_in, resolve_names
from sessions_app.models import DecisionRecord, MinutesVersion, Session

SESSION_REPORT = "session-report"
SESSION_DRAFT = "session-draft"


@dataclass(frozen=True)
class Draft:
    """The living text of a session as it stands when it is read."""

    session: Session
    snapshot: Json
    changed_at: dt.datetime


class VersionedReportKind(ModelReportKind):
    """A document of a session that bears the number of a version, printed from its snapshot.

    Members ask for the version in force; a replaced one is for those who prepare sessions.
    """

    def rows(self) -> QuerySet:
        return self.model.objects.select_related("session", "standing")

    def right_to_request(self, subject: MinutesVersion | DecisionRecord) -> tuple[str, Any]:
        return "sessions_app.request_report", subject

    def right_to_mend(self, subject: MinutesVersion | DecisionRecord) -> tuple[str, Any]:
        return "sessions_app.write_minutes", subject.session

    def content_sha256(self, subject: MinutesVersion | DecisionRecord) -> str:
        return subject.content_sha256

    def parts(self, subject: MinutesVersion | DecisionRecord) -> dict[str, Any]:
        return {"names": printed_names(subject.snapshot), "space": printed_space(), "audience": "members"}


class SessionReport(VersionedReportKind):
    """The document to keep: one published version of the minutes. Its subject is a `MinutesVersion`."""

    name = SESSION_REPORT
    label = _("report of a session")
    template = "reports/print/session.html"
    subject_kind = "minutes-version"
    model = MinutesVersion

    def title(self, subject: MinutesVersion) -> str:
        """In French like the document."""
        return f"Rapport de la {ordinal_text(subject.session.number)} session, version {subject.number}"

    def parts(self, subject: MinutesVersion) -> dict[str, Any]:
        return super().parts(subject) | content.layout()

    def context(self, subject: MinutesVersion) -> dict[str, Any]:
        names = resolve_names(people_in(subject.snapshot))
        return content.context(subject.snapshot, names, content_sha256=subject.content_sha256)

    def created(self, subject: MinutesVersion) -> dt.datetime:
        return subject.published_at


class SessionDraft(ModelReportKind):
    """The living draft, marked BROUILLON, for those who write it. Its subject is a `Session` with `Minutes`; no code."""

    name = SESSION_DRAFT
    label = _("draft report of a session")
    template = "reports/print/session.html"
    stylesheet = "print/draft.css"
    is_draft = True
    subject_kind = "session"
    model = Session

    def rows(self) -> QuerySet:
        return Session.objects.select_related("minutes").filter(minutes__isnull=False)

    def subject(self, subject_id: uuid.UUID) -> Draft:
        session = super().subject(subject_id)
        changed_at = session.minutes.changed_at
        snapshot = build_draft(session, on=timezone.localdate(changed_at), animation=animator_of(session))
        return Draft(session, snapshot, changed_at)

    def right_to_request(self, subject: Draft) -> tuple[str, Session]:
        return "sessions_app.request_draft_report", subject.session

    def title(self, subject: Draft) -> str:
        return f"Brouillon du rapport de la {ordinal_text(subject.session.number)} session"

    def parts(self, subject: Draft) -> dict[str, Any]:
        return {
            "draft": canonical.sha256(subject.snapshot),
            "changed_at": subject.changed_at.isoformat(timespec="seconds"),
            "names": printed_names(subject.snapshot),
            "space": printed_space(),
            **content.layout(),
        }

    def context(self, subject: Draft) -> dict[str, Any]:
        names = resolve_names(people_in(subject.snapshot))
        printed = content.context(subject.snapshot, names, content_sha256=None)
        printed["words"]["edition"] = words.not_published(subject.changed_at)
        return printed

    def created(self, subject: Draft) -> dt.datetime:
        return subject.changed_at


def printed_names(snapshot: Json) -> dict[str, str]:
    """The names of people as they would be printed today, by reference."""
    return {f"{ref.kind} {ref.id}": name for ref, name in resolve_names(people_in(snapshot)).items()}
