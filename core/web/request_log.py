"""One line of the log and one observation (`core.metrics`) for each request, and the number by which a person's error page is found in it again.

The line names the route, never the address: no token, no search words, no person. Every other line that is written
while the request lasts bears the same number (`core.logs`), and so does what a job writes that the request queued.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from core import logs, metrics

logger = logging.getLogger("core.requests")
_QUIET = {"health-live", "health-ready", "metrics"}  # asked every few seconds by machines
NUMBER_HEADER = "X-Request-ID"


class _Counter:
    """How many statements the request sent to the database."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.number += 1
        return execute(*arguments)


class RequestLogMiddleware:
    """The outermost: it sees what every other middleware answered, and how long all of them took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = uuid.uuid4().hex[:12]
        counter, begun = _Counter(), time.perf_counter()
        token = logs.request_number.set(number)
        try:
            with connection.execute_wrapper(counter):
                response = self.get_response(request)
            response.headers[NUMBER_HEADER] = number
            seconds = time.perf_counter() - begun
            metrics.request_answered(
                method=_method(request),
                route=_route(request),
                status=response.status_code,
                seconds=seconds,
                queries=counter.number,
            )
            if settings.REQUEST_LOG:
                _write(request, response, seconds, counter.number)
        finally:
            logs.request_number.reset(token)
        return response


def _write(request: HttpRequest, response: HttpResponse, seconds: float, queries: int) -> None:
    route = _route(request)
    failed = response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    if route in _QUIET and not failed:
        return
    facts = {
        "method": _method(request),
        "route": route,
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "queries": queries,
        "bytes": None if response.streaming else len(response.content),
    }
    line = "{method} {route} {status}, {ms} ms, {queries} queries, {bytes} bytes".format(**facts)
    logger.log(logging.ERROR if failed else logging.INFO, line, extra={"facts": facts})


def _method(request: HttpRequest) -> str:
    return request.method if request.method in _METHODS else "?"


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name or match.route if match else ""


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
