"""Filters of `core.formatting.dates`: dates, clock times, ordinals and sizes."""

from __future__ import annotations

from django import template

from core.formatting import dates

register = template.Library()

for written in (
    dates.partial_date,
    dates.partial_date_first,
    dates.since_date,
    dates.from_date,
    dates.until_date,
    dates.on_date,
    dates.long_date,
    dates.weekday_date,
    dates.clock,
    dates.moment_date,
    dates.moment_clock,
    dates.ordinal,
    dates.ordinal_raised,
    dates.ordinal_text,
    dates.file_size,
):
    register.filter(written)
