"""Forms of the follow-up of an initiative: rhythm, contacts, indicators, and the update itself."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from core.forms.base import AddsOnce, PortalForm, PortalModelForm
from core.forms.sent import SentWord
from funding.enums import UpdateAudience
from funding.follow_up.page import number
from funding.follow_up.services import News
from funding.forms import days
from funding.models import Indicator, Update, UpdatePlan
from funding.number_fields import NumberField


class PlanForm(PortalModelForm):
    class Meta:
        model = UpdatePlan
        fields = ["every_months", "next_on", "until"]
        widgets = days("next_on", "until")


class ContactForm(AddsOnce, PortalForm):
    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("This person gets a personal link and needs no account."),
    )


class IndicatorForm(AddsOnce, PortalModelForm):
    class Meta:
        model = Indicator
        fields = ["name", "unit", "target"]
        field_classes = {"target": NumberField}
        help_texts = {
            "name": _("For example “people received”."),
            "target": _("Left empty: no value is aimed at."),
        }


class SkipForm(PortalForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReturnForm(PortalForm):
    reason = forms.CharField(label=_("Why it is given back"), max_length=300)


class UnsentForm(PortalForm):
    """What was typed into an update that nobody can send any more, to be given back."""

    text = SentWord()


class UpdateForm(PortalForm):
    """The text, and one number for each indicator of the initiative; a draft may be empty."""

    text = forms.CharField(
        label=_("How the initiative is getting on"),
        max_length=8000,
        help_text=_("What was done since the last update, and what comes next."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    needs = forms.CharField(
        label=_("Difficulties and needs"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    audience = forms.ChoiceField(
        label=_("Open to"),
        choices=UpdateAudience.choices,
        initial=UpdateAudience.FUNDERS,
    )

    read_at = forms.CharField(required=False, widget=forms.HiddenInput)  # the moment of the draft that was read

    def __init__(self, *args: Any, update: Update, **kwargs: Any) -> None:
        given = {row.indicator_id: row.value for row in update.measures.all()}
        initial = {"text": update.text, "needs": update.needs, "audience": update.audience}
        initial["read_at"] = update.changed_at.isoformat()
        super().__init__(*args, initial=initial, **kwargs)
        self.meanwhile: Update | None = None  # what somebody else saved since this form was read
        if self.is_bound and "submit" not in self.data:
            self.fields["text"].required = False  # a draft may still be empty
        self.indicators = list(update.initiative.indicators.all())
        for indicator in self.indicators:
            field = NumberField(
                label=f"{indicator.name} ({indicator.unit})" if indicator.unit else indicator.name,
                required=False,
                max_digits=14,
                decimal_places=2,
                initial=given.get(indicator.pk),
                validators=[MinValueValidator(Decimal(0))],
            )
            field.widget.attrs["class"] = "form-control"
            if indicator.target is not None:
                field.help_text = _("Value aimed at: %(target)s") % {"target": number(indicator.target)}
            self.fields[_name(indicator)] = field
        self.order_fields(["text", *map(_name, self.indicators), "needs", "audience"])

    def clean_read_at(self) -> dt.datetime | None:
        try:
            return dt.datetime.fromisoformat(self.cleaned_data["read_at"])
        except ValueError:
            return None

    def beside(self, stored: Update) -> None:
        """Somebody else saved `stored` meanwhile: both texts are shown, and what is sent next has read it."""
        self.meanwhile = stored
        self.data = self.data.copy()
        self.data["read_at"] = stored.changed_at.isoformat()

    @property
    def news(self) -> News:
        """What was written; call it on a valid form."""
        said = self.cleaned_data
        values = {indicator.pk: said[_name(indicator)] for indicator in self.indicators}
        return News(text=said["text"], needs=said["needs"], audience=said["audience"], measures=values)


def _name(indicator: Indicator) -> str:
    return f"mesure-{indicator.pk}"
