"""Two things at once, against a real PostgreSQL: threads with connections of their own.

For tests marked `django_db(transaction=True)`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

WAIT = 20  # seconds until a test gives up


def together(*acts: Callable[[], Any], refusals: tuple[type[Exception], ...] = ()) -> list[Any]:
    """Runs the acts at once; for each its result, or that of `refusals` which it met."""
    results: list[Any] = [None] * len(acts)
    surprises: list[BaseException] = []
    start = threading.Barrier(len(acts))

    def run(place: int) -> None:
        try:
            start.wait(WAIT)
            results[place] = acts[place]()
        except refusals as refused:
            results[place] = refused
        except BaseException as surprise:  # noqa: BLE001 (shown by the test, not lost with the thread)
            surprises.append(surprise)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
        assert not thread.is_alive(), "they wait for each other"
    if surprises:
        raise surprises[0]
    return results
