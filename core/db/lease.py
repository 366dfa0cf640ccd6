"""Who works on a job right now: a lease that its holder renews while it works, and that lapses when it dies.

A job row has `token` (whose attempt), `lease_until` and `attempt`. A worker claims the row in a short
transaction, works outside any transaction with a `Heartbeat` beside it, and writes the result only if the
token is still its own. A lapsed lease may be taken by anybody; the former holder then finds its token gone
and stops. Knows no model: a job row is named by queryset and key.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import Error, connection, models
from django.utils import timezone

from core import metrics

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=45)  # how long a silent worker is believed to live
BEAT = 0.6  # seconds between renewals, also how fresh the shown progress is


class LeaseLostError(RuntimeError):
    """The job was given to somebody else or called off: what was made is thrown away."""


class Heartbeat:
    """Renews the lease of one row from a thread with its own connection, and carries progress with it.

    `renew(values)` extends the row's lease and writes `values`, a dict of column values; it returns whether
    the row was still ours. `tell(**values)` may be called from anywhere, `check()` raises `LeaseLostError`.
    """

    def __init__(self, renew: Callable[[dict[str, Any]], bool], *, every: float = BEAT) -> None:
        self._renew = renew
        self._every = every
        self._news: dict[str, Any] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def tell(self, **values: Any) -> None:
        """Progress, written with the next beat."""
        with self._lock:
            self._news.update(values)

    def check(self) -> None:
        """Stops the work at the next convenient place once the lease is lost."""
        if self._lost.is_set():
            raise LeaseLostError

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Waits for the last beat; afterwards nothing is written any more."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stop.wait(self._every) and not self._lost.is_set():
                self._beat()
        finally:
            connection.close()

    def _beat(self) -> None:
        with self._lock:
            news, self._news = self._news, {}
        try:
            if not self._renew(news):
                self._lost.set()
                metrics.lease_lost()
        except Error as error:  # a database that is away for a moment costs a beat, not the job
            logger.warning("A heartbeat was not written: %s", error)
            connection.close()


@contextmanager
def held(rows: models.QuerySet, *, token: uuid.UUID, lease: dt.timedelta = LEASE) -> Iterator[Heartbeat]:
    """Keeps the lease of the one row in `rows` that bears `token` while the block runs."""

    def renew(values: dict[str, Any]) -> bool:
        return bool(rows.filter(token=token).update(lease_until=timezone.now() + lease, **values))

    heartbeat = Heartbeat(renew)
    heartbeat.start()
    try:
        yield heartbeat
    finally:
        heartbeat.stop()
