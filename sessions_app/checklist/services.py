"""Writes of the tasks around a session: dealt out from the template, moved with the session, done, reminded of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.accounts import rights
from core.accounts.models import User
from core.db.periods import today
from core.notifications import services as notifications
from core.notifications.each_row import each_row
from core.partial_dates.values import as_json
from members.people import acting_people
from sessions_app.animation import animating
from sessions_app.checklist.enums import Doing
from sessions_app.checklist.schedule import due_on, exact, offset_of
from sessions_app.models import PreparationTask, Session, TemplateTask
from sessions_app.models.checklist import FARTHEST
from sessions_app.notifications import begins_soon
from sessions_app.sessions.locks import hold

if TYPE_CHECKING:
    from core.partial_dates import PartialDate

PREPARE = "sessions_app.prepare_session"
ASSIGNED, DUE, OVERDUE = "sessions_app.task_assigned", "sessions_app.task_due", "sessions_app.task_overdue"
MOST_TASKS = 60  # of one session
MORNING = 7  # nobody is reminded before that hour


def helpers(now: dt.datetime) -> QuerySet[User]:
    """Who can be in charge of a task: the people who act today for the organisation that animates."""
    organisation = animating(now)
    return acting_people([organisation] if organisation else [], now)


def follow(session: Session, *, before: PartialDate | None, now: dt.datetime) -> None:
    """Called in the transaction that wrote `session`, whose days were `before`: tasks come and move with its day.

    A session that gets an exact day ahead of today gets the tasks of the template. Undone tasks keep their distance
    to the day; where the session is known less precisely again, they wait without a date.
    """
    days = exact(session.days)
    if days is not None and exact(before) is None and session.is_ahead and days.lower >= today(now):
        _deal(session, now)
    if days == exact(before):
        return
    undone = PreparationTask.objects.filter(session=session, done_at=None, offset__isnull=False)
    for task in undone.select_for_update().order_by("pk"):
        due = due_on(days, task.offset)
        if due == task.due:  # the last day alone has moved, or the first
            continue
        task.due, task.reminded_at = due, None
        task.full_clean()
        task.save()


def _deal(session: Session, now: dt.datetime) -> int:
    """Adds what the template holds and the session lacks."""
    days = exact(session.days)
    has = PreparationTask.objects.filter(session=session, template__isnull=False).values("template")
    missing = list(TemplateTask.objects.exclude(pk__in=has))
    for line in missing:
        task = PreparationTask(
            session=session,
            template=line,
            title=line.title,
            ticked_by=line.ticked_by,
            offset=line.offset,
            due=due_on(days, line.offset),
            note=line.note,
        )
        task.full_clean()
        task.save(force_insert=True)
    return len(missing)


@transaction.atomic
def take_template(*, session: Session, by: User, now: dt.datetime) -> int:
    """Deals out what the template holds and the session lacks; how many tasks were added. Sent twice it adds once."""
    session = _lock(session, by)
    return _deal(session, now)


@transaction.atomic
def add(
    *,
    session: Session,
    by: User,
    title: str,
    now: dt.datetime,
    due: dt.date | None = None,
    assignee: User | None = None,
    note: str = "",
) -> PreparationTask:
    """A task of one's own. Raises `ValidationError` with the field that is wrong, `PermissionRefused`."""
    session = _lock(session, by)
    if PreparationTask.objects.filter(session=session).count() >= MOST_TASKS:
        raise ValidationError(_("A session holds at most %(most)s tasks.") % {"most": MOST_TASKS}, code="most")
    task = PreparationTask(session=session)
    _write(task, title=title, due=due, assignee=assignee, note=note, now=now)
    task.save(force_insert=True)
    _tell_assignee(task, by=by, now=now)
    return task


@transaction.atomic
def change(
    *,
    task: PreparationTask,
    by: User,
    title: str,
    now: dt.datetime,
    due: dt.date | None,
    assignee: User | None,
    note: str,
) -> PreparationTask:
    """Raises as `add` does, and `PreparationTask.DoesNotExist` where somebody removed it meanwhile."""
    session = _lock(task.session, by)
    task = PreparationTask.objects.select_for_update().get(pk=task.pk)
    task.session = session
    was = task.assignee_id
    _write(task, title=title, due=due, assignee=assignee, note=note, now=now)
    task.save()
    if task.assignee_id != was:
        _tell_assignee(task, by=by, now=now)
    return task


