"""What the core itself does by the clock."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from core.web import one_time_keys


@shared_task(ignore_result=True)
def forget_sent_forms(**kwargs: Any) -> None:
    one_time_keys.forget_old(now=timezone.now())
