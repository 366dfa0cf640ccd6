"""Celery's way into this app: each task calls one service."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.http import QueryDict
from django.utils import timezone

from core.db import audit
from core.db.periods import today
from funding import reminders
from funding.dashboard.board import board
from funding.dashboard.filters import dashboard_filter
from funding.filters import funding_organisations
from funding.visibility import Sight


@shared_task(ignore_result=True)
def remind(**kwargs: Any) -> None:
    """Every hour. Each reminder goes out once, however often it runs."""
    with audit.context(job="funding.tasks.remind"):
        reminders.remind(timezone.now())


@shared_task(ignore_result=True)
def keep_figures(**kwargs: Any) -> None:
    """Every few minutes: makes the dashboard's first view, so that nobody waits for it after a change.

    Once as members see it, and once for each funder, who also sees its own. `funding.kept` keeps what took long;
    where nothing takes long this is a page's worth of questions for each.
    """
    day = today(timezone.now())
    funders = funding_organisations(Sight(inside=True)).values_list("pk", flat=True)
    for sight in [Sight(inside=True), *(Sight(frozenset({pk}), inside=True) for pk in funders)]:
        filterset = dashboard_filter(QueryDict(), sight)
        board(filterset, sight, day)
        filterset.numbers.count_all()
