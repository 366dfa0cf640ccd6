"""The mail that invites."""

from __future__ import annotations

import datetime as dt

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy

from core.db.periods import today
from core.notifications import kinds, outbox
from core.partial_dates.text import full_day
from core.space import current_space
from members.models import Invitation

KIND = kinds.name_mail("members.invitation", gettext_lazy("Invitation to the portal"))
LONGEST_SUBJECT = 200


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    label = gettext_lazy("Invitation to the portal")
    kinds.register(kinds.Kind(KIND, label, label, lambda values: reverse("home"), always=True))


def send(invitation: Invitation, *, link: str, now: dt.datetime) -> None:
    """In the language of the person; the link is taken out of the kept mail once it is sent."""
    user = invitation.user
    with translation.override(user.language):
        title = _("You are invited to %(space)s") % {"space": current_space().name}
        written = {
            "user": user,
            "space": current_space(),
            "title": title,
            "link": link,
            "inviter": invitation.invited_by,
            "day": full_day(today(invitation.expires_at)),
            "positions": list(user.positions.running(now).select_related("organisation").order_by("role", "pk")),
            "language": user.language,
        }
        message = EmailMultiAlternatives(
            subject=title[:LONGEST_SUBJECT],
            body=render_to_string("emails/invitation.txt", written),
            to=[invitation.email],
        )
        message.attach_alternative(render_to_string("emails/invitation.html", written), "text/html")
    outbox.put(message, kind=KIND, about=("account", user.public_id), recipient=user, now=now)
