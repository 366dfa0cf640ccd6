"""Reads of texts of files."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from core.file_texts.enums import TextState


class FileTextQuerySet(models.QuerySet):
    def lost(self, *, now: dt.datetime, unpublished: dt.timedelta, silent: dt.timedelta) -> FileTextQuerySet:
        """What nobody works on: never handed to the broker, forgotten by it, or left by a worker that died."""
        never = Q(state=TextState.WAITING, queued_at__isnull=True, asked_at__lt=now - unpublished)
        forgotten = Q(state=TextState.WAITING, queued_at__lt=now - silent)
        left = Q(state=TextState.READING, lease_until__lt=now)
        return self.filter(never | forgotten | left).order_by("asked_at", "pk")
