"""Forms of the list of competences."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.base import AddsOnce, PortalForm, PortalModelForm
from members.models import Competence


class CompetenceForm(PortalModelForm):
    beside = {"competence_name_once": "name"}

    class Meta:
        model = Competence
        fields = ("name",)
        labels = {"name": _("Competence")}


class NewCompetenceForm(AddsOnce, CompetenceForm):
    pass


class MergeForm(PortalForm):
    into = forms.ModelChoiceField(Competence.objects.none(), label=_("Merge it into"))

    def __init__(self, *args: Any, competence: Competence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Competence.objects.exclude(pk=competence.pk)
