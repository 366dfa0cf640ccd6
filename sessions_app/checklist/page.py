"""What the preparation tab shows, in a number of queries that does not grow."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.db.periods import today
from sessions_app.checklist.schedule import exact
from sessions_app.models import PreparationTask, Session, TemplateTask


@dataclass(frozen=True)
class Line:
    task: PreparationTask
    is_late: bool


@dataclass(frozen=True)
class Checklist:
    undone: list[Line]
    done: list[PreparationTask]
    is_dated: bool  # whether the day of the session is exact
    lacks_template: bool  # the template holds tasks that this session has not got

    @property
    def total(self) -> int:
        return len(self.undone) + len(self.done)

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.undone)


def checklist(session: Session, now: dt.datetime) -> Checklist:
    """Two queries: the tasks, and whether the template holds others."""
    tasks = list(PreparationTask.objects.filter(session=session).for_list())
    dealt = {task.template_id for task in tasks}
    template = set(TemplateTask.objects.values_list("pk", flat=True))
    day = today(now)
    return Checklist(
        undone=[Line(task, task.is_late(day)) for task in tasks if not task.is_done],
        done=[task for task in tasks if task.is_done],
        is_dated=exact(session.days) is not None,
        lacks_template=bool(template - dealt),
    )
