"""Half-open periods of days: the first day counts, the end does not; an open end is "still so"."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dateutil.relativedelta import relativedelta
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def today(now: dt.datetime) -> dt.date:
    """The calendar day of `now` in the portal's time zone (Europe/Paris)."""
    return timezone.localtime(now).date()


def months_later(anchor: dt.date, months: int) -> dt.date:
    """The same day `months` months after `anchor`, or the last of that month.

    A series counts each of its days from the first: counted one from the other, 31 December becomes 30 June and
    then 30 December.
    """
    return anchor + relativedelta(months=months)


def meet(one: Any, other: Any) -> bool:
    """Whether two periods share a day."""
    return (one.upper is None or other.lower < one.upper) and (other.upper is None or one.lower < other.upper)


class PeriodField(DateRangeField):
    """A `daterange` with a first day; without an end it runs on."""

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if value is not None and (value.isempty or value.lower is None):
            raise ValidationError(_("A period has a first day, and its end comes later."), code="period")


def no_overlap(*fields: str, period: str = "period", name: str, message: str) -> ExclusionConstraint:
    """Two rows equal in `fields` never share a day of `period` (needs the extension btree_gist)."""
    expressions = [(field, RangeOperators.EQUAL) for field in fields]
    return ExclusionConstraint(
        name=name, expressions=[*expressions, (period, RangeOperators.OVERLAPS)], violation_error_message=message
    )


class Periodic:
    """What a model with a `period` says of it."""

    period: Any

    @property
    def last_day(self) -> dt.date | None:
        """The last day that counts; None while it runs on."""
        return self.period.upper - dt.timedelta(days=1) if self.period.upper else None

    def runs_on(self, day: dt.date) -> bool:
        return self.period.lower <= day and (self.period.upper is None or day < self.period.upper)


class PeriodQuerySet(models.QuerySet):
    """Vocabulary of rows that hold for a `period`."""

    def on(self, day: dt.date) -> PeriodQuerySet:
        return self.filter(period__contains=day)

    def running(self, now: dt.datetime) -> PeriodQuerySet:
        return self.on(today(now))
