"""Forms of a review: opening it, asking, answering, ending it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.base import AddsOnce, PortalForm
from core.forms.sent import SentNumber, SentWord
from members.models import Organisation
from sessions_app.minutes.review.services import LEAST_DAYS, MOST_DAYS, USUAL_DAYS


class OpenForm(PortalForm):
    days = forms.IntegerField(
        label=_("Days of review"),
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
        help_text=_("The review ends at midnight in Paris, at the end of the last day."),
    )


class AskForm(AddsOnce, PortalForm):
    """A member's request; who may ask for several organisations chooses one."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("For"), empty_label=None)
    passage = forms.CharField(
        label=_("Passage"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Copy the words it is about."),
    )
    wish = forms.CharField(
        label=_("What should change"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Propose the exact words if you can."),
    )

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=[row.pk for row in organisations]).order_by("name")
        if len(organisations) == 1:
            field.initial = organisations[0]
            field.widget = forms.HiddenInput()


class AskForOthersForm(AskForm):
    """What an animator writes down for somebody: an organisation, or an outside speaker by name."""

    outside_name = forms.CharField(
        label=_("or an outside speaker"),
        required=False,
        max_length=160,
    )
    outside_name.depends = True  # one of the two

    field_order = ["organisation", "outside_name", "passage", "wish"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset, field.required = Organisation.objects.order_by("name"), False
        field.depends = True
        field.empty_label = "–"
        field.widget = forms.Select(attrs={"class": "form-select"})
        field.widget.choices = field.choices

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if bool(data.get("organisation")) == bool(data.get("outside_name")):
            self.add_error("organisation", _("Name the organisation or the outside speaker, one of the two."))
        return data


class AnswerForm(PortalForm):
    """The text of the item as the animators leave it, and what they say to who asked."""

    body = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    text_format = SentWord()
    rev = SentNumber()
    answer = forms.CharField(
        label=_("Answer (needed to refuse)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answer.depends = True


class ReasonForm(PortalForm):
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason.depends = True


class EndForm(ReasonForm):
    """How the review ends: the button that was pressed, and the reason where one is given."""

    issue = SentWord()
    days = forms.IntegerField(
        label=_("Days of review"), min_value=LEAST_DAYS, max_value=MOST_DAYS, initial=USUAL_DAYS, required=False
    )
    days.depends = True
