"""The form by which somebody takes over from somebody else."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.accounts.models import User
from core.forms.base import AddsOnce, PortalForm
from core.forms.sent import SentWord
from core.partial_dates import day
from core.partial_dates.fields import PartialDateFormField
from members.enums import PositionRole
from members.models import Position
from members.replacements.services import Successor, Terms

DATE_HELP = _("A day, a month, a season or a year.")


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, user: User) -> str:
        return user.get_full_name()


class ReplacementForm(AddsOnce, PortalForm):
    """Who takes over: one of `known`, or whoever has the address that is written; `confirmed` after the preview."""

    person = PersonField(label=_("Who takes over"), queryset=User.objects.none(), required=False)
    email = forms.EmailField(
        label=_("Or somebody else: the e-mail address"),
        max_length=254,
        required=False,
        help_text=_("With the name below. Who is not known by it yet is entered and invited in the same act."),
    )
    first_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    person.depends = email.depends = first_name.depends = last_name.depends = True  # a person, or an address and a name
    role = forms.ChoiceField(label=_("Role"), choices=PositionRole.choices)
    title = forms.CharField(label=pgettext_lazy("at work", "Function"), max_length=120, required=False)
    ended_on = PartialDateFormField(
        label=_("Last day of who leaves"),
        help_text=_("A day, a month, a season or a year; it may be ahead where both work side by side for a while."),
    )
    began_on = PartialDateFormField(label=_("The successor takes over since"), help_text=DATE_HELP)
    confirmed = SentWord()

    def __init__(self, *args: Any, position: Position, known: QuerySet[User], today: dt.date, **kwargs: Any) -> None:
        until = position.until or day(today)  # an end that is set stands
        initial = {"role": position.role, "title": position.title, "ended_on": until, "began_on": day(today)}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["person"].queryset = known
        self.fields["person"].empty_label = _("somebody else")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("person") and given.get("email"):
            self.add_error("email", _("Choose a person or write an address, one of the two."))
        return given

    @property
    def successor(self) -> Successor:
        names = ("person", "email", "first_name", "last_name")
        return Successor(**{name: self.cleaned_data[name] for name in names})

    @property
    def terms(self) -> Terms:
        return Terms(**{name: self.cleaned_data[name] for name in ("ended_on", "began_on", "role", "title")})
