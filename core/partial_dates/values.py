"""The value itself: how to make one and what precision it has."""

from __future__ import annotations

import calendar
import datetime as dt
import enum

from django.db.backends.postgresql.psycopg_any import DateRange

PartialDate = DateRange  # half-open: lower day included, upper day excluded


class Precision(enum.Enum):
    DAY = "day"
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


def last_day(value: PartialDate) -> dt.date:
    """The last day it may be."""
    return value.upper - dt.timedelta(days=1)


def as_json(value: PartialDate | None) -> dict[str, str] | None:
    """{"from": first day, "before": day after the last} in ISO form, for canonical content."""
    return None if value is None else {"from": value.lower.isoformat(), "before": value.upper.isoformat()}


def from_json(value: dict[str, str] | None) -> PartialDate | None:
    if value is None:
        return None
    return DateRange(dt.date.fromisoformat(value["from"]), dt.date.fromisoformat(value["before"]))
