"""Forms of the search for a date: candidate dates, until when, and the answers of one organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from core.forms.base import PortalForm
from sessions_app.checklist.forms import DayInput
from sessions_app.date_polls.enums import Availability
from sessions_app.date_polls.services import MOST_DATES, Slot
from sessions_app.models import CandidateDate
from sessions_app.models.session import MOST_DAYS
from sessions_app.sessions.forms import ClosingForm, TimeInput, at
from sessions_app.when import hours, over_days


class SlotForm(PortalForm):
    """One candidate date, of a day or several in a row, by the clock in Paris. Left empty it is none."""

    use_required_attribute = False
    day = forms.DateField(label=_("Day"), required=False, widget=DayInput())
    until = forms.DateField(label=_("Last day, of several"), required=False, widget=DayInput())
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
                if name != "until" and not data.get(name):
                    self.add_error(name, _("A proposed date has a day, a start and an end."))
        if not given or self.errors:
            return data
        last = data.get("until") or data["day"]
        if last < data["day"]:
            self.add_error("until", _("The last day comes before the first: check both."))
        elif (last - data["day"]).days >= MOST_DAYS:
            self.add_error("until", _("A session takes at most seven days."))
        elif last == data["day"] and data["end"] <= data["start"]:
            self.add_error("end", _("A session ends after it starts."))
        elif at(data["day"], data["start"]) <= self.now:
            self.add_error("day", _("A proposed date lies ahead."))
        return data

    def slot(self) -> Slot | None:
        data = self.cleaned_data
        if not data.get("day"):
            return None
        return at(data["day"], data["start"]), at(data.get("until") or data["day"], data["end"])


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
    """ "Jeudi 20 mars 2025, 14 h 00 – 17 h 00", "Du jeudi 20 mars 2025, 14 h 00, au …", in the reader's language."""
    if date.lasts_days:
        return capfirst(over_days(date.days, date.starts_at, date.ends_at, None))
    return capfirst(hours(date.starts_at, date.ends_at))


NO_ANSWER = pgettext_lazy("availability", "no answer")
