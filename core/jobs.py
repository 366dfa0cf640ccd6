"""What the jobs of the portal have in common, reports, imports and mails: how their state changes, and why one ends."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import InterfaceError, OperationalError

from core.logs import without_details


class IllegalMoveError(RuntimeError):
    """A job was to go from its state to one that its table does not allow: a fault of ours."""


class SubjectMissingError(LookupError):
    """What a job is about does not exist (any more)."""


class FailureError(Exception):
    """The job cannot go on; `code` is one of `core.reports.errors`, `detail` is for administrators unless it says so."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


def lost_connection(error: BaseException) -> bool:
    """Whether the database went away under a job, or ended what it did: no fault of the job, which is tried again."""
    return isinstance(error, OperationalError | InterfaceError)


def in_words(error: BaseException) -> str:
    """What a row keeps of a fault: without the refused row that PostgreSQL quotes, which is about other people."""
    return without_details(f"{type(error).__name__}: {error}")


def change_state(job: Any, to: str, moves: Mapping[Any, Collection[Any]]) -> None:
    """Changes the state in memory, if `moves` (from → to) has it; the caller holds the row's lock and saves."""
    if to not in moves[job.state]:
        raise IllegalMoveError(f"{job._meta.label} {job.pk}: {job.state} → {to}")
    job.state = to
