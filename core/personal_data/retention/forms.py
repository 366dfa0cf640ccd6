"""The periods, a number of days each."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms.base import PortalForm
from core.lifecycle import retention
from core.personal_data.retention import services


class PeriodsForm(PortalForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = services.days()
        for holding in retention.settings():
            self.fields[holding.key] = forms.IntegerField(
                label=holding.what,
                initial=standing[holding.key],
                min_value=holding.least,
                max_value=holding.most,
                help_text=services.help_text(holding),
            )
