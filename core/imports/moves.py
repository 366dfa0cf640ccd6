"""The one way the state of an import changes; the caller holds the row's lock and saves."""

from __future__ import annotations

from core.imports.enums import MOVES, ImportState
from core.imports.models import Import
from core.jobs import change_state


def move(run: Import, state: ImportState) -> None:
    change_state(run, state, MOVES)


def release(run: Import) -> None:
    """Nobody works on it any more."""
    run.token = run.lease_until = run.started_at = run.queued_at = None
    run.step, run.progress_done, run.progress_total = "", 0, None
