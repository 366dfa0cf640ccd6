"""Forms of an evaluation: opening it, answering, wording its questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.forms.base import PortalForm
from sessions_app.checklist.forms import DayInput
from sessions_app.evaluations.results import SCALE
from sessions_app.models import EvaluationAnswer
from sessions_app.models.evaluation import LONGEST, RATED
from sessions_app.sessions.forms import ClosingForm

NO_OPINION = pgettext_lazy("evaluation", "no opinion")


class OpenForm(ClosingForm):
    closes_on = forms.DateField(
        label=_("Answers until"),
        widget=DayInput(),
        help_text=_("Until midnight. The evaluation then closes by itself and its results appear."),
    )


class EvaluationForm(PortalForm):
    """Four marks from 1 to 5, each of which may be left out, and a text."""

    def __init__(self, *args: Any, questions: list[str], answer: EvaluationAnswer | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks = answer.marks if answer else [None] * RATED
        for place, (question, mark) in enumerate(zip(questions, marks, strict=False), start=1):
            self.fields[f"mark_{place}"] = forms.TypedChoiceField(
                label=question,
                choices=[*((str(value), str(value)) for value in SCALE), ("", NO_OPINION)],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                initial="" if mark is None else mark,
            )
        self.fields["words"] = forms.CharField(
            label=questions[RATED],
            max_length=LONGEST,
            required=False,
            widget=forms.Textarea(attrs={"rows": 5, "class": "form-control"}),
            initial=answer.words if answer else "",
            help_text=_("Your words are read as they are: leave out what points to you if you wish to stay anonymous."),
        )

    @property
    def rated(self) -> list[forms.BoundField]:
        return [self[f"mark_{place}"] for place in range(1, RATED + 1)]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data["words"].strip() and all(mark is None for mark in self.marks()):
            raise forms.ValidationError(_("Answer at least one question."))
        return data

    def marks(self) -> list[int | None]:
        return [self.cleaned_data[f"mark_{place}"] for place in range(1, RATED + 1)]


class QuestionsForm(PortalForm):
    def __init__(self, *args: Any, texts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, text in enumerate(texts, start=1):
            label = _("Question %(place)s, from 1 to 5") if place <= RATED else _("Question %(place)s, in words")
            self.fields[f"question_{place}"] = forms.CharField(
                label=label % {"place": place},
                max_length=200,
                initial=text,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )

    def texts(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.fields]
