"""Asks for the text of a file, and lets it go with the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from core.file_texts import registry
from core.file_texts.enums import TextState
from core.file_texts.models import FileText
from core.models import StoredFile
from core.queue import enqueue

AT_ONCE = 200


@transaction.atomic
def ask(*, file: StoredFile, now: dt.datetime) -> FileText | None:
    """Has the worker read `file` when this transaction has committed; None where it is of no kind that has text."""
    if file.content_type not in registry.READABLE:
        return None
    text, _made = FileText.objects.get_or_create(file=file, defaults={"asked_at": now})
    transaction.on_commit(lambda: send_to_worker(text.pk), robust=True)
    return text


@transaction.atomic
def forget(*, files: Collection[int]) -> None:
    """The texts of these files (by key) go; the files stay."""
    FileText.objects.filter(file__in=files).delete()


@transaction.atomic
def ask_for_all(*, now: dt.datetime) -> int:
    """Rows for files that an app names and nobody asked for yet: those of a space that is older than this app, or filled
    below it. Texts of files that no app names any more go. Returns how many are new.
    """
    named = registry.named_by_some_app()
    FileText.objects.exclude(file__in=StoredFile.objects.filter(named)).delete()
    new = StoredFile.objects.filter(named, content_type__in=registry.READABLE, text__isnull=True).order_by("pk")[
        :AT_ONCE
    ]
    made = FileText.objects.bulk_create([FileText(file=file, asked_at=now) for file in new], ignore_conflicts=True)
    return len(made)


def send_to_worker(text_id: int) -> None:
    """To the broker, which may be away: the sweep finds the row again. Outside any transaction."""
    from core.file_texts.tasks import read_text

    if enqueue(read_text, text_id=text_id):
        FileText.objects.filter(pk=text_id, state=TextState.WAITING).update(queued_at=timezone.now())
