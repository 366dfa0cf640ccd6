"""Dates known only to the month, the season or the year, stored as the range of days they may be.

A partial date is a half-open range of days: 12 November 2024 is [2024-11-12, 2024-11-13), November 2024 is
[2024-11-01, 2024-12-01). Its precision follows from the range; nothing invents a day.
"""

from .fields import DaysFormField, PartialDateField
from .text import display, parse
from .values import Days, PartialDate, day, days, month, season, year

__all__ = [
    "Days",
    "DaysFormField",
    "PartialDate",
    "PartialDateField",
    "day",
    "days",
    "display",
    "month",
    "parse",
    "season",
    "year",
]
