"""The personal link of an evaluation: for people who were there and cannot open the portal (any more).

Its use is not noted down: that somebody answered, and when, is nowhere written.
"""

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
from sessions_app.models import Evaluation

SCOPE = "sessions_app.evaluation"
KIND = "evaluation"


def send(evaluation: Evaluation, users: Iterable[User], *, now: dt.datetime) -> None:
    """Writes to each of `users` with a link of his or her own, in his or her language."""
    about = (KIND, evaluation.public_id)
    for user in users:
        token = personal_links.issue(user=user, scope=SCOPE, about=about, expires_at=evaluation.closes_at, now=now)
        with translation.override(user.language):
            nth = ordinal_text(evaluation.session.number)
            title = _("What you thought of the %(nth)s session") % {"nth": nth}
            context = {
                "user": user,
                "space": current_space(),
                "title": title,
                "evaluation": evaluation,
                "link": settings.BASE_URL + reverse("sessions:evaluate-by-link", args=[token]),
                "language": user.language,
            }
            body = render_to_string("emails/evaluation_link.txt", context)
            message = EmailMultiAlternatives(subject=title, body=body, to=[user.email])
            message.attach_alternative(render_to_string("emails/evaluation_link.html", context), "text/html")
        outbox.put(message, kind=SCOPE, about=about, recipient=user, now=now)


def find(token: str, *, now: dt.datetime) -> tuple[PersonalLink, Evaluation] | None:
    """The link and its evaluation, while the link holds."""
    link = personal_links.find(token, scope=SCOPE, now=now)
    if link is None:
        return None
    evaluation = Evaluation.objects.select_related("session").filter(public_id=link.object_id).first()
    return (link, evaluation) if evaluation else None


def disown(link: PersonalLink, *, now: dt.datetime) -> None:
    """ "This is not me": the links of this person to this evaluation lead nowhere any more."""
    personal_links.revoke(user=link.user, scope=SCOPE, about=(link.object_kind, link.object_id), now=now)


def revoke(evaluation: Evaluation, *, now: dt.datetime) -> None:
    """Called when the evaluation closes: its links lead nowhere any more."""
    personal_links.revoke(scope=SCOPE, about=(KIND, evaluation.public_id), now=now)
