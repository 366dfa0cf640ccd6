"""What reports hold about the person who asked for one."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core.lifecycle import erasure, export, retention
from core.lifecycle.retention import Holding
from core.reports.enums import ReportState
from core.reports.models import Report

_FILE = "Where the machine keeps the file."


def forget_jobs(before: dt.datetime, now: dt.datetime) -> int:
    """What came to nothing; a finished report is part of the record, and the database lets nobody remove it."""
    ended = (ReportState.FAILED, ReportState.CANCELLED)
    return Report.objects.filter(state__in=ended, finished_at__lt=before).delete()[0]


JOBS = Holding(
    key="jobs",
    what=_("Documents asked for that were not made: who asked, when, what went wrong"),
    whose=retention.ACCOUNT,
    why=_("To find and mend what fails."),
    basis=retention.INTEREST,
    readers=_("Who asked for it; administrators."),
    until=_("%(period)s after they ended."),
    order=125,
    days=3 * retention.MONTH,
    most=retention.YEAR,
    purge=forget_jobs,
)


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    erasure.keep("reports.Report.requested_by", ground=_("Finished reports are part of the record."))
    retention.register(JOBS)
    export.register(Report, by=("requested_by",), without={"file": _FILE, "render_key": _FILE})
