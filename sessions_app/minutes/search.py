"""What is found of minutes: the version that stands for the session, down to the paragraph; never a draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.richtext import clean
from core.richtext.paragraphs import paragraphs
from core.search.sources import Entry, Source, Watched, among, register
from sessions_app.minutes.page import anchor_of
from sessions_app.models import MinutesVersion, Session, VersionStanding
from sessions_app.search import about, nth, reads_sessions, sees_sessions

EVERYBODY = "everybody"


def _entries(ids: Sequence[int]) -> Iterator[Entry]:
    for version in _standing_for_their_session(ids):
        session = version.session
        common: dict[str, Any] = {
            "object_id": version.pk,
            "address": reverse("sessions:minutes", args=[session.number]),
            "public_address": reverse("sessions:minutes-public", args=[session.number]),
            **about(session),
        }
        for item in version.snapshot["agenda"]:
            anchor = anchor_of(item["number"])
            here = common | {
                "title": f"{nth(session.number)} – {item['title']}",
                "reserved": item["is_reserved"],
            }
            yield Entry(**here, anchor=anchor, names=item["title"])
            for place, words, mentions in paragraphs(clean(item["body"]), anchor):
                yield Entry(**here, anchor=place or anchor, text=words, mentions=mentions)


def _standing_for_their_session(ids: Sequence[int]) -> Iterator[MinutesVersion]:
    """Of these versions those in force; of a session that has none, the newest, which the animators read."""
    sessions = MinutesVersion.objects.order_by().filter(pk__in=ids).values("session")
    versions = MinutesVersion.objects.filter(session__in=sessions).select_related("session__cycle").standing_first()
    seen: set[int] = set()
    for version in versions:
        if version.session_id not in seen and version.pk in ids:
            yield version
        seen.add(version.session_id)


def _reader(user: Any) -> bool | str:
    """Whether drafts as well; or, who reads no session, what is open to everybody."""
    reader = reads_sessions(user)
    return EVERYBODY if reader is None else reader


def _readable(reader: bool | str) -> Q:
    """Members: what is in force; animators also what was withdrawn; everybody the public form of what is public."""
    if reader == EVERYBODY:
        return among(MinutesVersion.objects.public()) & Q(reserved=False)
    drafts = reader is True
    versions = MinutesVersion.objects.all() if drafts else MinutesVersion.objects.readable().in_force()
    return among(versions.filter(session__in=Session.objects.visible(drafts=drafts)))


def register_sources() -> None:
    register(
        Source(
            "compte-rendu",
            pgettext_lazy("several", "Minutes"),
            _("minutes"),
            MinutesVersion,
            watched=[
                Watched(MinutesVersion),
                Watched(MinutesVersion, "session_id", through=(MinutesVersion, "session_id")),
                Watched(VersionStanding, "session_id", through=(MinutesVersion, "session_id")),
                Watched(Session, through=(MinutesVersion, "session_id")),
            ],
            entries=_entries,
            reader=_reader,
            visible=_readable,
            icon="note-pencil",
            mentions=True,
            reads_public=lambda user: not sees_sessions(user),
        )
    )
