"""A loop of the clock survives a row that cannot be read, goes on with the others, and tells the administrators."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

from core.notifications.each_row import KIND, each_row
from core.notifications.models import Notification
from core.search import indexing
from core.search.models import Passage, PendingChange
from core.search.tasks import index_pending
from governance.consultations import clock, services
from governance.consultations.services import Question
from governance.models import Consultation
from governance.tasks import run_due
from members.models import Organisation
from tests import factories
from tests.factories import moment
from tests.governance.stage import Stage, set_stage


@pytest.fixture
def stage(db: None) -> Stage:
    return set_stage()


def prepared(stage: Stage, **given: Any) -> Consultation:
    question = Question(title="Un essai", question="D’accord ?", **given)
    return services.prepare(by=stage.people["holder"], question=question, now=timezone.now())


def spoil(consultation: Consultation, **moments: str) -> None:
    """Writes what a form once let through: PostgreSQL keeps it, Python cannot hold it."""
    with connection.cursor() as cursor:
        for name, value in moments.items():
            cursor.execute(f"UPDATE governance_consultation SET {name} = %s WHERE id = %s", [value, consultation.pk])


def test_one_that_cannot_be_read_stops_no_other(stage: Stage, time_machine: Any) -> None:
    now = timezone.now()
    bad, good = (prepared(stage, opens_at=moment(1), closes_at=moment(5)) for _time in range(2))
    running = prepared(stage, closes_at=moment(1.5))
    services.open_by_hand(consultation=running, by=stage.people["holder"], now=now)
    spoil(bad, created_at="0001-01-01 00:00 BC")  # its own moments have bounds in the database
    time_machine.move_to(moment(2))
    run_due()
    good.refresh_from_db()
    running.refresh_from_db()
    assert (good.state, running.state) == ("open", "closed")
    told = Notification.objects.filter(kind=KIND)
    assert [(row.recipient, row.values["key"]) for row in told] == [(stage.people["administrator"], bad.pk)]
    title = told.get().title.replace("\u00a0", " ")
    assert title == (
        f"Le portail n’a pas pu faire ce qui était à faire pour une entrée (consultation, numéro {bad.pk}) : voyez le journal technique."
    )
    run_due()
    assert told.all().count() == 1, "once a day, not once a minute"
    time_machine.move_to(moment(3.1))
    run_due()
    assert told.all().count() == 2


def test_one_that_cannot_be_closed_or_reminded_of(stage: Stage, time_machine: Any) -> None:
    bad, good = (prepared(stage, closes_at=moment(3)) for _time in range(2))
    for consultation in (bad, good):
        services.open_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())
    spoil(bad, created_at="0001-01-01 00:00 BC")
    time_machine.move_to(moment(2))
    assert services.remind_before_closing(now=timezone.now()) == 6
    time_machine.move_to(moment(4))
    assert clock.turn(now=timezone.now()) == (0, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [ValueError, OverflowError, KeyError, AttributeError])
def test_goes_on_after_a_fault_of_one_row(fault: type[Exception]) -> None:
    def act(key: int) -> int:
        if key == 2:
            Organisation.objects.create(name="À moitié fait", slug="a-moitie")
            raise fault
        return key

    factories.UserFactory(administrator=True)
    assert each_row(Organisation, [1, 2, 3], act, now=timezone.now()) == [1, 3]
    assert not Organisation.objects.exists(), "what the row had written is taken back"
    assert Notification.objects.get().values == {"model": "members.Organisation", "key": 2}


@pytest.mark.django_db
def test_a_database_that_is_away_ends_the_run() -> None:
    def act(key: int) -> None:
        raise OperationalError

    with pytest.raises(OperationalError):
        each_row(Organisation, [1], act, now=timezone.now())


# Beat's sweeps over the portal's own rows: what they read nobody types.
SWEEPS = {
    "core.personal_data.tasks.purge",
    "core.file_texts.tasks.take_up",
    "core.tasks.canary",
    "core.notifications.tasks.requeue_stale_mail",
    "core.reports.tasks.requeue_stale_reports",
    "core.imports.tasks.requeue_stale_imports",
}


@pytest.mark.parametrize("task", sorted({entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} - SWEEPS))
def test_what_beat_calls_goes_through_rows_by_it(task: str) -> None:
    """The task, or a module whose function it calls."""
    module_name, _dot, name = task.rpartition(".")
    module = import_module(module_name)
    function = inspect.unwrap(getattr(module, name).run)
    called = [getattr(module, used, None) for used in function.__code__.co_names]
    sources = [inspect.getsource(function), *(inspect.getsource(used) for used in called if inspect.ismodule(used))]
    assert any("each_row(" in source for source in sources), task


def test_one_that_cannot_be_read_leaves_the_others_to_be_found(stage: Stage) -> None:
    bad, good = (prepared(stage) for _time in range(2))
    for consultation in (bad, good):
        services.open_by_hand(consultation=consultation, by=stage.people["holder"], now=timezone.now())
    indexing.index_pending()
    spoil(bad, created_at="0001-01-01 00:00 BC")
    Consultation.objects.filter(pk=good.pk).update(title="Un autre titre")
    index_pending()
    found = Passage.objects.filter(kind="consultation").values_list("object_id", "title")
    assert list(found) == [(good.pk, "Un autre titre")]
    assert not PendingChange.objects.exists()
    told = Notification.objects.filter(kind=KIND)
    assert [row.values for row in told] == [{"model": "governance.Consultation", "key": bad.pk}]
