"""Measures a page inside this process: no network, no server, the whole middleware chain.

What a browser waits for beyond this is the same for every page, so that ratios come out harsher here.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import set_urlconf


@dataclass(frozen=True)
class Figures:
    """One address: milliseconds, queries asked, rows read, bytes sent."""

    wall: float  # median
    p95: float
    cpu: float  # mean
    queries: int
    rows: int
    size: int
    sql: float = 0.0  # the same statements alone, median of their sum


class Page:
    """An address as one reader asks for it, through a handler of its own."""

    def __init__(self, address: str, *, cookies: dict[str, str] | None = None) -> None:
        self.address, self.cookies = address, cookies or {}
        self.handler = WSGIHandler()

    def get(self) -> bytes:
        """The body; raises RuntimeError where the answer is not 200."""
        request = RequestFactory(headers={"host": "127.0.0.1"})
        request.cookies.load(self.cookies)
        environ = request.get(self.address).environ
        status: list[str] = []
        answer = self.handler(environ, lambda line, headers, exc_info=None: status.append(line))
        body = b"".join(answer)
        answer.close()
        if not status[0].startswith("200"):
            raise RuntimeError(f"{self.address}: {status[0]}")
        return body


@contextmanager
def bare_chain() -> Iterator[None]:
    """Inside, pages are the floors', with their minimal middleware."""
    from bench import floors

    with override_settings(MIDDLEWARE=floors.MIDDLEWARE, ROOT_URLCONF="bench.floors"):
        set_urlconf(None)
        yield
    set_urlconf(None)


def measure(page: Page, *, times: int = 200, warm_up: int = 20) -> Figures:
    """`times` requests one after the other, after `warm_up` that do not count."""
    for _ in range(warm_up):
        body = page.get()
    with CaptureQueriesContext(connection) as captured, _counting_rows() as rows:
        page.get()
    asked = [query["sql"] for query in captured.captured_queries]  # later requests clear the log
    walls, began = [], time.process_time()
    for _ in range(times):
        start = time.perf_counter()
        page.get()
        walls.append(time.perf_counter() - start)
    cpu = time.process_time() - began
    return Figures(
        wall=1000 * statistics.median(walls),
        p95=1000 * statistics.quantiles(walls, n=20)[-1],
        cpu=1000 * cpu / times,
        queries=len(asked),
        rows=rows[0],
        size=len(body),
        sql=_sql_alone(asked),
    )


def _sql_alone(statements: list[str], *, times: int = 50) -> float:
    """The page's own statements, with their values, without the ORM."""
    reads = [statement for statement in statements if statement.lstrip().upper().startswith("SELECT")]
    sums = []
    for _ in range(times):
        start = time.perf_counter()
        for statement in reads:
            with connection.cursor() as cursor:
                cursor.cursor.execute(statement.replace("%", "%%") if "%" in statement else statement, [])
                cursor.cursor.fetchall()
        sums.append(time.perf_counter() - start)
    return 1000 * statistics.median(sums)


@contextmanager
def _counting_rows() -> Iterator[list[int]]:
    """Counts the rows that come from the database inside."""
    count = [0]
    kept = {name: getattr(CursorWrapper, name, None) for name in ("fetchone", "fetchmany", "fetchall")}

    def counting(name: str) -> Callable[..., Any]:
        def method(self: CursorWrapper, *args: Any) -> Any:
            found = getattr(self.cursor, name)(*args)
            count[0] += (found is not None) if name == "fetchone" else len(found)
            return found

        return method

    for name in kept:
        setattr(CursorWrapper, name, counting(name))
    try:
        yield count
    finally:
        for name in kept:
            delattr(CursorWrapper, name)
