"""Celery's way into this app: each task calls one service."""

from __future__ import annotations

from typing import Any

import pghistory
from celery import shared_task
from django.utils import timezone

from sessions_app.checklist import services as checklist
from sessions_app.date_polls import services as date_finding
from sessions_app.evaluations import services as evaluation
from sessions_app.follow_up import reminders
from sessions_app.messages import services
from sessions_app.sessions import changes


@shared_task(ignore_result=True)
def send_due_messages(**kwargs: Any) -> None:
    with pghistory.context(job="messages"):
        services.hand_over_due(now=timezone.now())


@shared_task(ignore_result=True)
def remind_of_actions(**kwargs: Any) -> None:
    with pghistory.context(job="reminders"):
        reminders.remind(now=timezone.now())


@shared_task(ignore_result=True)
def remind_of_tasks(**kwargs: Any) -> None:
    with pghistory.context(job="preparation"):
        checklist.remind_due(now=timezone.now())


@shared_task(ignore_result=True)
def turn_searches_for_dates(**kwargs: Any) -> None:
    with pghistory.context(job="dates"):
        date_finding.run_due(now=timezone.now())


@shared_task(ignore_result=True)
def close_evaluations(**kwargs: Any) -> None:
    with pghistory.context(job="evaluation"):
        evaluation.close_due(now=timezone.now())


@shared_task(ignore_result=True)
def notify_of_changes(**kwargs: Any) -> None:
    with pghistory.context(job="changes"):
        changes.notify_due(now=timezone.now())
