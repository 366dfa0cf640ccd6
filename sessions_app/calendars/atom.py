"""What is new, as Atom feeds: for members sessions and published minutes, for everybody the public minutes."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.formatting.dates import ordinal_text
from core.partial_dates import display
from core.space import current_space
from sessions_app.calendars.selection import with_history
from sessions_app.enums import SessionState
from sessions_app.models import MinutesVersion, Session

ENTRIES = 30


def feed(reader: User) -> str:
    """The newest `ENTRIES` entries in the reader's language; three queries."""
    sessions = with_history(Session.objects.visible(drafts=False)).select_related("cycle")
    sessions = list(sessions.order_by("-number")[:ENTRIES])
    versions = (
        MinutesVersion.objects.readable()
        .without_text()
        .select_related("session", "organisation")
        .latest_first()[:ENTRIES]
    )
    with translation.override(reader.language):
        entries = [_of_session(session) for session in sessions if session.changed_at]
        entries += [_of_version(version) for version in versions]
        entries.sort(key=lambda entry: entry["updateddate"], reverse=True)
        made = Atom1Feed(
            title=_("%(space)s: sessions") % {"space": current_space().name},
            link=settings.BASE_URL + reverse("sessions:list"),
            feed_url=settings.BASE_URL + reverse("sessions:atom"),
            description="",
            language=reader.language,
            author_name=current_space().name,
        )
        for entry in entries[:ENTRIES]:
            made.add_item(**entry)
        return made.writeString("utf-8")


def public_feed() -> str:
    """Minutes that everybody may read, as they stand at this moment, in the language of the moment; two queries."""
    versions = MinutesVersion.objects.public().without_text().select_related("session", "organisation")
    made = Atom1Feed(
        title=_("%(space)s: public minutes") % {"space": current_space().name},
        link=settings.BASE_URL + reverse("sessions:minutes-public-list"),
        feed_url=settings.BASE_URL + reverse("sessions:minutes-public-feed"),
        description="",
        language=translation.get_language(),
        author_name=current_space().name,
    )
    for version in versions.latest_first()[:ENTRIES]:
        address = settings.BASE_URL + reverse("sessions:minutes-public", args=[version.session.number])
        # what a version changed is written for members, and is not told here
        made.add_item(**{**_of_version(version), "link": address, "description": version.session.title})
    return made.writeString("utf-8")


def _of_session(session: Session) -> dict:
    state = session.get_state_display()
    return {
        "title": _("%(nth)s session: %(title)s") % {"nth": ordinal_text(session.number), "title": session.title},
        "link": settings.BASE_URL + session.get_absolute_url(),
        "description": " – ".join(filter(None, [display(session.days), state, session.summary, _reason(session)])),
        "unique_id": f"urn:uuid:{session.public_id}",
        "updateddate": session.changed_at,
    }


def _reason(session: Session) -> str:
    return session.reason if session.state == SessionState.CANCELLED else ""


def _of_version(version: MinutesVersion) -> dict:
    number = version.session.number
    values = {"nth": ordinal_text(number), "number": version.number}
    return {
        "title": _("Minutes of the %(nth)s session, version %(number)d") % values,
        "link": settings.BASE_URL + reverse("sessions:minutes-version", args=[number, version.number]),
        "description": version.reason or version.session.title,
        "unique_id": f"urn:uuid:{version.public_id}",
        "pubdate": version.published_at,
        "updateddate": version.published_at,
        "author_name": version.organisation.name,
    }
