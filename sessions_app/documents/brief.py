"""The short form of a session's report: decisions and actions of one published version, on one page."""

from __future__ import annotations

from math import ceil
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from core.formatting.dates import ordinal_text
from sessions_app.documents import content
from sessions_app.documents.essentials import essentials
from sessions_app.documents.kinds import VersionedReportKind
from sessions_app.minutes.snapshot import people_in, resolve_names
from sessions_app.models import MinutesVersion

SESSION_BRIEF = "session-brief"
LINES, LETTERS = 25, 84  # what the page holds besides head and foot
_TITLE_LETTERS = 46  # of one line of the title


class SessionBrief(VersionedReportKind):
    """One page beside the long report, of the same content and with its code. Its subject is a `MinutesVersion`."""

    name = SESSION_BRIEF
    label = gettext_lazy("short form of the report of a session")
    template = "reports/print/brief.html"
    stylesheet = "print/brief.css"
    subject_kind = "minutes-version"
    model = MinutesVersion

    def title(self, subject: MinutesVersion) -> str:
        """In French like the document."""
        return f"L’essentiel de la {ordinal_text(subject.session.number)} session, version {subject.number}"

    def context(self, subject: MinutesVersion) -> dict[str, Any]:
        names = resolve_names(people_in(subject.snapshot))
        printed = content.context(subject.snapshot, names, content_sha256=subject.content_sha256)
        session = printed["session"]
        room = (
            LINES - 1.4 * ceil(len(session["title"]) / _TITLE_LETTERS) - 1.25 * ceil(len(session["summary"]) / LETTERS)
        )
        printed["essentials"] = essentials(printed["decisions"], printed["actions"], lines=room, letters=LETTERS)
        printed["minutes_at"] = settings.BASE_URL + reverse(
            "sessions:minutes-version", args=[subject.session.number, subject.number]
        )
        printed["words"]["edition"] = _("Short form, version %(number)s of the minutes") % {"number": subject.number}
        return printed

    def created(self, subject: MinutesVersion) -> Any:
        return subject.published_at
