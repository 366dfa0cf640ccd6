"""Forms of the pack: the note of a line, and its tick."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.base import PortalForm
from core.forms.sent import SentWord


class NoteForm(PortalForm):
    note = forms.CharField(
        label=_("Where it is, how to take it over"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TickForm(PortalForm):
    side = SentWord()
    done = SentWord()  # "1" ticks off, "0" takes back
