"""A personal link by mail, for people who cannot open the portal: never signed in, or without a position today."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from core.accounts import personal_links
from core.accounts.models import User
from core.notifications import outbox
from core.space import current_space

LONGEST_SUBJECT = 200


def mail_link(
    user: User,
    *,
    view: str,
    template: str,
    title: Callable[[], str],
    context: Mapping[str, Any],
    scope: str,
    about: tuple[str, uuid.UUID],
    expires_at: dt.datetime,
    now: dt.datetime,
) -> None:
    """Issues a link to `view`, whose one argument is the token, and writes `emails/<template>` in the language of `user`.

    `title` is called in that language; the template gets it beside `context`, with `user`, `space`, `link`, `language`.
    """
    token = personal_links.issue(user=user, scope=scope, about=about, expires_at=expires_at, now=now)
    with translation.override(user.language):
        written = {
            **context,
            "user": user,
            "space": current_space(),
            "title": title(),
            "link": settings.BASE_URL + reverse(view, args=[token]),
            "language": user.language,
        }
        message = EmailMultiAlternatives(
            subject=written["title"][:LONGEST_SUBJECT],
            body=render_to_string(f"emails/{template}.txt", written),
            to=[user.email],
        )
        message.attach_alternative(render_to_string(f"emails/{template}.html", written), "text/html")
    outbox.put(message, kind=scope, about=about, recipient=user, now=now)
