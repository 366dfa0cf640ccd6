"""The value itself: how to make one and what precision it has."""

from __future__ import annotations

import calendar
import datetime as dt
import enum
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

PartialDate = DateRange  # half-open: lower day included, upper day excluded


class Days(DateRange):
    """Several days in a row, each of them meant: where a partial date is one of its days, this is all of them."""


class Precision(enum.Enum):
    DAY = "day"
    DAYS = "days"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    SPAN = "span"


# name → (first month, months); winter runs into the next year
SEASONS = {
    "early": (1, 4),
    "spring": (3, 3),
    "middle": (5, 4),
    "summer": (6, 3),
    "autumn": (9, 3),
    "late": (9, 4),
    "winter": (12, 3),
}


def _first(year_: int, month_: int) -> dt.date:
    years, index = divmod(month_ - 1, 12)
    return dt.date(year_ + years, index + 1, 1)


def day(value: dt.date) -> PartialDate:
    return DateRange(value, value + dt.timedelta(days=1))


def days(first: dt.date, last: dt.date) -> PartialDate:
    """All days from `first` to `last`; a plain day where they are one."""
    return day(first) if first == last else Days(first, last + dt.timedelta(days=1))


def some_day(value: PartialDate | None) -> PartialDate | None:
    """One of those days, it is not known which: what happened in a meeting of several days."""
    return value and DateRange(value.lower, value.upper)


def days_of(value: PartialDate | None) -> list[dt.date]:
    """Each day where it has several; empty for all else."""
    if not isinstance(value, Days):
        return []
    return [value.lower + dt.timedelta(days=number) for number in range((value.upper - value.lower).days)]


def month(year_: int, month_: int) -> PartialDate:
    return DateRange(_first(year_, month_), _first(year_, month_ + 1))


def year(year_: int) -> PartialDate:
    return DateRange(dt.date(year_, 1, 1), dt.date(year_ + 1, 1, 1))


def season(name: str, year_: int) -> PartialDate:
    start, months = SEASONS[name]
    return DateRange(_first(year_, start), _first(year_, start + months))


def last_of_month(year_: int, month_: int) -> int:
    """How many days that month has."""
    return calendar.monthrange(year_, month_)[1]


def precision(value: PartialDate) -> tuple[Precision, str]:
    """The precision and, for a season, its name ("" otherwise)."""
    first, end = value.lower, value.upper
    if isinstance(value, Days):
        return Precision.DAYS, ""
    if (end - first).days == 1:
        return Precision.DAY, ""
    if first.day == end.day == 1:
        months = (end.year - first.year) * 12 + end.month - first.month
        if months == 1:
            return Precision.MONTH, ""
        if (first.month, months) == (1, 12):
            return Precision.YEAR, ""
        for name, shape in SEASONS.items():
            if shape == (first.month, months):
                return Precision.SEASON, name
    return Precision.SPAN, ""


def is_day(value: PartialDate | None) -> bool:
    return value is not None and precision(value)[0] is Precision.DAY


def is_days(value: PartialDate | None) -> bool:
    """An exact day, or several in a row."""
    return value is not None and precision(value)[0] in (Precision.DAY, Precision.DAYS)


def last_day(value: PartialDate) -> dt.date:
    """The last day it may be, or of several the last."""
    return value.upper - dt.timedelta(days=1)


def as_json(value: PartialDate | None) -> dict[str, str | bool] | None:
    """{"from": first day, "before": day after the last} in ISO form, for canonical content; several days: "all": true."""
    if value is None:
        return None
    found: dict[str, str | bool] = {"from": value.lower.isoformat(), "before": value.upper.isoformat()}
    return {**found, "all": True} if isinstance(value, Days) else found


def from_json(value: dict[str, Any] | None) -> PartialDate | None:
    if value is None:
        return None
    kind = Days if value.get("all") else DateRange
    return kind(dt.date.fromisoformat(value["from"]), dt.date.fromisoformat(value["before"]))
