"""What is written down of a breach, in the order of article 33."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.base import AddsOnce, PortalModelForm
from core.personal_data.breaches.services import FIELDS
from core.personal_data.models import Breach, Risk


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class BreachForm(AddsOnce, PortalModelForm):
    beside: ClassVar[dict[str, str]] = {
        "breach_loses_something": "availability",
        "breach_notified_once_known": "notified_at",
        "breach_late_with_reasons": "why_late",
        "breach_silent_with_reasons": "why_not_notified",
    }

    risk = forms.ChoiceField(
        label=_("Risk for the rights and freedoms of the people"),
        choices=Risk.choices,
        widget=forms.RadioSelect,
        help_text=_("A risk is notified to the CNIL; a high risk is told to the people, too."),
    )

    class Meta:
        model = Breach
        fields = FIELDS
        labels: ClassVar = {
            "title": _("In a few words"),
            "discovered_at": _("Known since"),
            "happened": _("When it happened"),
            "confidentiality": _("Loss of confidentiality: somebody read what was not his or hers to read"),
            "integrity": _("Loss of integrity: something was altered"),
            "availability": _("Loss of availability: something is lost or out of reach"),
            "nature": _("Nature of the breach"),
            "people_concerned": _("Categories of people concerned"),
            "people_count": _("Approximate number of people"),
            "data_concerned": _("Categories of data concerned"),
            "records_count": _("Approximate number of records"),
            "consequences": _("Likely consequences"),
            "measures": _("Measures taken or proposed"),
            "notified_at": _("Notified to the CNIL at"),
            "notified_number": _("Number of the notification"),
            "why_late": _("Reasons for the delay"),
            "why_not_notified": _("Why it is not notified"),
            "people_told_on": _("People told on"),
            "why_people_not_told": _("Why people are not told"),
        }
        help_texts: ClassVar = {
            "discovered_at": _("The 72 hours count from this moment. Time in Paris."),
            "happened": _("As far as it is known: a day, a period, “unknown”."),
            "nature": _("What happened, and how. Name nobody."),
            "people_count": _("Empty while it is unknown."),
            "records_count": _("Empty while it is unknown."),
            "why_late": _("Only after 72 hours (RGPD, article 33.1)."),
            "why_not_notified": _("Only where no risk is likely."),
            "why_people_not_told": _("Only where the risk is high and one of the grounds of article 34.3 holds."),
        }
        widgets: ClassVar = {
            "discovered_at": _moment(),
            "notified_at": _moment(),
            "people_told_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "nature": _lines(5),
            "consequences": _lines(),
            "measures": _lines(),
            "why_late": _lines(2),
            "why_not_notified": _lines(2),
            "why_people_not_told": _lines(2),
        }

    field_order = FIELDS

    def _post_clean(self) -> None:
        """The service writes the row and checks it."""
