"""Celery's way into this app: each task calls one service."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from core.db import audit
from watch.items import services
from watch.links import services as links


@shared_task(ignore_result=True)
def expire_due(**kwargs: Any) -> None:
    with audit.context(job="watch"):
        services.expire_due(now=timezone.now())


@shared_task(ignore_result=True)
def check_links(**kwargs: Any) -> None:
    links.check_due(now=timezone.now())
