"""Which organisation is the double, and which facts are kept where both have one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms.base import PortalForm
from members.merging.services import FACTS, KEPT, MERGED, Fact
from members.models import Organisation


class DoubleForm(PortalForm):
    """By its address, so that the page of the preview can be kept and sent to somebody."""

    double = forms.ModelChoiceField(
        label=_("The double"),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        help_text=_("It disappears from every list; its address leads to the organisation that is kept."),
    )

    def __init__(self, *args: Any, kept: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["double"].queryset = Organisation.objects.exclude(pk=kept.pk).order_by("name", "pk")


class ChoicesForm(PortalForm):
    """One choice for each fact that both have and say differently."""

    def __init__(self, *args: Any, facts: Iterable[Fact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fact in facts:
            if fact.differs:
                self.fields[f"fact-{fact.name}"] = forms.ChoiceField(
                    label=capfirst(str(fact.label)),
                    choices=[(KEPT, str(fact.kept)), (MERGED, str(fact.merged))],
                    initial=KEPT,
                    widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                )

    @property
    def choices(self) -> dict[str, str]:
        return {name.removeprefix("fact-"): value for name, value in self.cleaned_data.items()}

    def add_refusal(self, error: ValidationError) -> None:
        """What a rule of the organisation itself says: at its choice, else with the name of the field."""
        for name, told in getattr(error, "error_dict", {NON_FIELD_ERRORS: [error]}).items():
            if f"fact-{name}" in self.fields:
                self.add_error(f"fact-{name}", told)
                continue
            label = capfirst(str(Organisation._meta.get_field(name).verbose_name)) if name in FACTS else ""
            for sentence in ValidationError(told).messages:
                self.add_error(None, f"{label} – {sentence}" if label else sentence)
