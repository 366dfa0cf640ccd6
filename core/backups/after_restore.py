"""What else must be done in a database that was just restored: apps register it, `restoring` calls it.

A function takes `now` and returns one sentence for the terminal, or "" where it had nothing to do. It runs as the
owner of the database, after the migrations, and may run twice: a restore that was interrupted is begun anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

AfterRestore = Callable[..., str]
_registered: dict[str, AfterRestore] = {}


def register(name: str, function: AfterRestore) -> None:
    """`function(now=…)`; a later one with the same name takes its place."""
    _registered[name] = function


def run(*, now: dt.datetime) -> list[str]:
    """All of them by name; the sentences of those that did something."""
    return [said for name in sorted(_registered) if (said := _registered[name](now=now))]
