"""Forms of the tasks around a session, and of the template of the space."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BaseModelFormSet, modelformset_factory
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.accounts.models import User
from core.forms.base import PortalForm, PortalModelForm
from core.forms.sent import SentWord
from sessions_app.checklist.enums import Doing
from sessions_app.models import PreparationTask, TemplateTask
from sessions_app.models.checklist import FARTHEST

BEFORE, AFTER = "before", "after"


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, user: User) -> str:
        return user.get_full_name()


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class DoneForm(PortalForm):
    done = SentWord()  # "1" ticks off, "0" takes back


class TaskForm(PortalForm):
    title = forms.CharField(label=_("Task"), max_length=160)
    due = forms.DateField(label=pgettext_lazy("task", "Due on"), required=False, widget=DayInput())
    assignee = PersonField(label=_("Who takes care of it"), queryset=User.objects.none(), required=False)
    note = forms.CharField(label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, helpers: QuerySet[User], task: PreparationTask | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = helpers
        if task is not None:
            self.initial |= {"title": task.title, "due": task.due, "assignee": task.assignee_id, "note": task.note}
            if task.assignee_id:  # who left the animation keeps what is his or hers until somebody else takes it
                people = User.objects.filter(pk__in=[*helpers.values_list("pk", flat=True), task.assignee_id]).by_name()
        self.fields["assignee"].queryset = people
        self.fields["assignee"].empty_label = _("nobody yet")

    def add_refusal(self, errors: dict[str, list[Any]]) -> None:
        """Errors of the service at the field they concern."""
        for name, problems in errors.items():
            for problem in problems:
                self.add_error(name if name in self.fields else None, problem)


class TemplateLineForm(PortalModelForm):
    days = forms.IntegerField(label=_("Days"), min_value=0, max_value=FARTHEST)
    side = forms.ChoiceField(
        label=_("When"),
        choices=[
            (BEFORE, pgettext_lazy("when a task is due", "before the session")),
            (AFTER, pgettext_lazy("when a task is due", "after the session")),
        ],
    )

    class Meta:
        model = TemplateTask
        fields = ["title", "ticked_by", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        error_messages = {
            "title": {"unique": _("The template holds this task already.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial |= {
                "days": abs(self.instance.offset),
                "side": AFTER if self.instance.offset > 0 else BEFORE,
            }
        self.fields["ticked_by"].choices = [("", _("somebody ticks it off")), *Doing.choices]
        self.order_fields(["title", "days", "side", "ticked_by", "note"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "days" in data and "side" in data:
            self.instance.offset = data["days"] if data["side"] == AFTER else -data["days"]
        return data


class TemplateFormSet(BaseModelFormSet):
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take this task out of the template")
        form.fields["DELETE"].widget.attrs |= {"class": "form-check-input"}


TemplateForms = modelformset_factory(
    TemplateTask, form=TemplateLineForm, formset=TemplateFormSet, extra=2, can_delete=True, max_num=40
)
