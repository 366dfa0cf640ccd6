"""How one value of a row is given out: plain in the JSON, in words on the page; other people are never named."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core import partial_dates
from core.accounts.models import User
from core.lifecycle.export import Section
from core.partial_dates import PartialDateField

# of the machinery: says nothing of anybody
_TECHNICAL = {
    "id",
    "token",
    "lease_until",
    "queued_at",
    "attempt",
    "attempts",
    "step",
    "progress_done",
    "progress_total",
}


def columns(section: Section) -> list[models.Field]:
    return [column for column in section.fields if column.name not in _TECHNICAL]


def titled(section: Section) -> list[models.Field]:
    """The columns that have a name for people; the others are in the JSON alone."""
    return [column for column in columns(section) if isinstance(column.verbose_name, Promise)]


def is_in_words(column: models.Field) -> bool:
    """Whether the related row is written out: people are not, they are the reader or somebody else."""
    return column.is_relation and column.related_model is not User


def plain(column: models.Field, row: models.Model, reader: User) -> Any:
    """What the JSON holds."""
    value = getattr(row, column.attname)
    if value is None:
        return None
    if column.is_relation:
        return _related(column, row, reader)
    if isinstance(value, DateRange):
        return [value.lower, value.upper]
    if isinstance(column, models.FileField):
        return str(value)
    return value


def in_words(column: models.Field, row: models.Model, reader: User) -> str:
    """What the page shows."""
    value = getattr(row, column.attname)
    if value is None or value in ("", [], {}):
        return ""
    if column.is_relation:
        return _related(column, row, reader)
    if getattr(column, "choices", None):
        return str(getattr(row, f"get_{column.name}_display")())
    if isinstance(column, PartialDateField):
        return partial_dates.display(value)
    if isinstance(value, DateRange):
        return " – ".join(formats.date_format(day) if day else "…" for day in (value.lower, value.upper))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, dt.date):
        return formats.date_format(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _related(column: models.Field, row: models.Model, reader: User) -> str:
    if column.related_model is User:
        return reader.get_full_name() if getattr(row, column.attname) == reader.pk else _("somebody else")
    return str(getattr(row, column.name))
