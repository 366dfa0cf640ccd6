"""How forms read and are drawn: every text cleaned as it enters, every field with its label, help and error beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files import File
from django.forms.renderers import TemplatesSetting
from django.utils.choices import BlankChoiceIterator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from core.forms.fields import cleaned, fit


class PortalRenderer(TemplatesSetting):
    """Widgets and fields from `templates/`; one field is `components/field.html`."""

    field_template_name = "components/field.html"
    form_template_name = "components/form.html"


DASHES = "---------"  # what Django writes for "nothing chosen"


class CleanInputMixin:
    """Base of every form and filter of the portal: what is sent is cleaned and read in one way (`core.forms.fields`)."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._fit()

    def full_clean(self) -> None:
        self._fit()  # the fields that a form added for itself
        super().full_clean()

    def _fit(self) -> None:
        for field in self.fields.values():
            fit(field)

    def _widget_data_value(self, widget: forms.Widget, html_name: str) -> Any:
        """The one place where Django's forms read what was sent, to check it as to tell whether it changed."""
        return cleaned(widget, super()._widget_data_value(widget, html_name))


class PortalFormMixin(CleanInputMixin):
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
            if isinstance(field, forms.ChoiceField):
                _say_nothing_chosen(field)

    def add_error(self, field: str | None, error: Any) -> None:
        """What a rule says of something that the form does not ask for stands above it; Django takes it for a fault."""
        told = getattr(error, "error_dict", {}) if field is None else {}
        if told.keys() - self.fields.keys() - {NON_FIELD_ERRORS}:
            placed: dict[str, list[ValidationError]] = {}
            for name, problems in told.items():
                placed.setdefault(name if name in self.fields else NON_FIELD_ERRORS, []).extend(problems)
            error = ValidationError(placed)
        super().add_error(field, error)
        self._ask_for_what_lacks()

    def _ask_for_what_lacks(self) -> None:
        """What was left empty and has an error is not optional here, whatever the field alone says of itself."""
        for name in self.errors.keys() & self.fields.keys():
            field = self.fields[name]
            if not field.required and self[name].data in field.empty_values:
                field.depends = True


def _say_nothing_chosen(field: forms.ChoiceField) -> None:
    """Words in place of Django's row of dashes: what is asked for, or that nothing is chosen."""
    words = _("Choose…") if field.required else "–"
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = words
    elif isinstance(field.choices, list | BlankChoiceIterator) and ("", DASHES) in list(field.choices):
        field.choices = [(value, words if (value, label) == ("", DASHES) else label) for value, label in field.choices]


class AddsOnce:
    """Of a form that adds something: `components/form.html` gives it a one-time key (see `core.web.one_time_keys`).

    Stands first among the bases. A model form that edits a row adds nothing, and bears none. A template that draws the
    fields itself writes `{% one_time_key %}` after the token.
    """

    @property
    def adds_once(self) -> bool:
        row = getattr(self, "instance", None)
        return row is None or row._state.adding


class PortalForm(PortalFormMixin, forms.Form):
    pass


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    """`beside` maps the name of a constraint to the field at which its error stands."""

    beside: ClassVar[Mapping[str, str]] = {}

    def add_error(self, field: str | None, error: Any) -> None:
        if field is not None or not self.beside:
            super().add_error(field, error)
            return
        error = error if isinstance(error, ValidationError) else ValidationError(error)
        places = {
            str(constraint.get_violation_error_message()): self.beside[constraint.name]
            for constraint in self._meta.model._meta.constraints
            if constraint.name in self.beside
        }
        told = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        placed: dict[str, list[ValidationError]] = {}
        for name, problems in told.items():
            for problem in problems:
                beside = places.get(str(problem.message), "") if name == NON_FIELD_ERRORS else name
                placed.setdefault(beside if beside in self.fields else NON_FIELD_ERRORS, []).append(problem)
        super().add_error(None, ValidationError(placed))


TEXT_WIDGETS = (forms.Textarea, forms.TextInput, forms.EmailInput, forms.URLInput)


def written_texts(data: Mapping[str, str], files: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What a person wrote into a form that was refused before any view read it: (label, text), in the form's order.

    The form is recognised by its fields, prefixes aside: the one that knows most of the names sent, those of `files`
    too. Only free text counts; choices, numbers, hidden fields and passwords do not.
    """
    fields = _fields_of([*data, *files])
    return [
        (str(fields[name].label or ""), value)
        for name in data
        if name in fields and _is_text(fields[name]) and (value := data[name].strip())
    ]


def attached_files(data: Mapping[str, str], files: MultiValueDict[str, File]) -> list[tuple[forms.FileField, File]]:
    """The files sent with such a form, unchecked, each with its field."""
    fields = _fields_of([*data, *files])
    return [
        (field, file)
        for name in files
        if isinstance(field := fields.get(name), forms.FileField)
        for file in files.getlist(name)
    ]


def _fields_of(sent: Iterable[str]) -> dict[str, forms.Field]:
    """The field behind each name that was sent, in the form that knows most of them; of several the smallest."""
    names = {name: name.rpartition("-")[2] for name in sent}

    def fit(form: type[forms.BaseForm]) -> tuple[int, int, str]:
        known = len(set(form.base_fields).intersection(names.values()))
        return known, -len(form.base_fields), f"{form.__module__}.{form.__qualname__}"

    known = max(_forms(), key=fit)
    return {name: known.base_fields[bare] for name, bare in names.items() if bare in known.base_fields}


def _is_text(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField) and type(field.widget) in TEXT_WIDGETS


def _forms(above: type = PortalFormMixin) -> Iterator[type[forms.BaseForm]]:
    for form in above.__subclasses__():
        if hasattr(form, "base_fields"):
            yield form
        yield from _forms(form)
