"""The personal link of an evaluation: for people who were there and cannot open the portal (any more).

Its use is not noted down: that somebody answered, and when, is nowhere written.
"""

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
from sessions_app.models import Evaluation

SCOPE = "sessions_app.evaluation"
KIND = kinds.name_mail("evaluation", gettext_lazy("Link to an evaluation"))


def send(evaluation: Evaluation, users: Iterable[User], *, now: dt.datetime) -> None:
    """Writes to each of `users` with a link of his or her own."""

    def title() -> str:
        return _("What you thought of the %(nth)s session") % {"nth": ordinal_text(evaluation.session.number)}

    for user in users:
        mail_link(
            user,
            view="sessions:evaluate-by-link",
            template="evaluation_link",
            title=title,
            context={"evaluation": evaluation},
            scope=SCOPE,
            about=(KIND, evaluation.public_id),
            expires_at=evaluation.closes_at,
            now=now,
        )


def find(token: str, *, now: dt.datetime) -> tuple[PersonalLink, Evaluation] | None:
    """The link and its evaluation, while the link holds."""
    link = personal_links.find(token, scope=SCOPE, now=now)
    if link is None:
        return None
    evaluation = Evaluation.objects.select_related("session").filter(public_id=link.object_id).first()
    return (link, evaluation) if evaluation else None


def revoke(evaluation: Evaluation, *, now: dt.datetime) -> None:
    """Called when the evaluation closes: its links lead nowhere any more."""
    personal_links.revoke(scope=SCOPE, about=(KIND, evaluation.public_id), now=now)
