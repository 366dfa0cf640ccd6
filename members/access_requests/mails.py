"""The mail that refuses; who is accepted gets an invitation."""

from __future__ import annotations

import datetime as dt

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy

from core.notifications import kinds, outbox
from core.space import current_space
from members.models import AccessRequest

KIND = kinds.name_mail("members.access_request", gettext_lazy("Answer to a request for access"))
LONGEST_SUBJECT = 200


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    label = gettext_lazy("Answer to a request for access")
    kinds.register(kinds.Kind(KIND, label, label, lambda values: reverse("home"), always=True))


def send_refusal(request: AccessRequest, *, now: dt.datetime) -> None:
    """In the language in which the request was written; to nobody the portal knows, so without a recipient's row."""
    with translation.override(request.language):
        title = _("Your request for access to %(space)s") % {"space": current_space().name}
        written = {
            "user": request,
            "request": request,
            "space": current_space(),
            "title": title,
            "language": request.language,
        }
        message = EmailMultiAlternatives(
            subject=title[:LONGEST_SUBJECT],
            body=render_to_string("emails/access_refused.txt", written),
            to=[request.email],
        )
        message.attach_alternative(render_to_string("emails/access_refused.html", written), "text/html")
    outbox.put(message, kind=KIND, now=now)
