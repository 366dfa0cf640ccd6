"""The worker's side of a reading: claim, read, keep; and what the sweep takes up again.

Every move is one short transaction that locks the row; the file is read outside any. A file that ends its worker three
times is told as too heavy and not tried again.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from core.file_texts import reading, registry
from core.file_texts.enums import MOVES, Remark, TextState
from core.file_texts.models import FileText
from core.file_texts.reading import Reading
from core.jobs import change_state

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
LEASE = dt.timedelta(minutes=4)  # longer than `reading.Limits` let a file be read
UNPUBLISHED_AFTER = dt.timedelta(seconds=5)
SILENT_AFTER = dt.timedelta(minutes=15)  # others may be read before it; a second message does no harm


def run(text_id: int, *, clock: Callable[[], dt.datetime] = timezone.now) -> None:
    """Reads one file, unless that is done or somebody is at it."""
    claimed = _claim(text_id, now=clock())
    if claimed is not None:
        _keep(claimed, _read(claimed), now=clock())


@transaction.atomic
def _claim(text_id: int, *, now: dt.datetime) -> FileText | None:
    text = FileText.objects.select_for_update(of=("self",)).select_related("file").filter(pk=text_id).first()
    if text is None or text.state != TextState.WAITING:
        return None
    change_state(text, TextState.READING, MOVES)
    text.attempt += 1
    text.token, text.lease_until = uuid.uuid4(), now + LEASE
    text.save(update_fields=["state", "attempt", "token", "lease_until"])
    return text


def _read(text: FileText) -> Reading:
    try:
        with text.file.file.open("rb") as content:
            return reading.read(content, registry.READABLE[text.file.content_type])
    except FileNotFoundError:
        logger.exception("The bytes of file %s are missing", text.file.public_id)
        return Reading(remark=Remark.MISSING)


@transaction.atomic
def _keep(claimed: FileText, read: Reading, *, now: dt.datetime) -> None:
    """Nothing where the file was replaced or removed meanwhile, or somebody else has it by now."""
    text = FileText.objects.select_for_update().filter(pk=claimed.pk, token=claimed.token).first()
    if text is None:
        return
    text.pages, text.is_paged, text.page_count = read.pages, read.is_paged, read.page_count
    _end(text, TextState.READ if read.is_readable else TextState.UNREADABLE, read.remark, now=now)


def _end(text: FileText, state: TextState, remark: str, *, now: dt.datetime) -> None:
    change_state(text, state, MOVES)
    text.remark, text.read_at, text.token, text.lease_until = remark, now, None, None
    text.full_clean()
    text.save()


@transaction.atomic
def requeue_stale(*, now: dt.datetime, at_most: int = 200) -> list[int]:
    """Keys of texts that nobody works on, made ready to be queued again; two sweeps at once share the rows."""
    lost = FileText.objects.lost(now=now, unpublished=UNPUBLISHED_AFTER, silent=SILENT_AFTER)
    taken = []
    for text in lost.select_for_update(skip_locked=True)[:at_most]:
        if text.state == TextState.READING:
            if text.attempt >= MOST_ATTEMPTS:
                _end(text, TextState.UNREADABLE, Remark.TOO_HEAVY, now=now)
                continue
            change_state(text, TextState.WAITING, MOVES)
            text.token = text.lease_until = text.queued_at = None
            text.save(update_fields=["state", "token", "lease_until", "queued_at"])
        taken.append(text.pk)
    return taken
