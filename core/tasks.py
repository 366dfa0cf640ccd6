"""What the core itself does by the clock."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from core.backups import history, services as backups
from core.backups.errors import BackupRefused
from core.backups.keeping import Rule

logger = logging.getLogger(__name__)
_TWICE = dt.timedelta(hours=1)  # a message delivered a second time makes no second archive


@shared_task(ignore_result=True, soft_time_limit=9_000, time_limit=9_600)
def back_up(**kwargs: Any) -> None:
    """One archive by the clock. What goes wrong is told in the log; readiness and Administration say that it is late."""
    now = timezone.now()
    status = history.status()
    if status.folder is None or (status.last and now - status.last < _TWICE):
        return
    try:
        made = backups.make(
            folder=status.folder, recipient=settings.BACKUP_RECIPIENT, rule=Rule(*settings.BACKUP_KEEP), now=now
        )
    except BackupRefused as refused:
        logger.error("No backup was made: %s", refused)  # noqa: TRY400  its reason is the whole story
        return
    logger.info("Backup made: %s, %s bytes, %s files missing", made.path.name, made.size, len(made.missing))
    for path in made.stuck:
        logger.error("An old backup could not be removed: %s", path)


@shared_task(ignore_result=True)
def canary(*, queue: str, **kwargs: Any) -> None:
    """Queued each minute into every queue: when it last arrived says that scheduler, broker and a worker are alive."""
    cache.set(canary_key(queue), timezone.now().timestamp(), timeout=None)


def canary_key(queue: str) -> str:
    return f"canary:{queue}"
