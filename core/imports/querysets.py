"""Reads of imports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import models
from django.db.models import Q

from core.imports.enums import ACTIVE, QUEUED, RUNNING, ImportState


class ImportQuerySet(models.QuerySet):
    def of_subjects(self, kinds: Collection[str], subject_ids: Collection[int]) -> ImportQuerySet:
        return self.filter(kind__in=kinds, subject_id__in=subject_ids)

    def active(self) -> ImportQuerySet:
        return self.filter(state__in=ACTIVE)

    def written(self) -> ImportQuerySet:
        return self.filter(state=ImportState.DONE)

    def newest_first(self) -> ImportQuerySet:
        return self.order_by("-sent_at", "-pk")

    def ahead_of(self, run: models.Model) -> ImportQuerySet:
        return self.active().filter(asked_at__lt=run.asked_at)

    def lost(self, *, now: dt.datetime, unpublished: dt.timedelta, silent: dt.timedelta) -> ImportQuerySet:
        """What nobody works on: never handed to the broker, forgotten by it, or left by a worker that died."""
        never = Q(state__in=QUEUED, queued_at__isnull=True, asked_at__lt=now - unpublished)
        forgotten = Q(state__in=QUEUED, queued_at__lt=now - silent)
        left = Q(state__in=RUNNING, lease_until__lt=now)
        return self.filter(never | forgotten | left)
