"""The sheet to sign at the door, as a report: who is expected, a line for each, and room for guests."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from core.formatting.dates import ordinal_text
from core.partial_dates.values import as_json, days_of
from core.reports.registry import ModelReportKind
from core.space import current_space, printed_space
from members.enums import ACTING_ROLES
from sessions_app.attendance.guests import guests_of
from sessions_app.attendance.sheet import SheetRow, sheet_of
from sessions_app.models import Session
from sessions_app.responses.by_organisation import OrganisationResponse
from sessions_app.responses.enums import AnswerChoice

SIGNING_SHEET = "signing-sheet"
EMPTY_LINES = 8
NOON, AFTER_LUNCH = dt.time(12), dt.time(13, 30)  # who begins at noon signs no morning; who ends by then no afternoon


class SigningSheet(ModelReportKind):
    """For animators, as the answers stand when it is made. Its subject is a `Session`."""

    name = SIGNING_SHEET
    label = gettext_lazy("sheet to sign")
    template = "reports/print/signing.html"
    stylesheet = "print/signing.css"
    subject_kind = "session"
    model = Session

    def rows(self) -> QuerySet:
        return Session.objects.select_related("cycle")

    def right_to_request(self, subject: Session) -> tuple[str, Session]:
        return "sessions_app.use_signed_sheet", subject

    def title(self, subject: Session) -> str:
        """In French like the document."""
        return f"Feuille d’émargement de la {ordinal_text(subject.number)} session"

    def parts(self, subject: Session) -> dict[str, Any]:
        return {
            "lines": lines(subject),
            "guests": [[guest.name, guest.about, guest.invited_by] for guest in guests_of(subject)],
            "session": [
                subject.title,
                subject.place,
                subject.mode,
                as_json(subject.days),
                [sheet.columns for sheet in sheets(subject)],
                subject.starts_at.isoformat() if subject.starts_at else "",
                subject.ends_at.isoformat() if subject.ends_at else "",
            ],
            "space": printed_space(),
        }

    def context(self, subject: Session) -> dict[str, Any]:
        return {
            "space": current_space(),
            "session": subject,
            "lines": lines(subject),
            "sheets": sheets(subject),
            "guests": guests_of(subject),
            "empty": range(EMPTY_LINES),
        }

    def created(self, subject: Session) -> dt.datetime:
        """A date of the content, so that the same sheet has the same bytes."""
        if subject.starts_at is not None:
            return subject.starts_at
        day = subject.date.lower if subject.date else dt.date(2020, 3, 20)
        return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


@dataclass(frozen=True)
class DaySheet:
    """The sheet of one day, with a column for each half of it; `day` is None where the session has one only."""

    day: dt.date | None
    columns: list[str]

    @property
    def heading(self) -> str:
        return "h3" if self.day else "h2"


def sheets(session: Session) -> list[DaySheet]:
    """People sign once for a day; of a session of several days each half day, on a sheet of its own each day."""
    days = days_of(session.days)
    if not days:
        return [DaySheet(None, [_("Signature")])]
    return [DaySheet(day, _halves(session, day)) for day in days]


def _halves(session: Session, day: dt.date) -> list[str]:
    morning, afternoon = pgettext("half day", "Morning"), pgettext("half day", "Afternoon")
    starts, ends = session.starts_at, session.ends_at
    if starts and day == session.date.lower and timezone.localtime(starts).time() >= NOON:
        return [afternoon]
    if ends and day == session.ends_on and timezone.localtime(ends).time() <= AFTER_LUNCH:
        return [morning]
    return [morning, afternoon]


def lines(session: Session) -> list[dict[str, Any]]:
    """One entry an organisation: its people to sign, or who represents it, or that it does not come."""
    return [_line(row) for row in sheet_of(session).rows]


def _line(row: SheetRow) -> dict[str, Any]:
    response = row.response
    people = [
        {"name": person.name, "title": person.position.title}
        for person in row.people
        if person.position.role in ACTING_ROLES and _expected(person.position.user_id, response)
    ]
    represented = response is not None and response.choice == AnswerChoice.REPRESENTED
    return {
        "organisation": row.organisation.name,
        "people": [] if represented else people,
        "holder": response.pouvoir.holder.name if represented else "",
        "excused": response is not None and response.choice == AnswerChoice.NO,
    }


def _expected(user_id: int, response: OrganisationResponse | None) -> bool:
    """Whether a line is printed for somebody: unless he or she said no, or another comes instead."""
    if response is None:
        return True
    own = next((answer for answer in response.answers if answer.user_id == user_id), None)
    if own is not None:
        return own.choice in (AnswerChoice.YES, AnswerChoice.MAYBE)
    if response.choice == AnswerChoice.YES:
        return any(answer.substitute_id == user_id for answer in response.answers)
    return response.choice == AnswerChoice.MAYBE
