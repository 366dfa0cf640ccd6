"""Celery's way into this app: each task calls one service."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from members.saved_views import alerts


@shared_task(ignore_result=True)
def tell_news_of_views(**kwargs: Any) -> None:
    alerts.tell_due(now=timezone.now())
