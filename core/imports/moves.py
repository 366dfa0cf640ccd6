"""The one way the state of an import changes; the caller holds the row's lock and saves."""

from __future__ import annotations

from core.imports.enums import MOVES, ImportState
from core.imports.models import Import


class IllegalMoveError(RuntimeError):
    """An import was to go from a state to one that `enums.MOVES` does not allow."""


def move(run: Import, state: ImportState) -> None:
    if state not in MOVES[ImportState(run.state)]:
        raise IllegalMoveError(f"{run.public_id}: {run.state} → {state}")
    run.state = state


def release(run: Import) -> None:
    """Nobody works on it any more."""
    run.token = run.lease_until = run.started_at = run.queued_at = None
    run.step, run.progress_done, run.progress_total = "", 0, None
