"""Numbers as people type them: "12 500,50 €", "12500.5"; wrong ones stay in the field as they were typed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats

from core.forms.numbers import plain_number


class NumberField(forms.DecimalField):
    """A decimal number with blanks between thousands, a comma or a point, and a euro sign that is not minded."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            value = plain_number(value)
            if value and not re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """A stored number as it is written here, without ".00"."""
        if not isinstance(value, Decimal):
            return value
        digits = 0 if value == value.to_integral_value() else 2
        return formats.number_format(value, digits, use_l10n=True, force_grouping=False)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off"}
