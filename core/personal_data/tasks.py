"""What is done about personal data by the clock."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from django.utils import timezone

from core.db import audit
from core.personal_data.erasure import journal
from core.personal_data.retention import services as retention

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def purge(**kwargs: Any) -> None:
    """Each night: what has stayed as long as the space keeps it; who was erased is noted wherever it is not yet."""
    with audit.context(job="personal_data_purge"):
        removed = retention.purge(now=timezone.now())
    journal.catch_up()
    logger.info("Removed by the periods of retention: %s", {key: number for key, number in removed.items() if number})
