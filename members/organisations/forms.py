"""Forms of an organisation, its schemes and its membership."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.enums import SDG
from core.files.fields import UploadField
from core.files.kinds import IMAGES
from core.forms.base import AddsOnce, PortalForm, PortalModelForm
from core.identifiers import check_siret
from core.models import Region
from core.partial_dates import day
from core.partial_dates.fields import PartialDateFormField
from members.enums import Engineering, Help
from members.models import EngineeringScheme, Organisation
from members.organisations.services import IDENTITY, PRESENTATION

LOGO_BYTES, LOGO_SIDE = 2_000_000, 600
DATE_HELP = _("A day, a month, a season or a year.")
SIRET_DIGITS = 14


def numbered_goals() -> list[tuple[int, str]]:
    """In the reader's language, hence at each request."""
    return [(goal.value, f"{goal.value}. {goal.label}") for goal in SDG]


class OrganisationForm(AddsOnce, PortalModelForm):
    """All of an organisation for who manages them; its presentation only for those who speak for it."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    upload = UploadField(
        label=_("Logo"),
        allowed=IMAGES,
        most=LOGO_BYTES,
        longest=LOGO_SIDE,
        required=False,
        help_text=_("PNG, JPEG or WebP, at most 2 MB. It is drawn anew, at most 600 pixels wide."),
    )
    without_logo = forms.BooleanField(label=_("Show no logo any more"), required=False)
    member_since = PartialDateFormField(
        label=_("Member of the space since"),
        required=False,
        help_text=_("A day, a month, a season or a year. Empty for an organisation that is no member."),
    )

    sdgs = forms.TypedMultipleChoiceField(
        label=_("Sustainable Development Goals"),
        choices=numbered_goals,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Organisation
        fields = [*IDENTITY, *PRESENTATION, "regions", "competences"]
        widgets = {
            "presentation": forms.Textarea(attrs={"rows": 7}),
            "regions": forms.CheckboxSelectMultiple,
            "competences": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "short_name": _("As people call it, where its name is long."),
            "siren": _("Nine digits; of a SIRET the first nine are kept."),
            "rna": _("W and nine digits"),
            "competences": _("From the list of the space; the animators add what is missing."),
            "public_email": _("Shown to all members; an address of the organisation rather than of a person."),
            "public_phone": _("Shown to all members."),
        }

    beside = {"organisation_name_once": "name"}
    SECTIONS = (
        (_("Who it is"), ("name", "short_name", "world", "sector", "level", "siren", "rna", "member_since")),
        (_("How it presents itself"), ("summary", "presentation", "website", "upload", "without_logo")),
        (_("What it can help with"), ("competences", "sdgs")),
        (_("Where it acts"), ("regions",)),
        (_("Whom to write to"), ("public_email", "public_phone", "internal_contact")),
    )

    def __init__(self, *args: Any, whole: bool, today: dt.date, **kwargs: Any) -> None:
        """`whole`: whether what identifies the organisation can be changed, too."""
        super().__init__(*args, **kwargs)
        self.fields["regions"].queryset = Region.objects.in_code_order()
        if not whole:
            for name in IDENTITY:
                del self.fields[name]
        if self.instance.pk:
            del self.fields["member_since"]
        else:
            self.fields["member_since"].initial = day(today)
        if not self.instance.logo_id:
            del self.fields["without_logo"]
        for name in ("siren", "rna"):  # people write them in groups
            if name in self.fields:
                self.fields[name].max_length = None
                self.fields[name].widget.attrs.pop("maxlength", None)
                self.fields[name].validators = []

    @property
    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        parts = [(title, [self[name] for name in names if name in self.fields]) for title, names in self.SECTIONS]
        return [(title, fields) for title, fields in parts if fields]

    def clean_siren(self) -> str:
        number = re.sub(r"[\s.]", "", self.cleaned_data["siren"])
        if len(number) == SIRET_DIGITS and number.isdigit():
            check_siret(number)
            return number[:9]
        return number

    def clean_rna(self) -> str:
        return re.sub(r"[\s.]", "", self.cleaned_data["rna"]).upper()

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*IDENTITY, *PRESENTATION) if name in self.cleaned_data}


class SchemeForm(AddsOnce, PortalModelForm):
    engineerings = forms.MultipleChoiceField(
        label=_("Kinds of engineering"), choices=Engineering.choices, widget=forms.CheckboxSelectMultiple
    )
    helps = forms.MultipleChoiceField(
        label=_("Kinds of help"), choices=Help.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = EngineeringScheme
        fields = ["name", "summary", "engineerings", "helps", "phase", "website", "ended_on"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}
        labels = {"ended_on": pgettext_lazy("of a scheme", "Ended on")}
        help_texts = {
            "ended_on": _(
                "A day, a month, a season or a year. It then no longer counts among those that run; it stays in the record."
            )
        }

    beside = {"scheme_unique_name": "name"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            del self.fields["ended_on"]

    def _get_validation_exclusions(self) -> set[str]:
        """The organisation is known, so that a name it has already is told."""
        return super()._get_validation_exclusions() - {"organisation"}


class PeriodForm(PortalForm):
    """The dates of a period of membership."""

    began_on = PartialDateFormField(label=pgettext_lazy("of a membership", "Entered on"), help_text=DATE_HELP)
    ended_on = PartialDateFormField(
        label=pgettext_lazy("of a membership", "Left on"),
        required=False,
        help_text=_("Empty while it is a member. Of a month or a year the last day still counts."),
    )


class NewPeriodForm(AddsOnce, PeriodForm):
    pass


class DepartureForm(PortalForm):
    ended_on = PartialDateFormField(
        label=_("Last day in the space"),
        help_text=_("A day, a month, a season or a year; of a month or a year the last day still counts."),
    )
