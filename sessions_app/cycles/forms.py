"""The form of a cycle."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import richtext
from core.forms.base import AddsOnce, PortalModelForm
from core.forms.sent import SentWord
from sessions_app.models import Cycle


class CycleForm(AddsOnce, PortalModelForm):
    """Theme and introduction; the introduction is a rich text, or plain text from a browser without script."""

    introduction = forms.CharField(label=_("Introduction"), required=False, widget=forms.Textarea)
    text_format = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = SentWord(strip=False)

    class Meta:
        model = Cycle
        fields = ["year", "theme", "introduction"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = self.instance.introduction
        if self.instance.pk:
            del self.fields["year"]  # it is the cycle's address

    def clean_introduction(self) -> str:
        return richtext.from_form(
            self.cleaned_data["introduction"], self.data.get("text_format", ""), stored=self.stored
        )

    @property
    def sent(self) -> str:
        """The introduction to show in the field: what was sent, also where it was refused."""
        if not self.is_bound:
            return self.stored
        if "introduction" in self.cleaned_data:
            return self.cleaned_data["introduction"]
        raw = self.data.get("introduction", "")
        return raw if self.data.get("text_format") == richtext.HTML else richtext.from_plain(raw)
