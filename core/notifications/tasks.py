"""Celery carries numbers of mails; the outbox does the work. Queue "mail", see settings."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from core.notifications import mails, outbox
from core.queue import forget_silence


@shared_task(ignore_result=True)
def send_mail(*, message_id: int, **kwargs: Any) -> None:
    outbox.send(message_id=message_id, now=timezone.now())


@shared_task(ignore_result=True)
def requeue_stale_mail(**kwargs: Any) -> None:
    forget_silence()
    outbox.requeue_stale(now=timezone.now())


@shared_task(ignore_result=True)
def send_digests(**kwargs: Any) -> None:
    """Runs each hour: a Monday morning that the machine slept through is made up for."""
    mails.send_digests(now=timezone.now())
