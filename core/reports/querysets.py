"""Reads of reports."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from core.reports.enums import LIVE, WAITING, ReportState


class ReportQuerySet(models.QuerySet):
    def live(self) -> ReportQuerySet:
        """Rows that stand for their content: waiting, being made or done."""
        return self.filter(state__in=LIVE)

    def waiting(self) -> ReportQuerySet:
        return self.filter(state__in=WAITING)

    def done(self) -> ReportQuerySet:
        return self.filter(state=ReportState.DONE)

    def of_subjects(self, kind: str, subject_ids: Iterable[uuid.UUID]) -> ReportQuerySet:
        return self.filter(kind=kind, subject_id__in=list(subject_ids))

    def newest_first(self) -> ReportQuerySet:
        return self.order_by("-requested_at", "-pk")

    def ahead_of(self, report: models.Model) -> ReportQuerySet:
        """Reports of the same queue that were asked for earlier and are not done."""
        return self.waiting().filter(queue=report.queue, requested_at__lt=report.requested_at)

    def lost(self, *, now: dt.datetime, unpublished: dt.timedelta, silent: dt.timedelta) -> ReportQuerySet:
        """What nobody works on: never handed to the broker, forgotten by it, or left by a worker that died."""
        never = Q(state=ReportState.QUEUED, queued_at__isnull=True, requested_at__lt=now - unpublished)
        forgotten = Q(state=ReportState.QUEUED, queued_at__lt=now - silent)
        left = Q(state=ReportState.RUNNING, lease_until__lt=now)
        return self.filter(never | forgotten | left)

    def for_list(self) -> ReportQuerySet:
        """The jobs page: the newest first, with who asked."""
        return self.select_related("requested_by").newest_first()
