"""A real worker, killed, starved, asked twice: one file, one row, whatever happens."""

from __future__ import annotations

import datetime as dt
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from core import queue
from core.reports import errors, files, jobs, services, tasks
from core.reports.enums import ReportState
from core.reports.models import Report
from portal.celery import app
from portal.environment import celery_broker
from sessions_app.models import MinutesEntry, MinutesVersion
from tests import factories
from tests.core.reports.conftest import NOW, ask
from tests.support.broker import Broker
from tests.support.people import People
from tests.support.worker import Worker, empty_queues, wait_for

pytestmark = pytest.mark.django_db(transaction=True)
Start = Callable[..., Worker]
SignedIn = Callable[[Any], Client]
PARAGRAPH = "<p>" + "Les membres débattent longuement du financement de l’ingénierie d’amont. " * 12 + "</p>"


def long_version(people: People, items: int) -> MinutesVersion:
    """Minutes whose report keeps a worker busy for some seconds."""
    session = factories.SessionFactory(number=21, items=items)
    factories.MinutesFactory(session=session, entries=PARAGRAPH * 6)
    assert MinutesEntry.objects.count() == items
    return factories.MinutesVersionFactory(
        session=session, author=people.animator, organisation=people.animating, published_at=NOW
    )


def state_of(report: Report) -> str:
    report.refresh_from_db()
    return report.state


def wait_for_end(report: Report, seconds: float = 60) -> Report:
    wait_for(lambda: state_of(report) not in ("queued", "running"), seconds=seconds, what=lambda: f"{report.state}")
    return report


def wait_until_held(report: Report) -> None:
    wait_for(lambda: state_of(report) == ReportState.RUNNING, what=lambda: report.state)


