"""The days a date may be: one pair of bounds for forms, addresses, imports and every column of the database's models."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# Wide enough for the founding of an association and the end of a loan; what lies beyond is a slip of the finger, and
# arithmetic near the ends of the calendar fails where no page can read it again.
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
OUT_OF_BOUNDS = _("A date lies between %(first)d and %(last)d.")
_YEARS = {"first": FIRST_DAY.year, "last": LAST_DAY.year}


def out_of_bounds() -> ValidationError:
    return ValidationError(OUT_OF_BOUNDS, code="out_of_bounds", params=_YEARS)


def check_bounds(value: dt.date | dt.datetime) -> None:
    """A validator of days and moments. The year is compared: near the calendar's ends no zone can be applied."""
    if not FIRST_DAY.year <= value.year <= LAST_DAY.year:
        raise out_of_bounds()


def moments_within(*names: str, name: str) -> models.CheckConstraint:
    """The same bounds as a constraint of the table: whoever writes, also past the forms. The fields say why."""
    first = dt.datetime(FIRST_DAY.year, 1, 1, tzinfo=dt.UTC)
    beyond = dt.datetime(LAST_DAY.year + 1, 1, 1, tzinfo=dt.UTC)
    condition = models.Q()
    for each in names:
        within = models.Q(**{f"{each}__gte": first, f"{each}__lt": beyond})
        condition &= models.Q(**{f"{each}__isnull": True}) | within
    return models.CheckConstraint(condition=condition, name=name)


def read_iso_day(text: str) -> dt.date:
    """The day of an address (`?avant=2027-11-12`). Raises ValueError for anything else, also beyond the bounds."""
    day = dt.date.fromisoformat(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(text)
    return day


def bound_every_column() -> None:
    """Gives every column of days and moments the bounds, so that `full_clean()` refuses whoever wrote the value.

    Done for all models at start, so that a new column cannot forget it; partial dates have the same bounds of their own.
    """
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.DateField) and check_bounds not in field.validators:
                field.validators.append(check_bounds)
