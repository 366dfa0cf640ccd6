"""What the clock reminds people of: updates to ask for, money to pay, reports and updates that are late.

Each thing once: a `Reminder` row is written in the same transaction as what it says was sent.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from core.db.periods import today
from core.notifications.each_row import each_row
from funding.follow_up import contacts, services
from funding.models import FinancialReport, Instalment, Reminder, Update, UpdatePlan
from funding.notifications import notify_funder, notify_keepers

PAY_BEFORE = dt.timedelta(days=15)
LATE_AFTER = dt.timedelta(days=7)
FORGET_AFTER = dt.timedelta(days=90)  # what is older when the portal hears of it was dealt with elsewhere
MOST = 500  # of one kind in one run; the next run goes on


def remind(now: dt.datetime) -> int:
    """Everything that is to be said on this day; how many reminders went out."""
    day = today(now)
    return (
        ask_for_updates(now)
        + _each("instalment_due", _instalments(day), lambda row: notify_funder("instalment_due", row, now=now), now)
        + _each("report_late", _reports(day), lambda row: notify_funder("report_late", row, now=now), now)
        + _each("update_late", _updates(day), lambda row: _late(row, now), now)
    )


def ask_for_updates(now: dt.datetime) -> int:
    near = UpdatePlan.objects.filter(next_on__lte=today(now) + services.ASK_BEFORE, initiative__draft_of=None)
    near = near.filter(Q(until=None) | Q(until__gte=F("next_on")))
    keys = near.order_by("next_on", "pk").values_list("pk", flat=True)[:MOST]
    return sum(each_row(UpdatePlan, keys, lambda key: _ask(key, now), now=now))


def _ask(key: int, now: dt.datetime) -> bool:
    update = services.ask(plan=UpdatePlan.objects.get(pk=key), now=now)
    if update is None:
        return False
    contacts.ask_all(update=update, now=now)
    return True


def _late(update: Update, now: dt.datetime) -> None:
    """The keeper hears of it; who was to write is asked once more."""
    notify_keepers("update_late", update, now=now)
    contacts.ask_all(update=update, now=now)


def _instalments(day: dt.date) -> QuerySet:
    return Instalment.objects.to_pay(until=day + PAY_BEFORE).filter(due_on__gte=day - FORGET_AFTER)


def _reports(day: dt.date) -> QuerySet:
    return FinancialReport.objects.late(today=day - LATE_AFTER).filter(due_on__gte=day - FORGET_AFTER)


def _updates(day: dt.date) -> QuerySet:
    return Update.objects.awaited().filter(due_on__lt=day - LATE_AFTER, due_on__gte=day - FORGET_AFTER)


def _each(kind: str, rows: QuerySet, send: Callable[[Model], None], now: dt.datetime) -> int:
    """Calls `send` for each of `rows` nobody was reminded of, each in a transaction of its own with its trace."""
    told = Reminder.objects.filter(kind=kind, object_id=OuterRef("public_id"))

    def remind_of(key: int) -> bool:
        row = rows.get(pk=key)
        is_first = _first(kind, row.public_id, now)
        if is_first:
            send(row)
        return is_first

    keys = rows.filter(~Exists(told)).values_list("pk", flat=True)[:MOST]
    return sum(each_row(rows.model, keys, remind_of, now=now))


def _first(kind: str, object_id: uuid.UUID, now: dt.datetime) -> bool:
    """Whether this is the first reminder; two clocks at once make one."""
    _row, made = Reminder.objects.get_or_create(kind=kind, object_id=object_id, defaults={"sent_at": now})
    return made
