"""Hands the number of an import to the worker, and the file to who reads it."""

from __future__ import annotations

import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from core.imports import registry
from core.imports.enums import QUEUED
from core.imports.models import Import, ImportFile
from core.imports.reading import Source
from core.queue import enqueue

QUEUE = "long"


def send_to_worker(import_id: int) -> None:
    """To the broker, which may be away: the sweep finds the row again. Outside any transaction."""
    from core.imports.tasks import run_import

    if enqueue(run_import, queue=QUEUE, import_id=import_id):
        mark_queued(import_id, now=timezone.now())


def mark_queued(import_id: int, *, now: dt.datetime) -> None:
    """Notes that the broker has the number; it may have been claimed meanwhile."""
    Import.objects.filter(pk=import_id, state__in=QUEUED).update(queued_at=now)


def source_of(run: Import) -> Source:
    """The file as it was sent. Raises `Unreadable`, and `ImportFile.DoesNotExist` once it was forgotten."""
    content = ImportFile.objects.get(of=run).content
    return Source(ContentFile(bytes(content), name=run.file_name), registry.kind(run.kind).shape)
