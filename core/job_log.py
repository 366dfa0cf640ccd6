"""Jobs in the log: lines of a job bear the number of the request that queued it, and how it ended is one line more.

Sweeps by the clock that find nothing are not told; what a person asked for, what took a second and what failed is.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from celery.signals import before_task_publish, task_postrun, task_prerun
from django.conf import settings

from core import logs

logger = logging.getLogger("core.jobs")
_HEADER = "request_number"
_LONG = 1.0  # seconds
_running: dict[str, tuple[Any, float]] = {}  # task id → what takes the number back, when it began


def connect() -> None:
    before_task_publish.connect(_mark, dispatch_uid="core.job_log")
    task_prerun.connect(_begin, dispatch_uid="core.job_log")
    task_postrun.connect(_end, dispatch_uid="core.job_log")


def _mark(headers: dict[str, Any], **kwargs: Any) -> None:
    if number := logs.request_number.get():
        headers[_HEADER] = number


def _begin(task_id: str, task: Any, **kwargs: Any) -> None:
    _running[task_id] = logs.request_number.set(getattr(task.request, _HEADER, None) or ""), time.monotonic()


def _end(task_id: str, task: Any, state: str | None = None, **kwargs: Any) -> None:
    token, begun = _running.pop(task_id, (None, time.monotonic()))
    seconds = time.monotonic() - begun
    if settings.REQUEST_LOG and (logs.request_number.get() or seconds > _LONG or state != "SUCCESS"):
        facts = {"job": task.name, "state": state, "ms": round(seconds * 1000, 1)}
        logger.info("%s %s, %s ms", *facts.values(), extra={"facts": facts})
    if token:
        logs.request_number.reset(token)
