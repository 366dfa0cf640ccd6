"""Recalling actions to those who answer for them: a week before the last day, and once it is past."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from core.accounts.models import User
from core.db.periods import today
from core.notifications.each_row import each_row
from core.partial_dates.values import as_json, last_day
from members.people import acting_people
from sessions_app.enums import ReminderStage
from sessions_app.models import ActionItem, ActionReminder
from sessions_app.notifications import notify

if TYPE_CHECKING:
    from django.db.models import QuerySet

AHEAD = dt.timedelta(days=7)
LONGEST_TEXT = 160  # of an action, in a line that recalls it


def coming_due(now: dt.datetime) -> QuerySet[ActionItem]:
    """Actions the members know of, still under way, whose last day is within a week or past; the most pressing first."""
    rows = ActionItem.objects.visible(drafts=False).open().due_by(today(now) + AHEAD)
    return rows.select_related("session", "responsible", "person").order_by("due__endswith", "pk")


def stage_of(action: ActionItem, now: dt.datetime) -> ReminderStage:
    return ReminderStage.LATE if last_day(action.due) < today(now) else ReminderStage.SOON


def remind(*, now: dt.datetime) -> int:
    """Tells of each stage of each due date once, however often it is called; how many actions were recalled.

    An action that was late before anybody was reminded is told as late only.
    """
    due = coming_due(now).values_list("pk", flat=True)
    return sum(each_row(ActionItem, due, lambda key: _remind(key, now), now=now))


@transaction.atomic
def _remind(key: int, now: dt.datetime) -> bool:
    """Reads the action again under a lock: it may have been done, or put off, while others were told."""
    rows = ActionItem.objects.visible(drafts=False).open().due_by(today(now) + AHEAD)
    action = rows.select_for_update(of=("self",)).select_related("session").filter(pk=key).first()
    if action is None:
        return False
    stage = stage_of(action, now)
    if ActionReminder.objects.filter(action=action, stage=stage, due=action.due).exists():
        return False
    ActionReminder(action=action, stage=stage, due=action.due, sent_at=now).save(force_insert=True)
    notify(
        f"action_{stage}",
        action.session,
        now=now,
        users=answering_people(action, now),
        reference=action.reference,
        text=shortened(action.text),
        due=as_json(action.due),
    )
    return True


def answering_people(action: ActionItem, now: dt.datetime) -> QuerySet[User]:
    """The person named, and those who act today for the responsible organisation."""
    acting = acting_people([action.responsible_id] if action.responsible_id else [], now)
    return User.objects.filter(Q(pk__in=acting.values("pk")) | Q(pk=action.person_id), is_active=True)


def shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1].rstrip() + "…"
