"""The last word before somebody is erased."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.base import PortalForm


class EraseForm(PortalForm):
    ground = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Stays in the journal of erasures: name nobody in it."),
    )
    sure = forms.BooleanField(label=_("I have read what goes and what stays. This cannot be taken back."))
