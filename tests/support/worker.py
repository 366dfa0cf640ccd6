"""A real Celery worker, a process of its own against the test database: what the portal does when it runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connections

from portal.celery import app

QUEUES = "reports,long,mail,celery"
LAST_LOOK = 1.5  # seconds: a worker that was told to rest still takes what comes to its last BRPOP, and puts it back


def database_url() -> str:
    """The address of the test database, as the application's role."""
    known = connections["default"].settings_dict
    password = f":{quote(known['PASSWORD'], safe='')}" if known["PASSWORD"] else ""
    port = f":{known['PORT']}" if known["PORT"] else ""
    host = quote(known["HOST"] or "", safe="")
    return f"postgresql://{quote(known['USER'], safe='')}{password}@{host}{port}/{known['NAME']}"


class Worker:
    """A worker process and its children; `kill()` is SIGKILL to all of them, `stop()` asks politely."""

    def __init__(
        self, *, concurrency: int = 1, pool: str = "prefork", prefix: tuple[str, ...] = (), **variables: str
    ) -> None:
        self.log = Path(settings.STATE_DIR) / f"worker-{time.monotonic_ns()}.log"
        self.name = f"worker-{time.monotonic_ns()}@tests"
        command = [*prefix, sys.executable, "-W", "ignore", "-m", "celery", "-q", "-A", "portal", "worker"]
        command += ["-Q", QUEUES, "-P", pool, "-c", str(concurrency), "-n", self.name, "-l", "INFO"]
        command += ["--without-mingle", "--without-gossip", "--without-heartbeat"]
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=os.environ | {"DATABASE_URL": database_url()} | variables,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                process_group=0,  # in the session of the tests, where bin/test finds it should both be killed
            )

    def wait_until_ready(self, seconds: float = 120) -> None:
        """On a busy machine a worker takes its time; one that ends is told at once."""
        wait_for(self._answers, seconds=seconds, what=lambda: f"the worker\n{self.log.read_text()}")

    def _answers(self) -> bool:
        if self.process.poll() is not None:
            pytest.fail(f"The worker ended with {self.process.returncode}:\n{self.log.read_text()}")
        return bool(app.control.ping(destination=[self.name], timeout=0.3))

    def kill(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self, seconds: float = 15) -> None:
        self.process.terminate()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()


def wait_for(condition: Callable[[], Any], *, seconds: float = 20, what: Callable[[], str] = lambda: "it") -> Any:
    """The first true value of `condition()`; fails the test after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.05)
    pytest.fail(f"Waited {seconds} s in vain for {what()}")


def empty_queues() -> None:
    """No message of an earlier test is left, nor the state of a worker that was killed."""
    with app.connection_for_write() as connection:
        client = connection.default_channel.client
        client.delete(*QUEUES.split(","), "unacked", "unacked_index", "unacked_mutex")


@pytest.fixture
def start_worker(transactional_db: None) -> Iterator[Callable[..., Worker]]:
    """`start_worker(**variables)`: a worker of this test's own, to be killed or starved; ended with the test."""
    started: list[Worker] = []
    if _shared:
        time.sleep(LAST_LOOK)
    empty_queues()

    def start(**options: Any) -> Worker:
        worker = Worker(**options)
        started.append(worker)
        worker.wait_until_ready()
        return worker

    yield start
    for worker in started:
        worker.kill()
    empty_queues()


_shared: list[Worker] = []  # none or one


def _shared_rests() -> None:
    """The shared worker takes nothing while a test has workers of its own."""
    for worker in _shared:
        for queue in QUEUES.split(","):
            app.control.cancel_consumer(queue, destination=[worker.name], reply=True, timeout=10, limit=1)


def _shared_works_again() -> None:
    for worker in _shared:
        for queue in QUEUES.split(","):
            app.control.add_consumer(queue, destination=[worker.name], reply=True, timeout=10, limit=1)


@pytest.fixture(scope="session")
def _shared_worker(django_db_setup: None) -> Iterator[Worker]:
    worker = Worker()
    try:
        worker.wait_until_ready()
        _shared.append(worker)
        _shared_rests()
        yield worker
    finally:  # one that came too late must not take the work of other tests' workers
        _shared.clear()
        worker.stop()


@pytest.fixture
def worker(transactional_db: None, _shared_worker: Worker) -> Iterator[Worker]:
    """The worker that all tests of this process share, at work for those alone that ask for it.

    Starting one takes seconds; a test that does a job's work itself must find it undone.
    """
    empty_queues()
    _shared_works_again()
    yield _shared_worker
    _shared_rests()
    empty_queues()
