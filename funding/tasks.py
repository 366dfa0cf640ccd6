"""Celery's way into this app: each task calls one service."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from core.db import audit
from funding import reminders


@shared_task(ignore_result=True)
def remind(**kwargs: Any) -> None:
    """Every hour. Each reminder goes out once, however often it runs."""
    with audit.context(job="funding.tasks.remind"):
        reminders.remind(timezone.now())
