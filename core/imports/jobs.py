"""The worker's side of an import: claim, read, compare, write, fail; and what the sweep takes up again.

Every move is one short transaction that locks the row, checks the move against `enums.MOVES` and the token against
the worker's own; rows are read and compared outside any. The writing is one transaction, all or nothing, and ends
in the very move that says it is done: a worker killed in the middle has written nothing.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.accounts.rights import PermissionRefused
from core.db import lease, locks
from core.imports import errors, notifications, registry
from core.imports.enums import BACK, RUNNING, STARTS, ImportState, ImportStep
from core.imports.errors import ChangedMeanwhile
from core.imports.models import Import, ImportRow
from core.imports.moves import move, release
from core.imports.planning import AT_ONCE, Plan, PlannedRow, is_to_write
from core.imports.queue import send_to_worker, source_of
from core.imports.reading import Reading, Table, Unreadable
from core.imports.registry import ImportKind
from core.jobs import FailureError, SubjectMissingError

MOST_ATTEMPTS = 3
MOST_PROBLEMS = 200  # kinds of problem that are told with their rows; each row tells its own
LONG = 2_000  # rows: who sent so many has left the page, and is told when they were compared
# The request died between its commit and the broker, or the broker was away.
UNPUBLISHED_AFTER = dt.timedelta(seconds=5)
SILENT_AFTER = dt.timedelta(minutes=2)  # the broker has forgotten it: a second message does no harm


@dataclass(frozen=True)
class Claim:
    """One attempt at one import; whoever holds the token may go on."""

    import_id: int
    token: uuid.UUID
    state: str


@transaction.atomic
def claim(import_id: int, *, now: dt.datetime) -> Claim | None:
    """Takes the import for this attempt; None where there is nothing to do, or somebody is at it."""
    run = Import.objects.select_for_update().filter(pk=import_id).first()
    if run is None or not run.is_active:
        return None
    if run.state in RUNNING and (run.lease_until > now or not _take_back(run, now)):
        return None
    move(run, STARTS[ImportState(run.state)])
    run.attempt += 1
    run.started_at, run.token, run.lease_until = now, uuid.uuid4(), now + lease.LEASE
    run.step, run.progress_done, run.progress_total = ImportStep.READING, 0, None
    run.save()
    return Claim(run.pk, run.token, run.state)


def work(claimed: Claim) -> None:
    """Compares or writes the claimed import.

    Raises `FailureError` for what is to be told, `lease.LeaseLostError` where somebody else has it now.
    """
    rows = Import.objects.filter(pk=claimed.import_id)
    with lease.held(rows, token=claimed.token) as heartbeat:
        run = rows.select_related("by").get()
        kind = registry.kind(run.kind)
        job = _Job(run, kind, claimed, heartbeat)
        with translation.override(run.language):
            try:
                subject = kind.subject(run.subject_id)
                with transaction.atomic():
                    kind.may(run.by, subject)
                if claimed.state == ImportState.CHECKING:
                    _check(job, subject)
                else:
                    _write(job, subject)
            except Unreadable as error:
                raise FailureError(errors.UNREADABLE, str(error)) from error
            except (PermissionRefused, SubjectMissingError) as error:
                raise FailureError(errors.NOT_ALLOWED, str(error)) from error


@dataclass
class _Job:
    run: Import
    kind: ImportKind
    claimed: Claim
    heartbeat: lease.Heartbeat

    def tell(self, step: ImportStep, done: int, total: int | None) -> None:
        """Progress; stops the work that was called off or given to somebody else."""
        self.heartbeat.check()
        self.heartbeat.tell(step=step, progress_done=done, progress_total=total)

    def own(self) -> Import:
        """The row under its lock; inside a transaction."""
        run = Import.objects.select_for_update(of=("self",)).filter(pk=self.run.pk, token=self.claimed.token).first()
        if run is None or run.state != self.claimed.state:
            raise lease.LeaseLostError
        return run

    def table(self) -> Table:
        return Table(**self.run.layout, answers=self.run.answers)

    def pieces(self) -> Iterator[list[ImportRow]]:
        """The rows in the file's order, some hundreds at a time: one piece is let go before the next is read."""
        last = -1
        while True:
            rows = self.run.rows.filter(number__gt=last).order_by("number")
            piece = list(rows[:AT_ONCE])
            if not piece:
                return
            yield piece
            last = piece[-1].number


# --- reading and comparing ----------------------------------------------------------------------------------------


def _check(job: _Job, subject: Any) -> None:
    if not job.run.layout:  # else it was read before: an answer, a failure or a lost worker came between
        _read(job)
    total = job.run.rows.count()
    planner, plan, done = job.kind.planner(job.table(), subject), Plan(keeps=0), 0
    passed_over: Counter[str] = Counter()
    for piece in job.pieces():
        planned = planner.plan([row.texts for row in piece])
        plan.add(planned)
        passed_over.update(head for found in planned for head in found.passed_over)
        for row, found in zip(piece, planned, strict=True):
            row.reference, row.outcome, row.told = found.reference[:300], found.outcome, _told(found)
        with transaction.atomic():
            job.own()
            ImportRow.objects.bulk_create(
                piece, update_conflicts=True, unique_fields=["of", "number"], update_fields=_OF_PLAN
            )
        done += len(piece)
        job.tell(ImportStep.COMPARING, done, total)
    with transaction.atomic():
        run = job.own()
        move(run, ImportState.CHECKED)
        release(run)
        run.counts, run.fingerprint = plan.counts, plan.fingerprint
        run.layout = {**run.layout, "passed_over": dict(passed_over)}
        run.problems = [asdict(one) for one in plan.shared[:MOST_PROBLEMS]]
        run.save()
        if total >= LONG:
            notifications.compared(run, now=timezone.now())


