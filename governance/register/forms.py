"""Forms of the register: events, responsibilities, legal identity, rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.base import AddsOnce, PortalModelForm
from governance.legal import FIELDS
from governance.models import GovernanceRules, LegalIdentity, Responsibility, SpaceEvent


class Unsaved(PortalModelForm):
    """A model form whose service does the saving: cleaned values only, the instance is left alone."""

    def _post_clean(self) -> None:
        """Constraints and uniqueness are checked by the service, on the row it locks."""


class EventForm(AddsOnce, Unsaved):
    link = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = SpaceEvent
        fields = ("kind", "date", "title", "text", "link")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}


class ResponsibilityForm(AddsOnce, Unsaved):
    class Meta:
        model = Responsibility
        fields = ("organisation", "kind", "label", "since", "until", "has_ended", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = self.fields["organisation"].queryset.order_by("name", "pk")


class LegalIdentityForm(Unsaved):
    class Meta:
        model = LegalIdentity
        fields = FIELDS


class RulesForm(Unsaved):
    class Meta:
        model = GovernanceRules
        fields = (
            "quorum_percent",
            "quorum_counts_proxies",
            "proxies_per_holder",
            "decision_rule",
            "consultation_days",
            "hides_until_closed",
            "interim_requests",
            "interim_months",
            "term_warning_days",
        )
