"""What a request says, and how it is answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.base import AddsOnce, PortalForm
from core.personal_data.models import Answer, Right


class AskForm(AddsOnce, PortalForm):
    right = forms.ChoiceField(label=_("What you ask for"), choices=Right.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Your name"), max_length=160)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_(
            "A link to confirm the request goes there, then the answer. The one the portal knows you by, if any."
        ),
    )
    words = forms.CharField(
        label=_("Your request"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What it is about. Send no copy of an identity document: the address is enough."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class AnswerForm(PortalForm):
    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In these words"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Stands in the mail to the person, as you write it. A refusal names its ground and the CNIL."),
    )
