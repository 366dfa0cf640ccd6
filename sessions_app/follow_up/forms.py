"""Forms of decisions and actions; each offers only what belongs to its session."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.accounts.models import User
from core.forms.base import AddsOnce, PortalForm, PortalModelForm
from members.models import Organisation
from sessions_app.enums import FollowUp
from sessions_app.models import ActionItem, Decision


class FollowUpForm(AddsOnce, PortalModelForm):
    """What decisions and actions share. `instance.session` is set by the caller."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        session = self.instance.session
        self.fields["item"].queryset = session.agenda.all()
        self.fields["item"].empty_label = _("None in particular")
        self.fields["responsible"].queryset = Organisation.objects.order_by("name", "pk")


TEXT = forms.Textarea(attrs={"rows": 3})
DUE_HELP = _("A day, a month, a season or a year.")


class DecisionForm(FollowUpForm):
    class Meta:
        model = Decision
        fields = ["text", "kind", "item", "responsible", "due"]
        widgets = {"text": TEXT}
        labels = {"text": _("What was decided")}
        help_texts = {"due": DUE_HELP}


class ActionForm(FollowUpForm):
    class Meta:
        model = ActionItem
        fields = ["text", "item", "decision", "responsible", "person", "due"]
        widgets = {"text": TEXT}
        labels = {"text": _("What is to be done"), "decision": _("Follows from the decision"), "person": _("Person")}
        help_texts = {"due": DUE_HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = self.instance.session.decisions.select_related("session")
        self.fields["person"].queryset = User.objects.filter(is_active=True).by_name()


class StatusForm(PortalForm):
    status = forms.ChoiceField(choices=FollowUp.choices)
    next = forms.CharField(required=False)
