"""Hands the number of a job to Celery without ever holding up who asks.

PostgreSQL is the truth about jobs: a number that could not be handed over is found again by the job's own
sweep. So a dead or hanging broker costs a request at most two seconds, and nothing else.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from celery import Task, current_app
from django.conf import settings
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# each with the seconds for which its workers may be busy with one thing before their silence is told
QUEUES = {"reports": 360, "mail": 360, "celery": 360, "long": 3 * 3600}

_ANSWER_WITHIN = 0.8  # seconds for each of connecting and answering
_PAUSE = 5.0  # seconds during which a broker that did not answer is not asked again by this process
_silent_until = 0.0


def enqueue(task: Task, *, queue: str | None = None, **arguments: Any) -> bool:
    """Queues `task` with `arguments`; False where the broker does not answer. Never raises for that, never retries.

    Call it from `transaction.on_commit`, so that the worker finds the row. `queue` overrides the task's route.
    """
    global _silent_until
    if time.monotonic() < _silent_until:
        return False
    options = {
        **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        "socket_connect_timeout": _ANSWER_WITHIN,
        "socket_timeout": _ANSWER_WITHIN,
        "max_retries": 0,
    }
    try:
        with current_app.connection_for_write(connect_timeout=_ANSWER_WITHIN, transport_options=options) as connection:
            task.apply_async(kwargs=arguments, connection=connection, retry=False, queue=queue)
    except (OperationalError, RedisError, OSError) as error:
        _silent_until = time.monotonic() + _PAUSE
        logger.warning("The broker does not take it, %s waits for the sweep: %s", task.name, error)
        return False
    return True


def forget_silence() -> None:
    """Asks the broker again at once; for tests and for the sweep, which has time."""
    global _silent_until
    _silent_until = 0.0
