"""Many reports: two worker processes against two bare ones, and the memory of a process that is never recycled."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from pathlib import Path

from django.db import connections

from bench.reports import WARM_UP, Alone, ask, wait, worker
from core.accounts.models import User
from core.reports import services
from sessions_app.models import MinutesVersion

PROCESSES = 2
EARLY = 50  # reports after which the memory is looked at first


@dataclass(frozen=True)
class WorkerFigures:
    """Seconds for `reports` by the workers and by bare WeasyPrint; KiB held after `EARLY` and after `lasting`."""

    reports: int
    workers: float
    bare: float
    lasting: int
    early: int
    late: int


def measure(reader: User, *, reports: int, lasting: int, skip: int) -> WorkerFigures:
    """Both figures, over reports nobody asked for yet: those of the newest `skip` sessions were made before."""
    services.MOST_NEW_AN_HOUR = 1_000_000  # one reader asks for all of them
    wanted = WARM_UP * PROCESSES + reports + lasting
    versions = list(MinutesVersion.objects.in_force().order_by("-session__number")[skip : skip + wanted])
    if len(versions) < wanted:
        raise RuntimeError(f"{wanted} sessions with minutes are needed, {len(versions)} are left.")
    crowd, long = versions[: wanted - lasting], versions[wanted - lasting :]
    with worker(processes=PROCESSES):
        _make(crowd[:-reports], reader)
        start = time.perf_counter()
        _make(crowd[-reports:], reader)
        workers = time.perf_counter() - start
    early, late = _memory(long, reader) if lasting else (0, 0)
    return WorkerFigures(reports, workers, _bare(crowd), lasting, early, late)


def _make(versions: Sequence[MinutesVersion], reader: User) -> None:
    for version in versions:
        ask(version, reader)
    for version in versions:
        wait(version)


def _memory(versions: Sequence[MinutesVersion], reader: User) -> tuple[int, int]:
    """KiB of the one process that makes them all, after `EARLY` and at the end."""
    with worker("--max-tasks-per-child=1000000", "--max-memory-per-child=100000000") as keeper:
        _make(versions[:EARLY], reader)
        early = _resident(keeper)
        _make(versions[EARLY:], reader)
        return early, _resident(keeper)


def _resident(keeper: int) -> int:
    """What the child of `keeper` holds in memory, in KiB."""
    (child,) = Path(f"/proc/{keeper}/task/{keeper}/children").read_text().split()
    lines = Path(f"/proc/{child}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def _bare(versions: Sequence[MinutesVersion]) -> float:
    """Seconds of WeasyPrint alone for the reports of `versions`, shared by bare processes side by side."""
    connections.close_all()  # none may be shared by two processes
    context = multiprocessing.get_context("fork")
    together, sums = context.Barrier(PROCESSES), context.SimpleQueue()
    processes = [
        context.Process(target=_alone, args=(versions[number::PROCESSES], together, sums))
        for number in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    longest = max(sums.get() for _process in processes)
    for process in processes:
        process.join()
    return longest


def _alone(versions: Sequence[MinutesVersion], together: Barrier, sums: multiprocessing.SimpleQueue) -> None:
    alone = Alone()
    for version in versions[:WARM_UP]:
        alone.seconds(version)
    together.wait()
    sums.put(sum(alone.seconds(version) for version in versions[WARM_UP:]))
