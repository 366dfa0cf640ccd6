"""What the search for a date adds to the portal: notifications, and what waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _, pgettext

from core import waiting
from core.accounts import rights
from core.formatting.dates import ordinal_text
from sessions_app.date_polls import notifications
from sessions_app.date_polls.services import FIND
from sessions_app.enums import SessionState
from sessions_app.models import CandidateDate, DateAnswer, DatePoll
from sessions_app.responses.permissions import acting_positions

MOST_TASKS = 20  # the home page folds those of one kind


def searches(user: Any, now: dt.datetime) -> Iterator[waiting.Task]:
    """For who speaks for a member: searches unanswered. For animators: those that ended without a date. One query."""
    rows = DatePoll.objects.filter(session__state=SessionState.DRAFT).select_related("session")
    chosen = CandidateDate.objects.filter(poll__session=OuterRef("session"), chosen_at__isnull=False)
    later = DatePoll.objects.filter(session=OuterRef("session"), opened_at__gt=OuterRef("opened_at"))
    answered = DateAnswer.objects.filter(date__poll=OuterRef("pk")).values("organisation")
    unsettled = rows.exclude(Exists(chosen)).exclude(Exists(later)).annotate(answered=ArraySubquery(answered))
    found = list(unsettled.order_by("closes_at", "pk")[:MOST_TASKS])
    if not found:
        return
    places = {place.organisation_id for place in acting_positions(user)}
    for poll in found:
        if not poll.is_open(now) or places <= set(poll.answered):
            continue
        yield waiting.Task(
            title=_("Say when your organisation is free for the %(nth)s session")
            % {"nth": ordinal_text(poll.session.number)},
            note=poll.session.title,
            url=poll.get_absolute_url(),
            action=pgettext("request", "Answer"),
            icon="calendar-check",
            due=poll.closes_at,
        )
    if not rights.allows(user, FIND):
        return
    for poll in found:
        if not poll.is_open(now):
            yield waiting.Task(
                title=_("Keep a date for the %(nth)s session") % {"nth": ordinal_text(poll.session.number)},
                note=poll.session.title,
                url=poll.get_absolute_url(),
                action=_("Choose"),
                icon="calendar-blank",
                due=poll.closes_at,
            )


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    from sessions_app.date_polls import permissions  # noqa: F401  (registers)

    waiting.register(searches)
    notifications.register()
