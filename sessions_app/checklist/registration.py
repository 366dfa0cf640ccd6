"""What the tasks around sessions add to the portal: notifications, and what waits for the animators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from core import waiting
from core.accounts import rights
from core.db.periods import today
from core.formatting.dates import ordinal_text
from core.notifications import kinds
from core.partial_dates.text import full_day
from sessions_app.checklist.services import ASSIGNED, DUE, OVERDUE, PREPARE
from sessions_app.models import PreparationTask

MOST_TASKS = 20  # the home page folds those of one kind
AHEAD = dt.timedelta(days=3)  # what falls due so soon waits already


def tasks_due(user: Any, now: dt.datetime) -> Iterator[waiting.Task]:
    """For animators: tasks that are late or fall due within three days, their own and those nobody has taken."""
    if not rights.allows(user, PREPARE):
        return
    day = today(now)
    mine = Q(assignee=user) | Q(assignee=None)
    found = PreparationTask.objects.to_be_done().filter(Q(due__lt=day) | Q(due__lte=day + AHEAD) & mine)
    for task in found.select_related("session", "assignee").order_by("due", "pk")[:MOST_TASKS]:
        values = {
            "nth": ordinal_text(task.session.number),
            "date": full_day(task.due),
            "name": task.assignee.get_full_name() if task.assignee else "",
        }
        note = _("%(nth)s session, late since %(date)s") if task.is_late(day) else _("%(nth)s session, due %(date)s")
        yield waiting.Task(
            title=task.title,
            note=(note + " (%(name)s)" if task.assignee else note) % values,
            url=reverse("sessions:checklist", args=[task.session.number]) + f"#t{task.pk}",
            action=_("Open"),
            icon="list-checks",
            due=timezone.make_aware(dt.datetime.combine(task.due, dt.time.max)),
        )


def _in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    due = full_day(dt.date.fromisoformat(values["due"])) if "due" in values else ""
    return {**values, "nth": ordinal_text(values["number"]), "due": due}


def _to_checklist(values: Mapping[str, Any]) -> str:
    return reverse("sessions:checklist", args=[values["number"]])


KINDS = (
    (
        ASSIGNED,
        gettext_lazy("Task entrusted to you"),
        gettext_lazy("A task of the %(nth)s session is entrusted to you: %(task)s"),
    ),
    (
        DUE,
        gettext_lazy("Task that falls due"),
        gettext_lazy("A task of the %(nth)s session falls due: %(task)s"),
    ),
    (
        OVERDUE,
        gettext_lazy("Task overdue"),
        gettext_lazy("A task of the %(nth)s session is overdue since %(due)s: %(task)s"),
    ),
)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    waiting.register(tasks_due)
    for name, label, text in KINDS:
        kinds.register(kinds.Kind(name, label=label, text=text, address=_to_checklist, prepare=_in_words))
