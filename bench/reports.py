"""Reports: from the request to the file, with a warm worker, against WeasyPrint alone on the same HTML."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.accounts.models import User
from core.reports import jobs, registry
from core.reports.models import Report
from core.reports.render import render
from core.reports.services import request_report
from sessions_app.models import MinutesVersion
from sessions_app.reports import SESSION_REPORT

WARM_UP = 3


@dataclass(frozen=True)
class ReportFigures:
    """Milliseconds, medians; `again` is the same content asked for a second time."""

    whole: float
    bare: float
    again: float
    again_queries: int
    pages: int


@contextmanager
def worker() -> Iterator[None]:
    command = [sys.executable, "-W", "ignore", "-m", "celery", "-q", "-A", "portal", "worker"]
    command += ["-Q", "reports,long,mail,celery", "-c", "1", "-l", "ERROR", "--without-mingle", "--without-gossip"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def measure(reader: User, *, times: int = 15) -> ReportFigures:
    """Reports of `times` sessions, one after the other; each is made once by the worker and once bare, here."""
    versions = list(MinutesVersion.objects.in_force().order_by("-session__number")[: times + WARM_UP])
    whole = []
    with worker():
        for number, version in enumerate(versions):
            start = time.perf_counter()
            _ask(version, reader)
            _wait(version)
            if number >= WARM_UP:
                whole.append(time.perf_counter() - start)
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            _ask(versions[-1], reader)
        again = time.perf_counter() - start
        again_queries = len(captured)
    done = Report.objects.get(subject_id=versions[-1].public_id)
    bare = [_bare(version, reader) for version in versions][WARM_UP:]
    return ReportFigures(
        whole=1000 * statistics.median(whole),
        bare=1000 * statistics.median(bare),
        again=1000 * again,
        again_queries=again_queries,
        pages=done.pages or 0,
    )


def _ask(version: MinutesVersion, reader: User) -> None:
    request_report(kind=SESSION_REPORT, subject_id=version.public_id, by=reader, now=timezone.now(), language="fr")


def _wait(version: MinutesVersion, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    rows = Report.objects.filter(subject_id=version.public_id)
    while time.monotonic() < end:
        report = rows.only("state", "error_code", "error_detail").get()
        if report.is_done:
            return
        if not report.is_waiting:
            raise RuntimeError(f"The report failed: {report.error_code} {report.error_detail}")
        time.sleep(0.005)
    raise RuntimeError("The report was not made in time.")


def _bare(version: MinutesVersion, reader: User) -> float:
    """Seconds that WeasyPrint takes for the same HTML, fonts and style sheet kept, in this process."""
    report = Report.objects.select_related("requested_by").get(subject_id=version.public_id)
    kind = registry.kind(report.kind)
    content, html, key = jobs._read(report, kind)
    start = time.perf_counter()
    rendered = render(html, stylesheet=kind.stylesheet, identifier=key, images=content.images)
    Path(settings.STATE_DIR, "bench.pdf").write_bytes(rendered.pdf)
    return time.perf_counter() - start
