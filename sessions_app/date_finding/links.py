"""Asking people for dates: a notification, or a personal link for who never signed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.accounts import personal_links
from core.accounts.models import User
from core.accounts.personal_links import PersonalLink
from core.notifications import outbox
from core.space import current_space
from core.templatetags.dates import ordinal_text
from sessions_app.date_finding import telling
from sessions_app.models import DatePoll

SCOPE = "sessions_app.dates"
KIND = "date-poll"


def ask(poll: DatePoll, users: Iterable[User], *, now: dt.datetime, again: bool = False) -> None:
    """Tells `users` that they are asked; those without a first sign-in get a mail with a link of their own."""
    people = list(users)
    telling.tell("dates_reminder" if again else "dates_asked", poll, [one for one in people if one.last_login], now=now)
    for user in people:
        if not user.last_login:
            _send_link(poll, user, now)


def _send_link(poll: DatePoll, user: User, now: dt.datetime) -> None:
    token = personal_links.issue(
        user=user, scope=SCOPE, about=(KIND, poll.public_id), expires_at=poll.closes_at, now=now
    )
    with translation.override(user.language):
        # Translators: Quand votre organisation est-elle disponible pour la %(nth)s session ?
        title = _("When is your organisation free for the %(nth)s session?") % {
            "nth": ordinal_text(poll.session.number)
        }
        context = {
            "user": user,
            "space": current_space(),
            "title": title,
            "poll": poll,
            "link": settings.BASE_URL + reverse("sessions:dates-by-link", args=[token]),
            "language": user.language,
        }
        message = EmailMultiAlternatives(
            subject=title, body=render_to_string("emails/dates_link.txt", context), to=[user.email]
        )
        message.attach_alternative(render_to_string("emails/dates_link.html", context), "text/html")
    outbox.put(message, kind=SCOPE, about=(KIND, poll.public_id), recipient=user, now=now)


def find(token: str, *, now: dt.datetime) -> tuple[PersonalLink, DatePoll] | None:
    """The link and its search, while the link holds."""
    link = personal_links.find(token, scope=SCOPE, now=now)
    if link is None:
        return None
    poll = DatePoll.objects.select_related("session").filter(public_id=link.object_id).first()
    return (link, poll) if poll else None


def disown(link: PersonalLink, *, now: dt.datetime) -> None:
    """ "This is not me": the links of this person to this search lead nowhere any more."""
    personal_links.revoke(user=link.user, scope=SCOPE, about=(link.object_kind, link.object_id), now=now)


def revoke(poll: DatePoll, *, now: dt.datetime) -> None:
    """Called when the search ends: its links lead nowhere any more."""
    personal_links.revoke(scope=SCOPE, about=(KIND, poll.public_id), now=now)
