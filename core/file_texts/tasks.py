"""What Celery runs: a number in, one call. A message delivered twice does no harm."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from core.file_texts import jobs, services
from core.queue import forget_silence


@shared_task(ignore_result=True)
def read_text(*, text_id: int, **kwargs: Any) -> None:
    jobs.run(text_id)


@shared_task(ignore_result=True)
def take_up(**kwargs: Any) -> None:
    """Beat's sweep: files nobody asked for yet, and readings that nobody works on."""
    forget_silence()
    now = timezone.now()
    services.ask_for_all(now=now)
    for text_id in jobs.requeue_stale(now=now):
        services.send_to_worker(text_id)
