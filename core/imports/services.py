"""The sender's side of an import: keep a file, say how it is read, let it be written, call it off.

The worker's side is `core.imports.jobs`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import get_language

from core.imports import registry
from core.imports.enums import ImportState
from core.imports.errors import ChangedMeanwhile
from core.imports.models import Import, ImportFile
from core.imports.moves import move, release
from core.imports.queue import send_to_worker
from core.imports.reading import Reading, Source

if TYPE_CHECKING:
    from core.accounts.models import User


@transaction.atomic
def keep(*, kind: str, subject_id: int, upload: File, by: User, now: dt.datetime) -> Import:
    """Keeps a table for its comparison; nothing of what it tells is written.

    It is compared at once where it is plain which sheet and which columns are meant, else its sender says so first.
    Raises `PermissionRefused`, `Unreadable`.
    """
    chosen = registry.kind(kind)
    chosen.may(by, chosen.subject(subject_id))
    source = Source(upload, chosen.shape)
    place = source.settled
    if place is not None:
        Reading(source, place)  # refuses merged cells before anything is kept
    run = Import(
        kind=kind,
        subject_id=subject_id,
        by=by,
        language=get_language() or "fr",
        file_name=upload.name[:180],
        sent_at=now,
        sheet=place.sheet.name if place else "",
    )
    run.full_clean()
    run.save(force_insert=True)
    upload.seek(0)
    ImportFile.objects.create(of=run, content=upload.read())
    if place is not None:
        _enqueue(run, ImportState.TO_CHECK, now)
    return run


@transaction.atomic
def choose(*, run: Import, sheet: str, mapping: Sequence[str], by: User, now: dt.datetime) -> Import:
    """Says which sheet is meant, and which column is what (a field each, "" for none); the file is read anew."""
    run = _held(run, by)
    run.sheet, run.mapping = sheet, list(mapping)
    run.layout, run.answers = {}, {}
    _enqueue(run, ImportState.TO_CHECK, now)
    return run


@transaction.atomic
def answer(*, run: Import, answers: Mapping[str, str], by: User, now: dt.datetime) -> Import:
    """Keeps what the sender says of what the file leaves open; it is compared anew."""
    run = _held(run, by)
    run.answers = dict(answers)
    _enqueue(run, ImportState.TO_CHECK, now)
    return run


@transaction.atomic
def check_again(*, run: Import, by: User, now: dt.datetime) -> Import:
    """Compares once more: after a failure, or because time has passed."""
    run = _held(run, by)
    _enqueue(run, ImportState.TO_CHECK, now)
    return run


@transaction.atomic
def write(*, run: Import, fingerprint: str, by: User, now: dt.datetime) -> Import:
    """Lets be written what was shown. Raises `ChangedMeanwhile` where something else would be, or was written before."""
    run = _held(run, by)
    if not run.may_be_applied or run.fingerprint != fingerprint:
        raise ChangedMeanwhile
    run.by = by
    _enqueue(run, ImportState.TO_WRITE, now)
    return run


@transaction.atomic
def cancel(*, run: Import, by: User, now: dt.datetime) -> Import:
    """Calls off what waits or runs: a comparison ends, a writing leaves everything as it was.

    A worker that is at it notices with its next heartbeat. Raises `ChangedMeanwhile` where nothing runs any more.
    """
    run = _held(run, by)
    if not run.is_active:
        raise ChangedMeanwhile
    is_writing = run.state in (ImportState.TO_WRITE, ImportState.WRITING)
    move(run, ImportState.CHECKED if is_writing else ImportState.CANCELLED)
    release(run)
    run.save()
    return run


@transaction.atomic
def forget_old(*, before: dt.datetime) -> int:
    """Removes the files and rows of what was sent before that moment, and imports that were never written; how many."""
    old = Import.objects.filter(sent_at__lt=before)
    gone = old.exclude(state__in=(ImportState.DONE, ImportState.TO_WRITE, ImportState.WRITING)).delete()[1]
    kept = old.filter(state=ImportState.DONE)
    ImportFile.objects.filter(of__in=kept).delete()
    for run in kept.filter(rows__isnull=False).distinct():
        run.rows.all().delete()
    return gone.get(Import._meta.label, 0)


def _held(run: Import, by: User) -> Import:
    """The row under its lock, once the right was asked again."""
    chosen = registry.kind(run.kind)
    chosen.may(by, chosen.subject(run.subject_id))
    return Import.objects.select_for_update(of=("self",)).select_related("by").get(pk=run.pk)


def _enqueue(run: Import, state: ImportState, now: dt.datetime) -> None:
    move(run, state)
    release(run)
    run.asked_at, run.attempt, run.changed_meanwhile = now, 0, False
    run.error_code = run.error_detail = ""
    run.full_clean()
    run.save()
    transaction.on_commit(partial(send_to_worker, run.pk))
