"""How forms are drawn: every field with its label, help and error where the reader looks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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


TEXT_WIDGETS = (forms.Textarea, forms.TextInput, forms.EmailInput, forms.URLInput)


def written_texts(data: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a person wrote into a form that was refused before any view read it: (label, text), in the form's order.

    The form is recognised by its fields, prefixes aside: the one that knows most of the names sent. Only free text
    counts; choices, numbers, hidden fields and passwords do not.
    """
    names = {name: name.rpartition("-")[2] for name in data}
    known = max(_forms(), key=lambda form: len(set(form.base_fields).intersection(names.values())))
    return [
        (str(field.label or ""), value)
        for name, bare in names.items()
        if (field := known.base_fields.get(bare)) is not None and _is_text(field) and (value := data[name].strip())
    ]


def _is_text(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField) and type(field.widget) in TEXT_WIDGETS


def _forms(above: type = PortalFormMixin) -> Iterator[type[forms.BaseForm]]:
    for form in above.__subclasses__():
        if hasattr(form, "base_fields"):
            yield form
        yield from _forms(form)
