"""Actions recalled to those who answer for them: a week ahead and once late, each once for each due date."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.utils import translation

from core import partial_dates, waiting
from core.notifications.models import Notification
from members.models import Organisation
from sessions_app.enums import FollowUp
from sessions_app.follow_up import reminders
from sessions_app.models import ActionReminder
from sessions_app.tasks import remind_of_actions
from tests import factories

pytestmark = pytest.mark.django_db

DUE = dt.date(2026, 3, 20)
OPEN_SINCE = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@pytest.fixture
def action(people):
    """The member's organisation answers for it."""
    return factories.ActionItemFactory(
        session=factories.SessionFactory(number=22),
        responsible=Organisation.objects.get(positions__user=people.member),
        text="Écrire la fiche",
        due=partial_dates.day(DUE),
        released_at=OPEN_SINCE,
    )


def at(day: dt.date, hour: int = 9) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC)


def told() -> list[tuple[str, str]]:
    rows = Notification.objects.order_by("pk").values_list("kind", "recipient__email")
    return [(kind.removeprefix("sessions_app.action_"), email.partition("@")[0]) for kind, email in rows]


def test_a_week_before_and_once_it_is_late(action, people):
    assert reminders.remind(now=at(DUE - dt.timedelta(days=8))) == 0
    assert reminders.remind(now=at(DUE - dt.timedelta(days=7))) == 1
    assert reminders.remind(now=at(DUE)) == 0  # told already
    assert reminders.remind(now=at(DUE + dt.timedelta(days=1))) == 1
    assert reminders.remind(now=at(DUE + dt.timedelta(days=9))) == 0
    assert told() == [("soon", "member"), ("late", "member")]
    first, second = Notification.objects.order_by("pk")
    with translation.override("en"):
        assert first.title == "Action A-22-01 is due 20 March 2026: Écrire la fiche"
        assert second.title == "Action A-22-01 is overdue, it was due 20 March 2026: Écrire la fiche"
    assert first.url == "/sessions/22/#decisions"


def test_midnight_is_that_of_paris(action):
    """At 23:30 UTC of the last day it is the next day in Paris."""
    reminders.remind(now=dt.datetime(2026, 3, 20, 22, 30, tzinfo=dt.UTC))
    reminders.remind(now=dt.datetime(2026, 3, 20, 23, 30, tzinfo=dt.UTC))
    assert [kind for kind, _to in told()] == ["soon", "late"]


def test_a_month_is_late_once_it_is_over(action):
    action.due = partial_dates.month(2026, 3)
    action.save()
    assert reminders.remind(now=at(dt.date(2026, 3, 23))) == 0
    assert reminders.remind(now=at(dt.date(2026, 3, 31))) == 1
    assert reminders.remind(now=at(dt.date(2026, 4, 1))) == 1


def test_another_due_date_is_recalled_anew(action):
    reminders.remind(now=at(DUE))
    action.due = partial_dates.day(DUE + dt.timedelta(days=30))
    action.save()
    assert reminders.remind(now=at(DUE)) == 0
    assert reminders.remind(now=at(DUE + dt.timedelta(days=25))) == 1
    assert ActionReminder.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [{"status": FollowUp.DONE}, {"status": FollowUp.DROPPED}, {"due": None}, {"released_at": None}],
    ids=["done", "dropped", "no date", "not out"],
)
def test_what_nobody_waits_for_is_not_recalled(action, change):
    type(action).objects.update(**change)
    assert reminders.remind(now=at(DUE + dt.timedelta(days=3))) == 0
    assert told() == []


def test_the_person_named_is_told_and_nobody_twice(action, people):
    action.person = people.funder
    action.save()
    reminders.remind(now=at(DUE))
    assert sorted(told()) == [("soon", "funder"), ("soon", "member")]
    action.person, action.due = people.member, partial_dates.day(DUE + dt.timedelta(days=1))
    action.save()
    Notification.objects.all().delete()
    reminders.remind(now=at(DUE))
    assert told() == [("soon", "member")]


def test_it_waits_at_home_for_who_answers_for_it(action, people):
    def titles(user, now):
        return [task.title for task in waiting.tasks(user, now) if task.title.startswith("A-22")]

    assert titles(people.member, at(DUE)) == ["A-22-01 – Écrire la fiche"]
    assert titles(people.funder, at(DUE)) == []
    assert titles(people.outsider, at(DUE)) == []
    assert titles(people.member, at(DUE - dt.timedelta(days=8))) == []


def test_the_clock_calls_it_once_a_day(action):
    entry = settings.CELERY_BEAT_SCHEDULE["actions-remind"]
    assert entry["task"] == remind_of_actions.name
    type(action).objects.update(due=partial_dates.day(dt.date(2020, 1, 1)))
    remind_of_actions()
    remind_of_actions()
    assert [kind for kind, _to in told()] == ["late"]
