"""Forms of the search for a date: candidate dates, until when, and the answers of one organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.formatting.dates import clock, weekday_date
from core.forms.base import PortalForm
from sessions_app.checklist.forms import DayInput
from sessions_app.date_polls.enums import Availability
from sessions_app.date_polls.services import MOST_DATES, Slot
from sessions_app.models import CandidateDate
from sessions_app.sessions.forms import ClosingForm, TimeInput, at


class SlotForm(PortalForm):
    """One candidate date, by the clock in Paris. Left empty it is none."""

    use_required_attribute = False
    day = forms.DateField(label=_("Day"), required=False, widget=DayInput())
    start = forms.TimeField(label=_("Starts at"), required=False, widget=TimeInput())
    end = forms.TimeField(label=_("Ends at"), required=False, widget=TimeInput())

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        given = [name for name in self.fields if data.get(name) or name in self.errors]
        if given and not self.errors:
            for name in self.fields:
                if not data.get(name):
                    self.add_error(name, _("A proposed date has a day, a start and an end."))
        if not given or self.errors:
            return data
        if data["end"] <= data["start"]:
            self.add_error("end", _("A session ends after it starts."))
        elif at(data["day"], data["start"]) <= self.now:
            self.add_error("day", _("A proposed date lies ahead."))
        return data

    def slot(self) -> Slot | None:
        data = self.cleaned_data
        return (at(data["day"], data["start"]), at(data["day"], data["end"])) if data.get("day") else None


class SlotFormSet(BaseFormSet):
    def slots(self) -> list[Slot]:
        """The dates of a valid form set, each once."""
        return sorted({slot for form in self.forms if (slot := form.slot()) is not None})


SlotForms = formset_factory(
    SlotForm, formset=SlotFormSet, extra=4, max_num=MOST_DATES, validate_max=True, absolute_max=2 * MOST_DATES
)


class OpenForm(ClosingForm):
    closes_on = forms.DateField(
        label=_("Answers until"),
        widget=DayInput(),
        help_text=_("Until midnight. The search then closes by itself."),
    )
    note = forms.CharField(
        label=_("Word to the members"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(PortalForm):
    """One choice a date; a date may be left open."""

    def __init__(
        self, *args: Any, dates: Iterable[CandidateDate], given: dict[int, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.dates = {f"d{date.pk}": date for date in dates}
        for name, date in self.dates.items():
            self.fields[name] = forms.ChoiceField(
                label=slot_label(date),
                choices=Availability.choices,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                required=False,
            )
            self.initial[name] = (given or {}).get(date.pk)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not any(data.values()):
            raise forms.ValidationError(_("Answer for at least one date."))
        return data

    def answers(self) -> dict[CandidateDate, Availability]:
        return {
            date: Availability(self.cleaned_data[name])
            for name, date in self.dates.items()
            if self.cleaned_data.get(name)
        }


def slot_label(date: CandidateDate) -> str:
    """ "Jeudi 20 mars 2025, 14 h 00 – 17 h 00", in the reader's language."""
    day = weekday_date(date.starts_at)
    return f"{day[:1].upper()}{day[1:]}, {clock(date.starts_at)}\u00a0– {clock(date.ends_at)}"


NO_ANSWER = pgettext_lazy("availability", "no answer")
