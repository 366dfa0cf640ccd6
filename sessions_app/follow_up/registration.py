"""What decisions and actions add to the list of what waits for a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _, pgettext

from core import waiting
from core.partial_dates import display
from members.backends import positions_of
from members.enums import ACTING_ROLES
from sessions_app.enums import ReminderStage
from sessions_app.follow_up.reminders import coming_due, shortened, stage_of

MOST_TASKS = 20  # the home page folds those of one kind


def actions_due(user: Any, now: dt.datetime) -> Iterator[waiting.Task]:
    """For who answers for an action: those due within a week, or overdue."""
    mine = [position.organisation_id for position in positions_of(user) if position.role in ACTING_ROLES]
    for action in coming_due(now).filter(Q(responsible__in=mine) | Q(person=user))[:MOST_TASKS]:
        due = {"date": display(action.due)}
        late = stage_of(action, now) == ReminderStage.LATE
        yield waiting.Task(
            title=f"{action.reference} – {shortened(action.text)}",
            note=_("Overdue: due %(date)s") % due if late else _("Due: %(date)s") % due,
            url=f"{action.session.get_absolute_url()}#decisions",
            action=pgettext("action", "Say where it stands"),
            icon="check-circle",
            due=waiting.end_of(action.due.upper - dt.timedelta(days=1)),
        )


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    waiting.register(actions_due)
