"""What the search does by the clock."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from core.search import indexing


@shared_task(ignore_result=True)
def index_pending(**kwargs: Any) -> None:
    indexing.index_pending()


@shared_task(ignore_result=True)
def refresh_words(**kwargs: Any) -> None:
    indexing.refresh_words()
