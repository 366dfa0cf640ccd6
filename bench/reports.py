"""Reports: from the request to the file, with a warm worker, against WeasyPrint alone on the same HTML."""

from __future__ import annotations

import os
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
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from core.accounts.models import User
from core.reports import jobs, registry, render as printing
from core.reports.models import Report
from core.reports.services import request_report
from sessions_app.documents import SESSION_REPORT
from sessions_app.models import MinutesVersion

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
def worker(*options: str, processes: int = 1) -> Iterator[int]:
    """A Celery worker with so many processes; gives the number of the process that keeps them."""
    command = [sys.executable, "-W", "ignore", "-m", "celery", "-q", "-A", "portal", "worker"]
    command += ["-Q", "reports,long,mail,celery", "-l", "ERROR", "--without-mingle", "--without-gossip"]
    command += ["-c", str(processes), *options]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, start_new_session=True)
    try:
        yield process.pid
    finally:
        process.terminate()  # the keeper alone: it ends its processes itself, warm
        process.wait(30)


def measure(reader: User, *, times: int = 15) -> ReportFigures:
    """Reports of `times` sessions, one after the other; each is made once by the worker and once bare, here."""
    versions = list(MinutesVersion.objects.in_force().order_by("-session__number")[: times + WARM_UP])
    whole = []
    with worker():
        for number, version in enumerate(versions):
            start = time.perf_counter()
            ask(version, reader)
            wait(version)
            if number >= WARM_UP:
                whole.append(time.perf_counter() - start)
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            ask(versions[-1], reader)
        again = time.perf_counter() - start
        again_queries = len(captured)
    done = Report.objects.get(subject_id=versions[-1].public_id)
    alone = Alone()
    bare = [alone.seconds(version) for version in versions][WARM_UP:]
    return ReportFigures(
        whole=1000 * statistics.median(whole),
        bare=1000 * statistics.median(bare),
        again=1000 * again,
        again_queries=again_queries,
        pages=done.pages or 0,
    )


def ask(version: MinutesVersion, reader: User) -> None:
    request_report(kind=SESSION_REPORT, subject_id=version.public_id, by=reader, now=timezone.now(), language="fr")


def wait(version: MinutesVersion, seconds: float = 120) -> None:
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


class Alone:
    """WeasyPrint by itself, fonts and style sheet kept as a worker keeps them; without our checks and our tags."""

    def __init__(self) -> None:
        self._fonts = FontConfiguration()
        self._sheets: dict[str, CSS] = {}

    def seconds(self, version: MinutesVersion) -> float:
        """How long it takes from the HTML that the worker printed to the file on disk."""
        report = Report.objects.select_related("requested_by").get(subject_id=version.public_id)
        kind = registry.kind(report.kind)
        content, html, _key = jobs._read(report, kind)
        files = printing._OwnFiles(content.images)
        sheet = self._sheet(kind.stylesheet)
        start = time.perf_counter()
        HTML(string=html, base_url=printing.BASE, url_fetcher=files).write_pdf(
            Path(settings.STATE_DIR, f"bench-{os.getpid()}.pdf"),
            pdf_variant="pdf/ua-1",
            font_config=self._fonts,
            stylesheets=[sheet],
        )
        return time.perf_counter() - start

    def _sheet(self, name: str) -> CSS:
        if name not in self._sheets:
            source, files = printing.print_file(name).read_text(encoding="utf-8"), printing._OwnFiles({})
            self._sheets[name] = CSS(
                string=source, base_url=printing.STATIC + name, url_fetcher=files, font_config=self._fonts
            )
        return self._sheets[name]
