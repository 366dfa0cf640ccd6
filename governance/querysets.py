"""Reads of mandates. The running mandate is the last that has started: no end is ever stored."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Window
from django.db.models.functions import Lead


class MandateQuerySet(models.QuerySet):
    def started(self, now: dt.datetime) -> MandateQuerySet:
        return self.filter(starts_at__lte=now).order_by("-starts_at")

    def running(self, now: dt.datetime):
        """The mandate that runs at `now`, or None before the first one."""
        return self.started(now).select_related("organisation").first()

    def with_end(self) -> MandateQuerySet:
        """Adds `ends_at` and `ended_on` (partial date), both read from the next mandate's start."""
        following = {"order_by": F("starts_at").asc()}
        return self.annotate(
            ends_at=Window(Lead("starts_at"), **following), ended_on=Window(Lead("started_on"), **following)
        )

    def for_list(self) -> MandateQuerySet:
        return self.with_end().select_related("organisation").order_by("starts_at")
