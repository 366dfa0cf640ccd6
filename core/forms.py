"""How forms are drawn: every field with its label, help and error where the reader looks for them."""

from __future__ import annotations

from django import forms
from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    """Widgets and fields from `templates/`; one field is `components/field.html`."""

    field_template_name = "components/field.html"
    form_template_name = "components/form.html"


class PortalFormMixin:
    """Gives every widget its class and ties help and error to it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            widget = field.widget
            css = "form-control"
            if isinstance(widget, forms.Select):
                css = "form-select"
            if isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.RadioSelect):
                css = "form-check-input"
            widget.attrs.setdefault("class", css)


class PortalForm(PortalFormMixin, forms.Form):
    pass


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    pass
