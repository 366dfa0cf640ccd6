"""Counts that a page shows beside a list: exact, and kept for a few minutes where counting is long work.

A count over a few thousand rows is made anew each time, so what somebody has just added is in it. Above
`KEEP_ABOVE` rows the answer is kept in the cache under the statement that made it, so that two readers who
may see different rows never share one. Imports nothing of the domain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

KEEP_ABOVE = 5_000  # rows
KEEP_SECONDS = 300

Answer = TypeVar("Answer")


def cached(statements: list[QuerySet], compute: Callable[[], Answer], *, size: Callable[[Answer], int]) -> Answer:
    """What `compute` answers by `statements`, from the cache where `size(answer)` is over `KEEP_ABOVE` rows."""
    try:
        key = "counts:" + hashlib.sha256("\0".join(map(_written, statements)).encode()).hexdigest()
    except EmptyResultSet:  # nothing can be found, and the database need not be asked
        return compute()
    found = cache.get(key)
    if found is not None:
        return found
    answer = compute()
    if size(answer) > KEEP_ABOVE:
        cache.set(key, answer, KEEP_SECONDS)
    return answer


def _written(queryset: QuerySet) -> str:
    """The statement with its parameters."""
    statement, parameters = queryset.query.sql_with_params()
    return f"{statement}\0{parameters!r}"
