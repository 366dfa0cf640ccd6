"""The form of the first mandate."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.db.periods import today
from core.forms.base import PortalForm
from core.partial_dates.fields import PartialDateFormField
from members.enums import PositionRole
from members.models import Organisation, Position


class FoundingForm(PortalForm):
    organisation = forms.ModelChoiceField(
        label=_("Organisation that animates"),
        queryset=Organisation.objects.none(),
        help_text=_("Member organisations with a representative in position today."),
    )
    started_on = PartialDateFormField(
        label=_("Since"), help_text=_("As precise as it is known: “12 January 2027”, “January 2027” or “2027”.")
    )
    note = forms.CharField(
        label=_("Act"),
        max_length=300,
        help_text=_(
            "Which act entrusted the animation, and of whom: “Decision of the founding meeting of 12 January”."
        ),
    )

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        positions = Position.objects.running(now).filter(role=PositionRole.REPRESENTATIVE)
        members = Organisation.objects.members_on(today(now))
        self.fields["organisation"].queryset = members.filter(pk__in=positions.values("organisation")).order_by(
            "name", "pk"
        )
