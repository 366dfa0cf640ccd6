"""The report of public minutes: the same document without people and without what is reserved to members."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from core.formatting.dates import ordinal_text
from core.space import printed_space
from sessions_app.documents import content
from sessions_app.documents.kinds import SessionReport
from sessions_app.minutes.publication import public_form
from sessions_app.models import MinutesVersion

PUBLIC_REPORT = "session-report-public"


class PublicReport(SessionReport):
    """Animators have it made, everybody may fetch it as long as the minutes are public. Its subject is a `MinutesVersion`."""

    name = PUBLIC_REPORT
    label = gettext_lazy("public report of a session")

    def right_to_request(self, subject: MinutesVersion) -> tuple[str, Any]:
        return "sessions_app.expose_minutes", subject.session

    def right_to_fetch(self, subject: MinutesVersion) -> tuple[str, Any]:
        return "sessions_app.read_public_minutes", subject

    def title(self, subject: MinutesVersion) -> str:
        """In French like the document."""
        return f"Compte rendu public de la {ordinal_text(subject.session.number)} session, version {subject.number}"

    def parts(self, subject: MinutesVersion) -> dict[str, Any]:
        return {"space": printed_space(), "audience": "public", **content.layout()}

    def context(self, subject: MinutesVersion) -> dict[str, Any]:
        printed = content.context(public_form(subject.snapshot), {}, content_sha256=subject.content_sha256)
        printed["words"]["edition"] = _(
            "Public form of the minutes, version %(number)s. Items reserved to members and names of people are left out."
        ) % {"number": subject.number}
        return printed
