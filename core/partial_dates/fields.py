"""Model and form field of a partial date."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _

from core.dates import FIRST_DAY, LAST_DAY, out_of_bounds

from . import text
from .days import parse_days
from .values import PartialDate, last_day


class PartialDateFormField(forms.CharField):
    """One text box: a day, a month, a season or a year, as people write it.

    Where the date is one that comes, a form sets `coming` to today, and a day may be without its year.
    """

    coming: dt.date | None = None
    default_error_messages = {
        "unreadable": _("Write a day, a month, a season or a year: 12/11/2024, November 2024, summer 2020, 2024."),
    }

    def __init__(self, **kwargs: Any) -> None:
        for name in ("default_bounds", "base_field", "encoder"):
            kwargs.pop(name, None)
        super().__init__(**{"max_length": 60, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else text.editable(value)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        if value in self.empty_values:
            return None
        super().run_validators(value)
        try:
            return self.read(value)
        except text.UnreadableDate as error:
            raise error.refusal from None
        except ValueError:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable") from None

    def read(self, value: str) -> PartialDate:
        return text.parse(value, coming=self.coming)

    def run_validators(self, value: Any) -> None:
        """Length and control characters were checked of the text, before it was read."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(
            text.editable(initial) if initial and not isinstance(initial, str) else initial, data
        )


class DaysFormField(PartialDateFormField):
    """As `PartialDateFormField`, and several days in a row (`values.Days`): "12 et 13 novembre 2027"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 90, **kwargs})

    def read(self, value: str) -> PartialDate:
        return parse_days(value, coming=self.coming)


class PartialDateField(DateRangeField):
    """A `daterange` that is neither empty nor unbounded; `get_<name>_display()` writes it in words."""

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super(DateRangeField, self).formfield(form_class=PartialDateFormField, **kwargs)

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if value is not None and (value.isempty or value.lower is None or value.upper is None):
            raise ValidationError(_("A partial date has a first and a last possible day."), code="unbounded")
        if value is not None and not (value.lower >= FIRST_DAY and last_day(value).year <= LAST_DAY.year + 1):
            raise out_of_bounds()  # winter 2100 runs into 2101

    def contribute_to_class(self, cls: type, name: str, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract:
            setattr(cls, f"get_{name}_display", lambda self: text.display(getattr(self, name)))


def not_before(earlier: str, later: str, *, name: str, message: str) -> CheckConstraint:
    """`later` may not lie wholly before `earlier`; holds where either is unknown."""
    condition = Q(**{f"{later}__isnull": True}) | Q(**{f"{earlier}__isnull": True})
    condition |= ~Q(**{f"{later}__fully_lt": F(earlier)})
    return CheckConstraint(condition=condition, name=name, violation_error_message=message)
