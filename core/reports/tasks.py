"""What Celery runs: a number in, one call, errors told in the row. A message delivered twice does no harm."""

from __future__ import annotations

import logging
from typing import Any

import pghistory
from billiard.exceptions import SoftTimeLimitExceeded
from celery import Task, shared_task
from celery.signals import worker_process_shutdown
from django.db import Error, connection
from django.utils import timezone

from core.db.lease import LeaseLostError
from core.jobs import FailureError, in_words, lost_connection
from core.queue import forget_silence
from core.reports import errors, jobs, render
from core.reports.services import send_to_worker

logger = logging.getLogger(__name__)


class ReportTask(Task):
    """Tells the row of whatever else stopped the task: a fault of ours must not look like work in progress.

    A connection that was lost is a lost worker: the report goes back to the queue, or its lease runs out.
    """

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: dict[str, Any], einfo: Any) -> None:
        claimed = self.request.get("claimed")
        if claimed and lost_connection(exc):
            connection.close()
            try:
                jobs.give_back(claimed, now=timezone.now())
            except Error as error:
                logger.warning("Report %s waits until its lease has run out: %s", claimed.report_id, error)
        elif claimed:
            jobs.fail(claimed, code=errors.UNEXPECTED, detail=in_words(exc), now=timezone.now())


@shared_task(base=ReportTask, bind=True)
def render_report(self: ReportTask, *, report_id: int, **kwargs: Any) -> None:
    """Makes one report, unless it is done, called off or in somebody else's hands."""
    with pghistory.context(job="report", report=report_id):
        claimed = jobs.claim(report_id, now=timezone.now())
        if claimed is None:
            return
        self.request.claimed = claimed
        try:
            jobs.make(claimed)
        except LeaseLostError:
            logger.warning("Report %s was taken over or called off.", report_id)
        except FailureError as error:
            logger.warning("Report %s failed: %s", report_id, error)
            jobs.fail(claimed, code=error.code, detail=error.detail, now=timezone.now())
        except SoftTimeLimitExceeded:
            logger.warning("Report %s took too long.", report_id)
            jobs.fail(claimed, code=errors.TOO_LONG, detail="", now=timezone.now())


@shared_task
def requeue_stale_reports(**kwargs: Any) -> None:
    """Beat's sweep: queues again what was never queued, was forgotten by the broker, or lost its worker."""
    with pghistory.context(job="requeue_stale_reports"):
        forget_silence()
        for report in jobs.requeue_stale(now=timezone.now()):
            logger.warning("Report %s is queued again, after %s attempts.", report.pk, report.attempt)
            send_to_worker(report.pk, report.queue)


@worker_process_shutdown.connect
def _remove_fonts(**kwargs: Any) -> None:
    render.let_go()
