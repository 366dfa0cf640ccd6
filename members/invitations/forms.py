"""The forms that invite many people at once."""

from __future__ import annotations

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.base import AddsOnce, PortalForm
from core.forms.sent import SentIdentifier, SentIdentifiers
from members.invitations import chosen
from members.invitations.bulk import MOST_LINES

LONGEST = 40_000


class ManyForm(AddsOnce, PortalForm):
    lines = forms.CharField(
        label=_("One person a line"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "First-name Last-name <e-mail>, organisation, role. Without a role the person is a representative. At most 100 lines."
        ),
    )
    send = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_lines(self) -> str:
        text = self.cleaned_data["lines"]
        if sum(bool(line.strip()) for line in text.splitlines()) > MOST_LINES:
            raise forms.ValidationError(_("At most 100 people at once: send the rest afterwards."))
        return text


class OfImportForm(PortalForm):
    """Sent by GET: the import whose people are shown."""

    table = SentIdentifier()


class ChosenForm(PortalForm):
    person = SentIdentifiers(most=chosen.MOST)

    def clean_person(self) -> list[uuid.UUID]:
        if not self.cleaned_data["person"]:
            raise forms.ValidationError(_("Nobody is chosen."))
        return self.cleaned_data["person"]
