"""Asking people for dates: a notification, or a personal link for who never signed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _, gettext_lazy

from core.accounts import personal_links
from core.accounts.models import User
from core.accounts.personal_links import PersonalLink
from core.formatting.dates import ordinal_text
from core.notifications import kinds
from core.notifications.link_mail import mail_link
from sessions_app.date_polls import notifications
from sessions_app.models import DatePoll

SCOPE = "sessions_app.dates"
KIND = kinds.name_mail("date-poll", gettext_lazy("Link to a search for a date"))


def ask(poll: DatePoll, users: Iterable[User], *, now: dt.datetime, again: bool = False) -> None:
    """Tells `users` that they are asked; those without a first sign-in get a mail with a link of their own."""
    people = list(users)
    notifications.notify(
        "dates_reminder" if again else "dates_asked", poll, [one for one in people if one.last_login], now=now
    )
    for user in people:
        if not user.last_login:
            _send_link(poll, user, now)


def _send_link(poll: DatePoll, user: User, now: dt.datetime) -> None:
    def title() -> str:
        nth = ordinal_text(poll.session.number)
        return _("When is your organisation free for the %(nth)s session?") % {"nth": nth}

    mail_link(
        user,
        view="sessions:dates-by-link",
        template="dates_link",
        title=title,
        context={"poll": poll},
        scope=SCOPE,
        about=(KIND, poll.public_id),
        expires_at=poll.closes_at,
        now=now,
    )


def find(token: str, *, now: dt.datetime) -> tuple[PersonalLink, DatePoll] | None:
    """The link and its search, while the link holds."""
    link = personal_links.find(token, scope=SCOPE, now=now)
    if link is None:
        return None
    poll = DatePoll.objects.select_related("session").filter(public_id=link.object_id).first()
    return (link, poll) if poll else None


def revoke(poll: DatePoll, *, now: dt.datetime) -> None:
    """Called when the search ends: its links lead nowhere any more."""
    personal_links.revoke(scope=SCOPE, about=(KIND, poll.public_id), now=now)