def _write(
    task: PreparationTask, *, title: str, due: dt.date | None, assignee: User | None, note: str, now: dt.datetime
) -> None:
    if due != task.due:
        offset = offset_of(exact(task.session.days), due)
        if offset is not None and abs(offset) > FARTHEST:
            raise ValidationError({"due": _("A task is due within a year of its session.")}, code="far")
        task.due, task.offset, task.reminded_at = due, offset, None
    if assignee is not None and assignee.pk != task.assignee_id and not helpers(now).filter(pk=assignee.pk).exists():
        raise ValidationError({"assignee": _("This person is not one of those who animate.")}, code="assignee")
    task.title, task.assignee, task.note = title.strip(), assignee, note.strip()
    task.full_clean()


@transaction.atomic
def set_done(*, task: PreparationTask, by: User, done: bool, now: dt.datetime) -> PreparationTask:
    """Ticks a task off, or takes that back. Who did it first stays: ticked twice it is done once."""
    session = _lock(task.session, by)
    task = PreparationTask.objects.select_for_update().get(pk=task.pk)
    if task.is_done == done:
        return task
    task.done_at, task.done_by = (now, by) if done else (None, None)
    if not done and task.offset is not None:  # the session may have moved meanwhile
        due = due_on(exact(session.days), task.offset)
        if due != task.due:
            task.due, task.reminded_at = due, None
    task.full_clean()
    task.save()
    return task


def done_by_doing(session: Session, doing: Doing, *, by: User, now: dt.datetime) -> None:
    """Called in the transaction of the act: the undone tasks that stand for it are ticked off."""
    tasks = PreparationTask.objects.select_for_update().filter(session=session, ticked_by=doing, done_at=None)
    for task in tasks.order_by("pk"):
        task.done_at, task.done_by = now, by
        task.full_clean()
        task.save()


@transaction.atomic
def remove(*, task: PreparationTask, by: User) -> None:
    """Sent twice it removes once."""
    _lock(task.session, by)
    PreparationTask.objects.filter(pk=task.pk).delete()


@transaction.atomic
def save_template(*, lines: Iterable[TemplateTask], removed: Iterable[TemplateTask], by: User) -> None:
    """The template as its form left it. Sessions keep the tasks they have got."""
    rights.check_for_writing(by, PREPARE)
    for line in removed:
        line.delete()
    for line in lines:
        line.full_clean()
        line.save()


def remind_due(*, now: dt.datetime) -> int:
    """Reminds of every undone task whose day has come, in the morning and once; how many. Each task by itself."""
    if timezone.localtime(now).hour < MORNING:
        return 0
    due = PreparationTask.objects.to_be_done().filter(due__lte=today(now), reminded_at=None)
    keys = due.order_by("pk").values_list("pk", flat=True)
    return sum(each_row(PreparationTask, keys, lambda key: _remind(key, now), now=now))


@transaction.atomic
def _remind(key: int, now: dt.datetime) -> bool:
    tasks = PreparationTask.objects.to_be_done().select_for_update(of=("self",), skip_locked=True)
    task = tasks.select_related("session").filter(pk=key, reminded_at=None, due__lte=today(now)).first()
    if task is None:
        return False
    people = helpers(now)
    in_charge = people.filter(pk=task.assignee_id)
    told = in_charge if in_charge.exists() else people
    is_late = task.is_late(today(now))
    _tell(OVERDUE if is_late else DUE, task, told, now=now, due=task.due.isoformat())
    task.reminded_at = now
    task.save()
    return True


def _tell_assignee(task: PreparationTask, *, by: User, now: dt.datetime) -> None:
    if task.assignee is not None and task.assignee != by:
        _tell(ASSIGNED, task, [task.assignee], now=now)


def _tell(kind: str, task: PreparationTask, users: Iterable[User], *, now: dt.datetime, **more: str) -> None:
    session = task.session
    values = {"number": session.number, "date": as_json(session.days), "task": task.title, **more}
    about = ("session", session.public_id)
    notifications.notify(
        kind=kind, users=users, values=values, now=now, about=about, cannot_wait=begins_soon(session, now)
    )


def _lock(session: Session, by: User) -> Session:
    """The session as it stands now; what is done to its tasks happens one after the other."""
    rights.check_for_writing(by, PREPARE, session)
    return hold(session)