def files_made() -> list[str]:
    folder = files.absolute_path(files.FOLDER)
    return sorted(path.name for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def sweep(*, later: dt.timedelta) -> list[Report]:
    """What beat does, at a later moment."""
    taken = jobs.requeue_stale(now=timezone.now() + later)
    for report in taken:
        services.send_to_worker(report.pk, report.queue)
    return taken


@pytest.fixture(autouse=True)
def no_files_yet() -> None:
    """Workers keep their files where the tests do: what earlier tests made is removed."""
    for name in files_made():
        next(files.absolute_path(files.FOLDER).rglob(name)).unlink()


def test_from_request_to_file(worker: Worker, version: MinutesVersion, people: People) -> None:
    report = wait_for_end(ask(version, people.member))

    assert report.state == ReportState.DONE, worker.log.read_text()
    assert files.sha256(files.absolute_path(report.file).read_bytes()) == report.file_sha256


def test_a_message_delivered_twice(worker: Worker, version: MinutesVersion, people: People) -> None:
    report = ask(version, people.member)
    services.send_to_worker(report.pk, report.queue)
    wait_for_end(report)
    written = files.absolute_path(report.file).stat().st_mtime_ns
    tasks.render_report.apply_async(kwargs={"report_id": report.pk}, queue=report.queue)
    later = factories.MinutesVersionFactory(
        session=version.session, author=people.animator, organisation=people.animating
    )
    other = wait_for_end(ask(later, people.animator))

    assert other.state == ReportState.DONE  # the queue is in order: the second message has passed
    report.refresh_from_db()
    assert (report.state, report.attempt) == (ReportState.DONE, 1)
    assert files.absolute_path(report.file).stat().st_mtime_ns == written


def test_a_worker_killed_while_it_holds_the_lease(start_worker: Start, people: People, space: None) -> None:
    """SIGKILL to the worker and its child: the next worker makes the same row's one file, as attempt 2."""
    report = ask(long_version(people, items=30), people.member)
    first = start_worker()
    wait_until_held(report)
    first.kill()
    empty_queues()  # not even the broker remembers
    assert state_of(report) == ReportState.RUNNING

    assert [taken.pk for taken in sweep(later=dt.timedelta(minutes=1))] == [report.pk]
    start_worker()
    wait_for_end(report)

    assert (report.state, report.attempt) == (ReportState.DONE, 2)
    assert Report.objects.count() == 1
    assert files_made() == [f"{report.public_id}.pdf"]


def test_an_emptied_broker(start_worker: Start, version: MinutesVersion, people: People) -> None:
    """The message is gone, the row is not: the sweep hands it over again."""
    report = ask(version, people.member)
    assert state_of(report) == ReportState.QUEUED
    assert report.queued_at is not None
    empty_queues()

    start_worker()
    assert sweep(later=dt.timedelta(minutes=3)) == [report]
    wait_for_end(report)
    assert (report.state, report.attempt) == (ReportState.DONE, 1)


def test_a_broker_that_dies_and_comes_back(
    broker: Broker, version: MinutesVersion, people: People, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request succeeds while Redis is dead, the job waits; with Redis back, empty, the same worker does it."""
    broker.start()
    monkeypatch.setattr(app.conf, "broker_url", celery_broker(broker.url))
    worker = Worker(REDIS_URL=broker.url)
    try:
        wait_for(lambda: " ready." in worker.log.read_text(), seconds=120, what=worker.log.read_text)
        broker.kill()
        client, asked = signed_in(people.member), time.monotonic()
        response = client.post(f"/sessions/{version.session.number}/rapport/")
        assert (response.status_code, time.monotonic() - asked < 2) == (302, True)
        report = Report.objects.get()
        assert (report.state, report.queued_at) == (ReportState.QUEUED, None)
        assert client.get(f"/sessions/{version.session.number}/rapport/").status_code == 200

        broker.start()
        queue.forget_silence()
        assert sweep(later=dt.timedelta(seconds=6)) == [report]
        wait_for_end(report)
    finally:
        worker.kill()
    assert (report.state, report.attempt) == (ReportState.DONE, 1), worker.log.read_text()


@pytest.mark.long
def test_a_child_killed_alone(start_worker: Start, people: People, space: None) -> None:
    """The worker's main process lives and delivers the message again while the dead child's lease still runs."""
    report = ask(long_version(people, items=30), people.member)
    started = start_worker()
    wait_until_held(report)
    _kill_children(started.process.pid)

    sweep(later=dt.timedelta(minutes=1))
    wait_for_end(report)
    assert started.process.poll() is None
    assert (report.state, report.attempt) == (ReportState.DONE, 2)
    assert files_made() == [f"{report.public_id}.pdf"]


@pytest.mark.parametrize("limit", [20_000, 120_000], ids=["fonts", "report"])
def test_a_file_larger_than_the_limit(start_worker: Start, people: People, space: None, limit: int) -> None:
    """RLIMIT_FSIZE on a real worker stands for a full disk: told in plain words, nothing half-written.

    The smaller limit stops it where it unpacks the fonts, the larger one where it writes the report.
    """
    start_worker(prefix=("prlimit", f"--fsize={limit}"))
    report = wait_for_end(ask(long_version(people, items=30), people.member))

    assert (report.state, report.error_code) == (ReportState.FAILED, errors.TOO_LARGE)
    assert files_made() == []
    again = services.retry(report=report, by=people.member, now=timezone.now())
    assert again.pk != report.pk


def _kill_children(pid: int) -> None:
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        os.kill(int(child), signal.SIGKILL)


def end_connections() -> None:
    """What a restart of PostgreSQL does to a worker: every connection but ours is ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )


def test_a_report_outlives_the_connections_it_had(start_worker: Start, people: People, space: None) -> None:
    report = ask(long_version(people, 12), people.member)
    start_worker()
    services.send_to_worker(report.pk, report.queue)
    wait_until_held(report)

    def ended_and_done() -> bool:
        """The first attempt loses its connections."""
        if state_of(report) == ReportState.RUNNING and report.attempt == 1:
            end_connections()
        sweep(later=dt.timedelta(seconds=6))
        return state_of(report) in (ReportState.DONE, ReportState.FAILED)

    wait_for(ended_and_done, seconds=200, what=lambda: f"{report.state}, attempt {report.attempt}")
    assert (report.state, report.error_detail) == (ReportState.DONE, "")
    assert report.attempt > 1
    assert files_made() == [f"{report.public_id}.pdf"]
