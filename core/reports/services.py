"""The asker's side of a report: ask, try again, call off. The worker's side is `core.reports.jobs`."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.db import locks
from core.queue import enqueue
from core.reports import files, jobs, registry
from core.reports.enums import ReportState
from core.reports.models import Report
from core.transitions import Refusal

if TYPE_CHECKING:
    from core.accounts.models import User

MOST_NEW_AN_HOUR = 60  # new reports one person may set going; asking again for an existing one costs nothing


class ReportRefusedError(Refusal):
    """Something people can do something about; `message` is shown to them."""

    message = _("This report cannot be asked for now.")


class TooManyReportsError(ReportRefusedError):
    message = _("You have asked for many reports within the hour. Wait a little before you ask for another.")


class NotWaitingError(ReportRefusedError):
    message = _("This report is not being made any more.")


@transaction.atomic
def request_report(*, kind: str, subject_id: uuid.UUID, by: User, now: dt.datetime, language: str = "fr") -> Report:
    """The report of `kind` about `subject_id`: the one that exists for this very content, else a new one.

    So a double click, or two people at once, make one report, and unchanged content is never rendered twice.
    Raises `PermissionRefused`, `registry.SubjectMissingError`, `TooManyReportsError`.
    """
    chosen = registry.kind(kind)
    subject = chosen.subject(subject_id)
    rights.check_for_writing(by, *chosen.right_to_request(subject))
    with translation.override(language):
        fingerprint = chosen.fingerprint(subject, language)
    key = registry.render_key(chosen, fingerprint, language)
    existing = Report.objects.live().filter(render_key=key)
    if found := existing.first():
        return found
    locks.hold_exclusive(f"report {key}")
    if found := existing.first():
        return found
    recent = Report.objects.filter(requested_by=by, requested_at__gt=now - dt.timedelta(hours=1))
    if recent.count() >= MOST_NEW_AN_HOUR:
        raise TooManyReportsError
    report = Report(
        kind=kind,
        subject_kind=chosen.subject_kind,
        subject_id=subject_id,
        language=language,
        title=fingerprint.title,
        render_key=key,
        content_sha256=fingerprint.content_sha256,
        queue=chosen.queue,
        requested_by=by,
        requested_at=now,
    )
    report.full_clean()
    report.save(force_insert=True)
    transaction.on_commit(partial(send_to_worker, report.pk, chosen.queue))
    return report


def retry(*, report: Report, by: User, now: dt.datetime) -> Report:
    """Asks again for what failed or was called off: a new row, or the one that meanwhile stands for the content."""
    return request_report(kind=report.kind, subject_id=report.subject_id, by=by, now=now, language=report.language)


@transaction.atomic
def cancel(*, report: Report, by: User, now: dt.datetime) -> Report:
    """Calls off a report that waits or is being made: who asked for it may, and the administrators.

    A worker that is at it notices with its next heartbeat. Raises `PermissionRefused`, `NotWaitingError`.
    """
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.requested_by_id != by.pk:
        rights.check_for_writing(by, "reports.manage_jobs", held)
    if not held.is_waiting:
        raise NotWaitingError
    jobs.move(held, ReportState.CANCELLED)
    held.finished_at = now
    held.token = held.lease_until = None
    held.save()
    return held


def discard_files(*, kinds: Collection[str], subject_id: uuid.UUID) -> bool:
    """Removes the files about a subject once the caller's transaction commits; False, and nothing, while one is made.

    The rows of finished reports stay as they are: the caller takes away what leads to them. What the disk keeps, or a
    crash after the commit, is found by `discard_orphans`.
    """
    about = Report.objects.filter(kind__in=kinds, subject_id=subject_id)
    if about.waiting().exists():
        return False
    for name in about.exclude(file="").values_list("file", flat=True):
        transaction.on_commit(partial(files.remove, name))
    return True


def discard_orphans(*, kinds: Collection[str], subjects: QuerySet) -> None:
    """Removes the files of these kinds whose subject is not among `subjects` (any more)."""
    ended = Report.objects.filter(kind__in=kinds).exclude(file="").exclude(subject_id__in=subjects.values("public_id"))
    for name in ended.values_list("file", flat=True).iterator():
        files.remove(name)


def send_to_worker(report_id: int, queue: str) -> None:
    """Hands the number to the broker, which may be away: the sweep finds the row again. Outside any transaction."""
    from core.reports.tasks import render_report

    if enqueue(render_report, queue=queue, report_id=report_id):
        jobs.mark_queued(report_id, now=timezone.now())
