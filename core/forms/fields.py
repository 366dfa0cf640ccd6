"""Fields that read days, numbers and links as people write them, and the bounds every field has.

Model forms and filters make their fields themselves, so each form turns what it was given into these (`fit`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from core.dates import FIRST_DAY, LAST_DAY, check_bounds
from core.forms.numbers import plain_number
from core.partial_dates.text import UnreadableDate, parse_day
from core.text import lines, one_line, without_controls

LARGEST_INTEGER = 2**31 - 1  # what an integer column holds
LARGEST_KEY = 2**63 - 1  # what a row's number may be, in a hidden field


class DayField(forms.DateField):
    """A day as people write it: "12/11/2027", "le 12 novembre 2027", "ven. 12 nov. 2027"."""

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, str) and value.strip():
            try:
                return parse_day(value)
            except UnreadableDate as error:
                raise error.refusal from None
            except ValueError:
                pass
        return super().to_python(value)


class WholeNumberField(forms.IntegerField):
    """A whole number: "1 200" with any blank, "−3" with the sign of typography."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


class DecimalNumberField(forms.DecimalField):
    """A number with blanks between the thousands, a comma or a point before the decimals, perhaps a euro sign."""

    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


class LinkField(forms.URLField):
    """An address as it is copied out of a mail: `<https://…>`, or with the point that ended the sentence."""

    def to_python(self, value: Any) -> str:
        return super().to_python(bare_link(value) if isinstance(value, str) else value)


def bare_link(text: str) -> str:
    """`text` without the signs that stood around the address in a sentence; a bracket it opened itself stays."""
    text = text.strip().lstrip("<([«“\"' \u00a0").rstrip()
    while text and (text[-1] in ".,;:!?>»”’\"'\u00a0" or (text[-1] in ")]" and not _opens(text, text[-1]))):
        text = text[:-1].rstrip()
    return text


def _opens(text: str, bracket: str) -> bool:
    opening = {")": "(", "]": "["}[bracket]
    return text.count(opening) >= text.count(bracket)


_NOT_A_URL = forms.URLField.default_error_messages["invalid"]  # "Enter a valid URL": says neither what nor how
_AS_PEOPLE_WRITE: Mapping[type[forms.Field], type[forms.Field]] = {
    forms.DateField: DayField,
    forms.IntegerField: WholeNumberField,
    forms.DecimalField: DecimalNumberField,
    forms.URLField: LinkField,
}


def fit(field: forms.Field) -> None:
    """Makes `field`, one of a form's own copies, read what people write and refuse what no column holds."""
    if getattr(field, "is_fit", False):
        return
    field.is_fit = True
    if kind := _AS_PEOPLE_WRITE.get(type(field)):
        field.__class__ = kind  # adds no state: the same field, read in another way
    if isinstance(field, LinkField) and field.error_messages["invalid"] is _NOT_A_URL:
        field.error_messages["invalid"] = _("Give the whole address, for example https://www.example.org")
    if isinstance(field, forms.DateField | forms.DateTimeField):
        field.validators.append(check_bounds)
        _bound_widget(field.widget)
    elif isinstance(field, WholeNumberField):
        largest = LARGEST_KEY if field.widget.is_hidden else LARGEST_INTEGER
        if field.min_value is None:
            field.validators.append(MinValueValidator(-largest))
        if field.max_value is None:
            field.validators.append(MaxValueValidator(largest))


def _bound_widget(widget: forms.Widget) -> None:
    """So that the browser's own calendar says it before anything is sent."""
    times = {"date": ("", ""), "datetime-local": ("T00:00", "T23:59")}.get(getattr(widget, "input_type", ""))
    if times:
        widget.attrs.setdefault("min", f"{FIRST_DAY.isoformat()}{times[0]}")
        widget.attrs.setdefault("max", f"{LAST_DAY.isoformat()}{times[1]}")


def cleaned(widget: forms.Widget, value: Any) -> Any:
    """What was sent for `widget`, as text is kept: by lines in a text area, else in one; secrets as they were typed."""
    if not isinstance(value, str) or isinstance(widget, forms.PasswordInput):
        return value
    if isinstance(widget, forms.Textarea):
        return lines(value)
    if isinstance(widget, forms.HiddenInput):  # what we wrote ourselves, perhaps of many lines
        return without_controls(value)
    return one_line(value) if isinstance(widget, forms.widgets.Input) else value
