"""Forms of people and their positions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.accounts.models import User
from core.forms.base import AddsOnce, PortalForm, PortalModelForm
from core.forms.sent import SentWord
from core.partial_dates import day
from core.partial_dates.fields import PartialDateFormField
from members.enums import PositionRole
from members.models import Organisation

DATE_HELP = _("A day, a month, a season or a year.")


class AdministratorForm(PortalForm):
    administrator = SentWord()  # "1" names one, "" removes one


class PositionForm(PortalForm):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("Choose…")), *PositionRole.choices],
        help_text=_(
            "Representatives and substitutes speak for their organisation; observers read. Handing the animation over belongs to representatives."
        ),
    )
    title = forms.CharField(label=pgettext_lazy("at work", "Function"), max_length=120, required=False)
    began_on = PartialDateFormField(label=pgettext_lazy("of a position", "Since"), help_text=DATE_HELP)
    ended_on = PartialDateFormField(
        label=pgettext_lazy("of a position", "Until"),
        required=False,
        help_text=_("Empty while it is held. Of a month or a year the last day still counts."),
    )

    def position_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("role", "title", "began_on", "ended_on")}


class NewPositionForm(AddsOnce, PositionForm):
    """A further position of somebody known."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    field_order = ("organisation", "role", "title", "began_on", "ended_on")

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.order_by("name", "pk")
        self.fields["began_on"].initial = day(today)


class NewPersonForm(NewPositionForm):
    """Somebody new with a first position, and perhaps the mail that invites."""

    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The invitation is bound to it; a personal one, not a shared box."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=User._meta.get_field("language").choices, initial="fr")
    send = forms.BooleanField(
        label=_("Send the invitation at once"),
        required=False,
        initial=True,
        help_text=_("Otherwise the person is known, can be named and gets personal links; you invite later."),
    )
    field_order = (
        "first_name", "last_name", "email", "organisation", "role", "title", "began_on", "ended_on", "language", "send"
    )  # fmt: skip


class PersonForm(PortalModelForm):
    class Meta:
        model = User
        fields = ("first_name", "last_name", "email", "language")
        labels = {
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "email": _("E-mail address"),
            "language": _("Language"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.last_login is not None:
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("Changed by the person alone, among the pages of the account.")
