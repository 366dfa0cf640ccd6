"""The mails of a request: to confirm the address, and the answer; what administrators are told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy

from core.notifications import kinds, outbox
from core.personal_data.models import Right, RightsRequest
from core.space import current_space

ARRIVED, MAIL = "personal_data.request_arrived", "personal_data.request"
LONGEST_SUBJECT = 200


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    label = gettext_lazy("Request about personal data")
    kinds.register(kinds.Kind(MAIL, label, label, lambda values: reverse("privacy"), always=True))
    kinds.register(
        kinds.Kind(
            ARRIVED,
            gettext_lazy("A request about personal data has arrived"),
            gettext_lazy("A request about personal data has arrived: %(right)s. It is to be answered within a month."),
            lambda values: reverse("personal_data:request-answer", args=[values["id"]]),
            prepare=lambda values: {**values, "right": Right(values["right"]).label},
            always=True,
        )
    )


def send_confirmation(request: RightsRequest, *, token: str, now: dt.datetime) -> None:
    link = settings.BASE_URL + reverse("personal_data:request-confirm", args=[token])
    with translation.override(request.language):
        _send(request, "rights_confirm", _("Confirm your request about your data"), {"link": link}, now=now)


def send_answer(request: RightsRequest, *, now: dt.datetime) -> None:
    with translation.override(request.language):
        title = _("Your request about your data: the answer of %(space)s") % {"space": current_space().name}
        _send(request, "rights_answer", title, {}, now=now)


def _send(request: RightsRequest, template: str, title: str, context: dict[str, Any], *, now: dt.datetime) -> None:
    """To the address of the request, whomever the portal knows under it: without a recipient's row."""
    written = {
        **context,
        "user": None,
        "request": request,
        "space": current_space(),
        "title": title,
        "language": request.language,
    }
    message = EmailMultiAlternatives(
        subject=title[:LONGEST_SUBJECT], body=render_to_string(f"emails/{template}.txt", written), to=[request.email]
    )
    message.attach_alternative(render_to_string(f"emails/{template}.html", written), "text/html")
    outbox.put(message, kind=MAIL, about=("rights-request", request.public_id), now=now)
