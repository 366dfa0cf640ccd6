"""The record of decisions as a document of its own: what it prints, and whether a copy is authentic."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from core.formatting.dates import ordinal_text
from core.formatting.typography import french
from core.partial_dates import display
from core.partial_dates.values import from_json
from core.reports.printed_code import printed_code
from core.reports.verification import Authenticity
from core.space import current_space
from sessions_app.documents import content, words
from sessions_app.documents.kinds import VersionedReportKind
from sessions_app.minutes.snapshot import Json, PersonRef, moment, name_of, people_in, resolve_names
from sessions_app.models import DecisionRecord

RECORD_REPORT = "decision-record"


class RecordReport(VersionedReportKind):
    """One record as it was circulated. Its subject is a `DecisionRecord`."""

    name = RECORD_REPORT
    label = gettext_lazy("record of decisions")
    template = "reports/print/record.html"
    stylesheet = "print/record.css"
    subject_kind = "decision-record"
    model = DecisionRecord

    def title(self, subject: DecisionRecord) -> str:
        """In French like the document."""
        return f"Relevé de décisions de la {ordinal_text(subject.session.number)} session, version {subject.number}"

    def context(self, subject: DecisionRecord) -> dict[str, Any]:
        names = resolve_names(people_in(subject.snapshot))
        return context(subject.snapshot, names, content_sha256=subject.content_sha256)

    def created(self, subject: DecisionRecord) -> dt.datetime:
        return subject.released_at


def context(snapshot: Json, names: dict[PersonRef, str], *, content_sha256: str) -> dict[str, Any]:
    """What the template of the record prints."""
    session, version = snapshot["session"], snapshot["version"]
    organisation = (snapshot["organisation"] or {}).get("name", "")
    date = from_json(session["date"])
    circulated = words.day_and_time(moment(version["published_at"]))
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
        "decisions": [content.decision_line(row) for row in snapshot["decisions"]],
        "actions": [content.action_line(row, names) for row in snapshot["actions"]],
        "attendance": words.attendance(content.counts(snapshot)),
        "authenticity": printed_code(content_sha256),
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
    record = (
        DecisionRecord.objects.defer("snapshot")
        .filter(content_sha256__startswith=digits)
        .select_related("session", "standing")
        .with_in_force()
        .first()
    )
    if record is None:
        return None
    return Authenticity(
        content_sha256=record.content_sha256,
        title=_("Record of decisions of the %(nth)s session") % {"nth": ordinal_text(record.session.number)},
        version=record.number,
        published_at=record.released_at,
        in_force=record.in_force_number,
        url=reverse("sessions:record", args=[record.session.number]),
        right=("sessions_app.read_minutes", record),
        file_is=gettext_lazy(
            "This file is, byte for byte, the one that the portal made from the record of decisions in force."
        ),
        code_is=gettext_lazy("This code belongs to the record of decisions in force."),
        is_withdrawn=record.standing.is_withdrawn,
    )
