"""Which organisation is the double, and which facts are kept where both have one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.base import PortalForm
from members.merging.services import KEPT, MERGED, Fact
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
                    label=str(fact.label).capitalize(),
                    choices=[(KEPT, self._shown(fact, fact.kept)), (MERGED, self._shown(fact, fact.merged))],
                    initial=KEPT,
                    widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                )

    @property
    def choices(self) -> dict[str, str]:
        return {name.removeprefix("fact-"): value for name, value in self.cleaned_data.items()}

    @staticmethod
    def _shown(fact: Fact, value: Any) -> str:
        return str(value.name if fact.name == "logo" else value)
