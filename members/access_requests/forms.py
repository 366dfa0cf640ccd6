"""What a visitor writes, and how the request is answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.base import AddsOnce, PortalForm
from core.text import name_key
from members.enums import PositionRole
from members.models import AccessRequest, Organisation
from members.organisations.names import former_names


class AskForm(AddsOnce, PortalForm):
    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, help_text=_("The answer goes there."))
    organisation_name = forms.CharField(label=_("Your organisation"), max_length=160)
    why = forms.CharField(
        label=_("Why you would like to take part"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, value in {
            "first_name": "given-name",
            "last_name": "family-name",
            "email": "email",
            "organisation_name": "organization",
        }.items():
            self.fields[name].widget.attrs["autocomplete"] = value


class AcceptForm(PortalForm):
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=PositionRole.choices, initial=PositionRole.REPRESENTATIVE)

    def __init__(self, *args: Any, request: AccessRequest, **kwargs: Any) -> None:
        super().__init__(*args, prefix="accept", **kwargs)
        organisations = Organisation.objects.order_by("name", "pk")
        self.fields["organisation"].queryset = organisations
        wanted = name_key(request.organisation_name)
        self.fields["organisation"].initial = next(
            (row for row in organisations if wanted in (name_key(row.name), name_key(row.short_name))), None
        ) or former_names().get(wanted)


class RefuseForm(PortalForm):
    reason = forms.CharField(
        label=_("Why not"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands in the mail to the person, as you write it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="refuse", **kwargs)
