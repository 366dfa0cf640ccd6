"""How a form's controls are drawn, whichever library made the form."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def field_kind(field: BoundField) -> str:
    """ "check" (one box), "choices" (boxes or radios under a legend), or "line" (everything else)."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "line"


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's own control, with its class where the form gave none.

    allauth repeats each label inside its control, where it vanishes with the first letter: taken out.
    """
    widget = field.field.widget
    if type(field.form).__module__.startswith("allauth."):
        widget.attrs.pop("placeholder", None)
    attrs: dict[str, Any] = {}
    if "class" not in widget.attrs:
        if isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
            attrs["class"] = "form-select"
        elif field_kind(field) == "line":
            attrs["class"] = "form-control"
        else:
            attrs["class"] = "form-check-input"
    return field.as_widget(attrs=attrs)