_OF_PLAN = ["reference", "outcome", "told"]


def _read(job: _Job) -> None:
    """From the file to its rows, with their cells and their texts."""
    with transaction.atomic():
        job.own()
        job.run.rows.all().delete()  # what an attempt that was killed left
    source = source_of(job.run)
    place = source.named(job.run.sheet) or source.settled
    if place is None:
        raise Unreadable(_("Say first which sheet and which columns are meant."))
    reading, piece, done = Reading(source, place, job.run.mapping or None), [], 0
    for texts, cells in reading.pairs():
        piece.append(ImportRow(of=job.run, number=int(texts["row"]), cells=cells, texts=texts))
        if len(piece) == AT_ONCE:
            done += _keep(job, piece)
            job.tell(ImportStep.READING, done, None)
            piece = []
    if not done + _keep(job, piece):
        raise Unreadable(_("This table has a head and no row below it: there is nothing to import."))
    layout = asdict(reading.table)
    del layout["rows"], layout["answers"]
    with transaction.atomic():
        run = job.own()
        run.layout = layout
        run.save(update_fields=["layout"])
    job.run.layout = layout


def _keep(job: _Job, piece: list[ImportRow]) -> int:
    with transaction.atomic():
        job.own()
        ImportRow.objects.bulk_create(piece)
    return len(piece)


def _told(row: PlannedRow) -> dict[str, Any]:
    """What the page says of a row; nothing where nothing changes."""
    told = {
        "about": row.about,
        "changes": [[one.column, one.old, one.new] for one in row.changes],
        "problems": [[one.text, one.column, one.letter] for one in row.problems],
    }
    return {name: value for name, value in told.items() if value}


# --- writing ------------------------------------------------------------------------------------------------------


def _write(job: _Job, subject: Any) -> None:
    """Everything or nothing. What would no longer do what was shown is compared anew instead."""
    try:
        with transaction.atomic():
            _write_all(job, subject)
    except (ChangedMeanwhile, ValidationError, IntegrityError):  # somebody wrote a row of the same key meanwhile
        with transaction.atomic():
            run = job.own()
            move(run, ImportState.TO_CHECK)
            release(run)
            run.asked_at, run.attempt, run.changed_meanwhile = timezone.now(), 0, True
            run.save()
        send_to_worker(run.pk)


def _write_all(job: _Job, subject: Any) -> None:
    run, kind, now = job.run, job.kind, timezone.now()
    locks.hold_exclusive(f"import {run.kind} {run.subject_id}")
    references = run.rows.exclude(reference="").values_list("reference", flat=True)
    stamp = kind.stamp()
    if stamp is None:
        kind.lock(subject, references)
        pieces: Iterable[list[Any]] = _to_write(job, subject)
    else:  # everybody waits for this lock: what takes long comes before it
        pieces = list(_to_write(job, subject))
        kind.lock(subject, references)
        if kind.stamp() != stamp:
            pieces = list(_to_write(job, subject))
    for rows in pieces:
        kind.write(rows, now)
        job.heartbeat.check()
    kind.may(run.by, subject)  # last, so that a handover waits for the commit alone
    run = job.own()
    move(run, ImportState.DONE)
    release(run)
    run.applied_at = now
    run.save()
    notifications.written(run, now=now)


def _to_write(job: _Job, subject: Any) -> Iterator[list[Any]]:
    """The rows to be written, compared once more, piece after piece. Raises `ChangedMeanwhile`: it is not what was shown."""
    planner, plan, done = job.kind.planner(job.table(), subject), Plan(keeps=0), 0
    total = job.run.rows.count()
    for piece in job.pieces():
        planned = planner.plan([row.texts for row in piece])
        plan.add(planned)
        if plan.is_held_up:
            raise ChangedMeanwhile
        yield [row for row in planned if is_to_write(row)]
        done += len(piece)
        job.tell(ImportStep.WRITING, done, total)
    if plan.fingerprint != job.run.fingerprint:
        raise ChangedMeanwhile


# --- ends ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def fail(claimed: Claim, *, code: str, detail: str, now: dt.datetime) -> None:
    """Tells why the import ended; nothing where somebody else has it by now."""
    run = Import.objects.select_for_update(of=("self",)).filter(pk=claimed.import_id, token=claimed.token).first()
    if run is not None and run.state in RUNNING:
        _fail(run, code=code, detail=detail, now=now)


@transaction.atomic
def requeue_stale(*, now: dt.datetime, at_most: int = 200) -> list[Import]:
    """Imports that nobody works on, made ready to be queued again; two sweeps at once share the rows."""
    lost = Import.objects.lost(now=now, unpublished=UNPUBLISHED_AFTER, silent=SILENT_AFTER).order_by("asked_at", "pk")
    taken = []
    for run in lost.select_for_update(skip_locked=True)[:at_most]:
        if run.state in RUNNING:
            if not _take_back(run, now):
                continue
            run.save()
        taken.append(run)
    return taken


def _take_back(run: Import, now: dt.datetime) -> bool:
    """Back to the queue from a worker that died; after too many attempts failed instead (False)."""
    if run.attempt >= MOST_ATTEMPTS:
        _fail(run, code=errors.WORKER_LOST, detail=f"{run.attempt} attempts", now=now)
        return False
    move(run, BACK[ImportState(run.state)])
    release(run)
    return True


def _fail(run: Import, *, code: str, detail: str, now: dt.datetime) -> None:
    move(run, ImportState.FAILED)
    release(run)
    run.error_code, run.error_detail = code, detail[:500]
    run.save()
    notifications.failed(run, now=now)
