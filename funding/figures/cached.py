"""Answers that took long are kept until a funding changes: exact figures, made once.

    cached("compute", lines, keys, compute=lambda: …)
    peek("compute", lines, keys)     # the answer if it is there, else None

An answer stands in the cache under the statement that made it, with its parameters, and under the revision of the
moment (`funding.models.FundingRevision`). A transaction that writes anything figures are made of raises that when it
commits, so what was kept before is never asked for again. Inside a transaction, where a revision of one’s own is
still to come, nothing is kept. Two readers who may see different rows ask different statements.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from typing import Any, TypeVar

from asgiref.local import Local
from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.core.signals import request_finished, request_started
from django.db import connection
from django.db.models import QuerySet

from funding.models.revision import FundingRevision

LONG = 0.05  # seconds: what is quicker is made anew each time
DAY = 86_400

Answer = TypeVar("Answer")
_request = Local()


def cached(name: str, rows: QuerySet, *about: Any, compute: Callable[[], Answer]) -> Answer:
    """`compute()`, or what it answered since the last change; `about` is what else the answer depends on."""
    key = _key(name, rows, *about)
    if key is None:
        return compute()
    found = cache.get(key)
    if found is not None:
        return found[0]
    start = time.perf_counter()
    answer = compute()
    if time.perf_counter() - start > LONG:
        cache.set(key, (answer,), DAY)
    return answer


def peek(name: str, rows: QuerySet, *about: Any) -> Any | None:
    """What is kept of it, for whoever has a cheaper way to know than to compute it; None where nothing is."""
    key = _key(name, rows, *about)
    found = cache.get(key) if key else None
    return found[0] if found else None


def _key(name: str, rows: QuerySet, *about: Any) -> str | None:
    """Under what the answer stands; None where nothing may be kept."""
    if connection.in_atomic_block:
        return None
    try:
        statement, parameters = rows.order_by().query.sql_with_params()
    except EmptyResultSet:
        return None
    number = _revision()
    if number is None:
        return None
    words = "\0".join([name, str(number), statement, repr(parameters), repr(about)])
    return f"funding:{hashlib.sha256(words.encode()).hexdigest()}"


def _revision() -> int | None:
    """The revision of this moment; in a request it is asked once, before the first figure, so none is older than the page."""
    if getattr(_request, "running", False):
        if not hasattr(_request, "number"):
            _request.number = FundingRevision.objects.values_list("number", flat=True).first()
        return _request.number
    return FundingRevision.objects.values_list("number", flat=True).first()


def _begin(**kwargs: Any) -> None:
    _request.running = True
    _forget()


def _end(**kwargs: Any) -> None:
    _request.running = False
    _forget()


def _forget() -> None:
    if hasattr(_request, "number"):
        del _request.number


def register() -> None:
    """Called once from `AppConfig.ready()`."""
    request_started.connect(_begin, dispatch_uid="funding.figures.cached.begin")
    request_finished.connect(_end, dispatch_uid="funding.figures.cached.end")
