"""The sheet to sign at the door, as a report: who is expected, a line for each, and room for guests."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.partial_dates.values import as_json
from core.reports.registry import Fingerprint, ReportContent, ReportKind, SubjectMissingError
from core.space import current_space
from core.templatetags.dates import ordinal_text
from members.enums import ACTING_ROLES
from sessions_app.attendance.sheet import SheetRow, sheet_of
from sessions_app.models import Session
from sessions_app.responses.by_organisation import OrganisationResponse
from sessions_app.responses.enums import AnswerChoice

SIGNING_SHEET = "signing-sheet"
EMPTY_LINES = 8


class SigningSheet(ReportKind):
    """For animators, as the answers stand when it is made. Its subject is a `Session`."""

    name = SIGNING_SHEET
    label = _("sheet to sign")
    template = "reports/print/signing.html"
    stylesheet = "print/signing.css"
    subject_kind = "session"

    def subject(self, subject_id: uuid.UUID) -> Session:
        session = Session.objects.select_related("cycle").filter(public_id=subject_id).first()
        if session is None:
            raise SubjectMissingError(subject_id)
        return session

    def right_to_request(self, subject: Session) -> tuple[str, Session]:
        return "sessions_app.use_signed_sheet", subject

    def fingerprint(self, subject: Session, language: str) -> Fingerprint:
        return Fingerprint(title=_title(subject), content_sha256=None, parts=_parts(subject))

    def content(self, subject: Session, language: str) -> ReportContent:
        title = _title(subject)
        context = {
            "space": current_space(),
            "session": subject,
            "lines": lines(subject),
            "guests": list(subject.guests.select_related("organisation")),
            "empty": range(EMPTY_LINES),
        }
        return ReportContent(title=title, filename=f"{title}.pdf", context=context, created=_created(subject))


def lines(session: Session) -> list[dict[str, Any]]:
    """One entry an organisation: its people to sign, or who represents it, or that it does not come."""
    return [_line(row) for row in sheet_of(session).rows]


def _line(row: SheetRow) -> dict[str, Any]:
    standing = row.standing
    people = [
        {"name": person.name, "title": person.position.title}
        for person in row.people
        if person.position.role in ACTING_ROLES and _expected(person.position.user_id, standing)
    ]
    represented = standing is not None and standing.choice == AnswerChoice.REPRESENTED
    return {
        "organisation": row.organisation.name,
        "people": [] if represented else people,
        "holder": standing.pouvoir.holder.name if represented else "",
        "excused": standing is not None and standing.choice == AnswerChoice.NO,
    }


def _expected(user_id: int, standing: OrganisationResponse | None) -> bool:
    """Whether a line is printed for somebody: unless he or she said no, or another comes instead."""
    if standing is None:
        return True
    own = next((answer for answer in standing.answers if answer.user_id == user_id), None)
    if own is not None:
        return own.choice in (AnswerChoice.YES, AnswerChoice.MAYBE)
    if standing.choice == AnswerChoice.YES:
        return any(answer.substitute_id == user_id for answer in standing.answers)
    return standing.choice == AnswerChoice.MAYBE


def _title(session: Session) -> str:
    """In French like the document."""
    return f"Feuille d’émargement de la {ordinal_text(session.number)} session"


def _parts(session: Session) -> dict[str, Any]:
    space = current_space()
    return {
        "lines": lines(session),
        "guests": [[guest.name, guest.function, guest.organisation.name] for guest in session.guests.all()],
        "session": [
            session.title,
            session.place,
            session.mode,
            as_json(session.date),
            session.starts_at.isoformat() if session.starts_at else "",
            session.ends_at.isoformat() if session.ends_at else "",
        ],
        "space": [space.name, space.short_name, space.demonstration],
    }


def _created(session: Session) -> dt.datetime:
    """A date of the content, so that the same sheet has the same bytes."""
    if session.starts_at is not None:
        return session.starts_at
    day = session.date.lower if session.date else dt.date(2020, 3, 20)
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
