"""What each process counts of its own work, as Prometheus reads it: requests, refused sign-ins, a cache that fails.

`portal.metrics` adds what the database knows of jobs and mails, and writes all of it on one page. Several processes of
one web server add up through the folder that PROMETHEUS_MULTIPROC_DIR names (settings); each machine tells its own.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_login_failed
from django.core.cache import cache
from prometheus_client import Counter, Histogram

LEASES_LOST = "metrics:leases-lost"  # in the cache: the workers that lose them have no page of their own

_LABELS = ("method", "route")
_requests = Counter("portal_requests", "Requests answered.", (*_LABELS, "status"))
_seconds = Histogram(
    "portal_request_seconds",
    "Seconds until a request was answered.",
    _LABELS,
    buckets=(0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4),
)
_queries = Counter("portal_request_queries", "Statements that requests sent to the database.", _LABELS)
_refused = Counter("portal_sign_ins_refused", "Sign-ins that were refused: wrong password or no such account.")
_cache_failures = Counter("portal_cache_failures", "Look-ups that the cache could not serve: each is a miss.")


def request_answered(*, method: str, route: str, status: int, seconds: float, queries: int) -> None:
    """`route` is the name of the address, never the address; "" where there is none."""
    _requests.labels(method, route, str(status)).inc()
    _seconds.labels(method, route).observe(seconds)
    _queries.labels(method, route).inc(queries)


def cache_failed() -> None:
    _cache_failures.inc()


def lease_lost() -> None:
    """A worker found its work in somebody else's hands. The number goes with the cache, like any counter at a restart."""
    cache.add(LEASES_LOST, 0, timeout=None)
    cache.incr(LEASES_LOST)


def connect() -> None:
    user_login_failed.connect(_sign_in_refused, dispatch_uid="core.metrics")


def _sign_in_refused(**kwargs: Any) -> None:
    _refused.inc()
