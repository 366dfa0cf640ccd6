"""What Celery runs: a number in, one call, errors told in the row. A message delivered twice does no harm."""

from __future__ import annotations

import logging
from typing import Any

from billiard.exceptions import SoftTimeLimitExceeded
from celery import Task, shared_task
from django.db import connection
from django.utils import timezone

from core.db import audit
from core.db.lease import LeaseLostError
from core.imports import errors, jobs
from core.imports.models import Import
from core.imports.queue import send_to_worker
from core.jobs import FailureError, in_words, lost_connection
from core.queue import forget_silence

logger = logging.getLogger(__name__)
LIMIT = 30 * 60  # seconds; 20,000 rows take some minutes


class ImportTask(Task):
    """Tells the row of whatever else stopped the task: a fault of ours must not look like work in progress.

    A connection that was lost is a lost worker: nothing was written, the lease runs out, and the sweep takes it up.
    """

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: dict[str, Any], einfo: Any) -> None:
        claimed = self.request.get("claimed")
        if claimed and lost_connection(exc):
            connection.close()
        elif claimed:
            jobs.fail(claimed, code=errors.UNEXPECTED, detail=in_words(exc), now=timezone.now())


@shared_task(base=ImportTask, bind=True, soft_time_limit=LIMIT, time_limit=LIMIT + 60)
def run_import(self: ImportTask, *, import_id: int, **kwargs: Any) -> None:
    """Compares or writes one import, unless it is done, called off or in somebody else's hands."""
    sender = Import.objects.filter(pk=import_id).values_list("by__public_id", flat=True).first()
    with audit.context(job="import", number=import_id, user=str(sender or "")):
        claimed = jobs.claim(import_id, now=timezone.now())
        if claimed is None:
            return
        self.request.claimed = claimed
        try:
            jobs.work(claimed)
        except LeaseLostError:
            logger.warning("Import %s was taken over or called off.", import_id)
        except FailureError as error:
            logger.warning("Import %s failed: %s", import_id, error)
            jobs.fail(claimed, code=error.code, detail=error.detail, now=timezone.now())
        except SoftTimeLimitExceeded:
            logger.warning("Import %s took too long.", import_id)
            jobs.fail(claimed, code=errors.TOO_LONG, detail="", now=timezone.now())


@shared_task(ignore_result=True)
def requeue_stale_imports(**kwargs: Any) -> None:
    """Beat's sweep: queues again what was never queued, was forgotten by the broker, or lost its worker."""
    with audit.context(job="requeue_stale_imports"):
        forget_silence()
        for run in jobs.requeue_stale(now=timezone.now()):
            logger.warning("Import %s is queued again, after %s attempts.", run.pk, run.attempt)
            send_to_worker(run.pk)
