"""The form in which a message is written."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.db.periods import today
from core.forms.base import AddsOnce, PortalForm
from core.forms.sent import SentWord
from members.enums import World
from members.models import Organisation
from sessions_app.messages.enums import Recipients
from sessions_app.messages.services import Draft


class PreviewedForm(PortalForm):
    previewed = SentWord()  # the fingerprint of what the page showed


class MessageForm(AddsOnce, PortalForm):
    recipients = forms.ChoiceField(label=_("Recipients"), choices=Recipients.choices, widget=forms.RadioSelect)
    world = forms.ChoiceField(label=_("World"), choices=[("", ""), *World.choices], required=False)
    organisations = forms.ModelMultipleChoiceField(
        label=_("Organisations"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    world.depends = organisations.depends = True  # on the recipients
    subject = forms.CharField(label=_("Subject"), max_length=160)
    body = forms.CharField(
        label=_("Text"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("After the greeting. Date, place and links are added below the text."),
    )
    invites = forms.BooleanField(
        label=_("With a personal link to answer"),
        required=False,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = Organisation.objects.members_on(today(now)).order_by("name", "pk")
        self.fields["key"].initial = uuid.uuid4

    def clean_subject(self) -> str:
        return " ".join(self.cleaned_data["subject"].split())  # a header holds no line end

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("recipients") == Recipients.WORLD and not cleaned.get("world"):
            self.add_error("world", _("Choose a world."))
        if cleaned.get("recipients") == Recipients.CHOSEN and not cleaned.get("organisations"):
            self.add_error("organisations", _("Choose at least one organisation."))
        return cleaned

    def draft(self) -> Draft:
        data = self.cleaned_data
        return Draft(
            subject=data["subject"],
            body=data["body"],
            invites=data["invites"],
            recipients=Recipients(data["recipients"]),
            world=data["world"],
            organisations=list(data["organisations"]),
            key=data["key"],
        )
