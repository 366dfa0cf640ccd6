"""Asking people for the position of their organisation: a notification, or a personal link for who never signed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _, gettext_lazy

from core.accounts import personal_links
from core.accounts.models import User
from core.notifications import kinds
from core.notifications.link_mail import mail_link
from governance.models import Consultation
from governance.notifications import notify_of_consultation

SCOPE = "governance.ballot"
KIND = kinds.name_mail("consultation", gettext_lazy("Link to a consultation"))


def ask(kind: str, consultation: Consultation, users: Iterable[User], *, now: dt.datetime) -> None:
    """Tells `users` by `governance.<kind>`; those without a first sign-in get a mail with a link of their own."""
    people = list(users)
    signed_in = [user for user in people if user.last_login]
    notify_of_consultation(kind, consultation, signed_in, now=now)
    for user in people:
        if not user.last_login:
            _send_link(consultation, user, now)


def _send_link(consultation: Consultation, user: User, now: dt.datetime) -> None:
    def title() -> str:
        return _("Your organisation is asked for its position: “%(title)s”.") % {"title": consultation.title}

    mail_link(
        user,
        view="governance:ballot-by-link",
        template="consultation_link",
        title=title,
        context={"consultation": consultation},
        scope=SCOPE,
        about=(KIND, consultation.public_id),
        expires_at=consultation.closes_at,
        now=now,
    )


def revoke(consultation: Consultation, *, now: dt.datetime) -> None:
    """Called when the consultation ends: its links lead nowhere any more."""
    personal_links.revoke(scope=SCOPE, about=(KIND, consultation.public_id), now=now)
