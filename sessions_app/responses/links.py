"""The personal link of an invitation: it opens one page, on which one person answers for one session."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.accounts import personal_links
from core.accounts.models import User
from core.accounts.personal_links import PersonalLink
from core.notifications import kinds
from sessions_app.models import Session

SCOPE = "sessions_app.answer"
KIND = kinds.name_mail("session", gettext_lazy("Link to answer an invitation"))
# A session that is put off keeps its links; whether it takes answers is asked when somebody answers.
BEYOND_THE_DAY = dt.timedelta(days=90)


def issue(*, session: Session, user: User, now: dt.datetime) -> str:
    """The whole address of a new link for `user`; earlier links stay valid."""
    ends = max(session.starts_at or now, now) + BEYOND_THE_DAY
    token = personal_links.issue(user=user, scope=SCOPE, about=(KIND, session.public_id), expires_at=ends, now=now)
    return settings.BASE_URL + reverse("sessions:answer-by-link", args=[token])


def find(token: str, *, now: dt.datetime) -> tuple[PersonalLink, Session] | None:
    """The link and its session, while the link holds."""
    link = personal_links.find(token, scope=SCOPE, now=now)
    if link is None:
        return None
    session = Session.objects.visible(drafts=False).select_related("cycle").filter(public_id=link.object_id).first()
    return (link, session) if session else None
