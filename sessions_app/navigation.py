"""What this app adds to every page's navigation and to the list of what waits for a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from core import waiting
from core.accounts import rights
from core.formatting.dates import ordinal_text
from core.partial_dates.values import last_day
from core.web import navigation
from sessions_app.calendars import keys
from sessions_app.enums import MinutesState, RequestState, SessionState
from sessions_app.models import Attendance, Circulation, MaterialProposal, Minutes, MinutesVersion, Session


def sessions_to_look_after(user: Any, now: dt.datetime) -> Iterator[waiting.Task]:
    """For animators, in one query: sessions without attendance or published minutes, and those with proposed materials."""
    writes = rights.allows(user, "sessions_app.write_minutes")
    manages = rights.allows(user, "sessions_app.manage_materials")
    records = rights.allows(user, "sessions_app.record_attendance")
    if not (writes or manages or records):
        return
    here = OuterRef("pk")
    circulated = Minutes.objects.filter(session=here, state=MinutesState.CIRCULATED)
    published = MinutesVersion.objects.in_force().filter(session=here)
    proposed = MaterialProposal.objects.filter(session=here, state=RequestState.OPEN)
    found = Session.objects.annotate(
        lacks_minutes=Q(state=SessionState.HELD) & ~Exists(circulated) & ~Exists(published),
        lacks_attendance=Q(state=SessionState.HELD) & ~Exists(Attendance.objects.filter(session=here)),
        has_proposals=Q(Exists(proposed)),
        first_proposed=Subquery(proposed.order_by("made_at").values("made_at")[:1]),
    ).filter(Q(lacks_minutes=True) | Q(lacks_attendance=True) | Q(has_proposals=True))
    for session in found.order_by("number")[:10]:
        nth = {"nth": ordinal_text(session.number)}
        if records and session.lacks_attendance:
            yield waiting.Task(
                title=_("Record the attendance of the %(nth)s session") % nth,
                note=session.title,
                url=reverse("sessions:attendance-edit", args=[session.number]),
                action=_("Record"),
                icon="users-three",
                due=_held(session, now),
                is_deadline=False,
            )
        if writes and session.lacks_minutes:
            yield waiting.Task(
                title=_("Write and publish the minutes of the %(nth)s session") % nth,
                note=session.title,
                url=reverse("sessions:minutes-edit", args=[session.number]),
                action=_("Write"),
                icon="pencil-simple",
                due=_held(session, now),
                is_deadline=False,
            )
        if manages and session.has_proposals:
            yield waiting.Task(
                title=_("Look at the materials proposed for the %(nth)s session") % nth,
                note=session.title,
                url=reverse("sessions:materials", args=[session.number]),
                action=_("Look"),
                icon="paperclip",
                due=session.first_proposed,
                is_deadline=False,
            )


def _held(session: Session, now: dt.datetime) -> dt.datetime:
    """When the session was over: since then it waits for what is written of it."""
    if session.ends_at is not None:
        return session.ends_at
    return waiting.end_of(last_day(session.days)) if session.date else now


def minutes_under_review(user: Any, now: dt.datetime) -> Iterator[waiting.Task]:
    """For those concerned: minutes to review. For animators: requests to answer, and reviews to end."""
    running = Circulation.objects.filter(session__minutes__state=MinutesState.CIRCULATED, ended_at=None)
    waits = Count("requests", filter=Q(requests__state=RequestState.OPEN))
    for review in running.select_related("session").annotate(waits=waits).order_by("closes_at")[:5]:
        session, over = review.session, now >= review.closes_at
        nth = {"nth": ordinal_text(session.number)}
        address = reverse("sessions:circulation", args=[session.number])
        if rights.allows(user, "sessions_app.publish_minutes", session):
            if review.waits:
                title = _("Answer the requests on the minutes of the %(nth)s session") % nth
                yield waiting.Task(
                    title, session.title, address, pgettext("request", "Answer"), review.closes_at, "chat-circle-text"
                )
            elif over:
                address = reverse("sessions:circulation-conclude", args=[session.number])
                title = _("End the review of the minutes of the %(nth)s session") % nth
                yield waiting.Task(title, session.title, address, _("End"), review.closes_at, "seal-check")
        elif not over and rights.allows(user, "sessions_app.review_minutes", session):
            title = _("Review the minutes of the %(nth)s session") % nth
            yield waiting.Task(title, session.title, address, _("Review"), review.closes_at, "book-open-text")


def register() -> None:
    navigation.register(gettext_lazy("Sessions"), "sessions:list", permission="sessions_app.view_session", order=20)
    navigation.register(
        gettext_lazy("Decisions"),
        "sessions:decisions",
        permission="sessions_app.view_session",
        order=30,
        also=("sessions:actions",),
    )
    navigation.register(gettext_lazy("Public minutes"), "sessions:minutes-public-list", order=40, place="resources")
    keys.register_feed(gettext_lazy("Atom feed (news reader)"), "sessions:atom")
    waiting.register(sessions_to_look_after)
    waiting.register(minutes_under_review)
