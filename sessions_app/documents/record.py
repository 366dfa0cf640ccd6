"""The record of decisions as a document of its own: what it prints, and whether a copy is authentic."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from core.formatting.typography import french
from core.partial_dates import display
from core.partial_dates.values import from_json
from core.reports.registry import Fingerprint, ReportContent, ReportKind, SubjectMissingError
from core.reports.verification import Authenticity
from core.space import current_space
from core.templatetags.dates import ordinal_text
from sessions_app.documents import content, words
from sessions_app.documents.kinds import _shown_names, _shown_space
from sessions_app.minutes.snapshot import Json, PersonRef, moment, name_of, people_in, resolve_names
from sessions_app.models import DecisionRecord, Minutes, Session

RECORD_REPORT = "decision-record"


class RecordReport(ReportKind):
    """One record as it was circulated. Its subject is a `DecisionRecord`."""

    name = RECORD_REPORT
    label = gettext_lazy("record of decisions")
    template = "reports/print/record.html"
    stylesheet = "print/record.css"
    subject_kind = "decision-record"

    def subject(self, subject_id: uuid.UUID) -> DecisionRecord:
        record = DecisionRecord.objects.select_related("session").filter(public_id=subject_id).first()
        if record is None:
            raise SubjectMissingError(subject_id)
        return record

    def right_to_request(self, subject: DecisionRecord) -> tuple[str, Session]:
        """Members ask for the record in force; a replaced one is for those who prepare sessions."""
        replaced = DecisionRecord.objects.filter(session=subject.session, number__gt=subject.number)
        if replaced.exists():
            return "sessions_app.read_former_report", subject.session
        return "sessions_app.request_report", subject.session

    def fingerprint(self, subject: DecisionRecord, language: str) -> Fingerprint:
        return Fingerprint(
            title=_file_title(subject),
            content_sha256=subject.content_sha256,
            parts={"names": _shown_names(subject.snapshot), "space": _shown_space(), "audience": "members"},
        )

    def content(self, subject: DecisionRecord, language: str) -> ReportContent:
        names = resolve_names(people_in(subject.snapshot))
        title = _file_title(subject)
        return ReportContent(
            title=title,
            filename=f"{title}.pdf",
            context=context(subject.snapshot, names, content_sha256=subject.content_sha256),
            created=subject.released_at,
        )


def context(snapshot: Json, names: dict[PersonRef, str], *, content_sha256: str) -> dict[str, Any]:
    """What the template of the record prints."""
    session, version = snapshot["session"], snapshot["version"]
    organisation = (snapshot["organisation"] or {}).get("name", "")
    date = from_json(session["date"])
    circulated = words._moment(moment(version["published_at"]))
    values = {
        **circulated,
        "number": version["number"],
        "session": session["number"],
        "day": display(date),
        "organisation": organisation,
        "name": name_of(version["author"], names),
    }
    return {
        "space": current_space(),
        "session": {**session, "date": date, "starts_at": moment(session["starts_at"])},
        "cycle": snapshot["cycle"],
        "organisation": organisation,
        "decisions": [content._decision(row) for row in snapshot["decisions"]],
        "actions": [content._action(row, names) for row in snapshot["actions"]],
        "attendance": words.attendance(content.counts(snapshot)),
        "authenticity": content.authenticity(content_sha256),
        "words": {
            "head": french(current_space().short_name),
            "foot": french(_("Session %(session)s, %(day)s, record of decisions, version %(number)s") % values),
            "cycle": _("Cycle %(year)s, “%(theme)s”") % snapshot["cycle"],
            "reserve": _("Subject to the approval of the minutes"),
            "publication": _("Record circulated on %(date)s at %(time)s, version %(number)s. Written by: %(who)s")
            % {**values, "who": ", ".join(filter(None, (values["name"], organisation)))},
            "check": _(
                "Take a picture of the code, or type it on the portal’s page “Check a document”: it says whether this"
                " record is authentic and whether it is still the version in force."
            ),
        },
    }


def verify_record(digits: str) -> Authenticity | None:
    """The record of decisions whose content hash begins with `digits`."""
    newest = DecisionRecord.objects.filter(session=OuterRef("session")).order_by("-number").values("number")[:1]
    withdrawn = Minutes.objects.filter(session=OuterRef("session"), withdrawn_at__isnull=False)
    record = (
        DecisionRecord.objects.defer("snapshot")
        .filter(content_sha256__startswith=digits)
        .select_related("session")
        .annotate(in_force=Subquery(newest), withdrawn=Exists(withdrawn))
        .first()
    )
    if record is None:
        return None
    return Authenticity(
        content_sha256=record.content_sha256,
        title=_("Record of decisions of the %(nth)s session") % {"nth": ordinal_text(record.session.number)},
        version=record.number,
        published_at=record.released_at,
        in_force=record.in_force,
        url=reverse("sessions:record", args=[record.session.number]),
        right=("sessions_app.read_minutes", record.session),
        file_is=gettext_lazy(
            "This file is, byte for byte, the one that the portal made from the record of decisions in force."
        ),
        code_is=gettext_lazy("This code belongs to the record of decisions in force."),
        is_withdrawn=record.withdrawn,
    )


def _file_title(record: DecisionRecord) -> str:
    """The title in the file and its name on a reader's disk, in French like the document."""
    return f"Relevé de décisions de la {ordinal_text(record.session.number)} session, version {record.number}"
