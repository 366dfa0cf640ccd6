"""Celery's way into this app: each task calls one service."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.http import QueryDict
from django.utils import timezone

from core.db import audit
from core.db.periods import today
from core.notifications.each_row import each_row
from funding.dashboard.filters import dashboard_filter
from funding.dashboard.page import dashboard_page
from funding.filters import funding_organisations
from funding.follow_up import reminders
from funding.visibility import Visibility
from members.models import Organisation


@shared_task(ignore_result=True)
def remind(**kwargs: Any) -> None:
    """Every hour. Each reminder goes out once, however often it runs."""
    with audit.context(job="funding.tasks.remind"):
        reminders.remind(timezone.now())


@shared_task(ignore_result=True)
def keep_figures(**kwargs: Any) -> None:
    """Every few minutes: makes the dashboard's first view, so that nobody waits for it after a change.

    Once as members see it, and once for each funder, who also sees its own. `funding.figures.cached` keeps what took long;
    where nothing takes long this is a page's worth of questions for each.
    """
    now = timezone.now()

    def make(*organisations: int) -> None:
        filterset = dashboard_filter(QueryDict(), visibility := Visibility(frozenset(organisations), inside=True))
        dashboard_page(filterset, visibility, today(now))
        filterset.numbers.count_all()

    make()
    funders = funding_organisations(Visibility(inside=True)).values_list("pk", flat=True)
    each_row(Organisation, funders, make, now=now)
