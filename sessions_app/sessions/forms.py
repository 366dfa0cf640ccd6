"""Forms of a session in preparation: the session itself and its agenda."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.periods import today
from core.forms.base import AddsOnce, PortalForm, PortalModelForm
from core.partial_dates.values import is_day
from sessions_app.enums import SessionState
from sessions_app.models import AgendaItem, Session
from sessions_app.sessions import speakers
from sessions_app.sessions.services import why_it_stays
from sessions_app.sessions.transitions import Move


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class SessionForm(AddsOnce, PortalModelForm):
    """The session's own facts. Times are those of the clock in Paris and need an exact day."""

    start = forms.TimeField(label=_("Starts at"), required=False, widget=TimeInput(), help_text=_("Time in Paris."))
    end = forms.TimeField(label=_("Ends at"), required=False, widget=TimeInput())

    class Meta:
        model = Session
        fields = ["number", "cycle", "title", "summary", "date", "format", "mode", "place", "video_link"]
        help_texts = {
            "date": _("A day, a month, a season or a year: 12/11/2026, November 2026."),
            "video_link": _("Shown to signed-in members only."),
        }
        error_messages = {
            "video_link": {"invalid": _("Give the whole address, for example https://visio.example.org/room")},
        }

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        """`day` is today: until it is held, a session's day without its year is one to come."""
        super().__init__(*args, **kwargs)
        for name, moment in (("start", self.instance.starts_at), ("end", self.instance.ends_at)):
            if moment:
                self.fields[name].initial = timezone.localtime(moment).time()
        if self.instance.state in (SessionState.DRAFT, SessionState.ANNOUNCED):
            self.fields["date"].coming = day
        self.order_fields(["number", "cycle", "title", "summary", "date", "start", "end", "format", "mode", "place"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        start, end, date = data.get("start"), data.get("end"), data.get("date")
        if self.instance.state == SessionState.ANNOUNCED and "date" in data and not is_day(date):
            self.add_error("date", _("An announced session keeps an exact day."))
        elif self.instance.state != SessionState.DRAFT and "date" in data and date is None:
            self.add_error("date", _("Only a draft may be without a date: give at least the year."))
        elif (start or end) and "date" in data and not is_day(date):
            self.add_error("date", _("A time needs an exact day."))
        elif end and not start:
            self.add_error("start", _("Give the starting time as well."))
        elif start and end and end <= start:
            self.add_error("end", _("A session ends after it starts."))
        for name, clock in (("start", start), ("end", end)):
            if clock and is_day(date) and not _exists(date.lower, clock):
                self.add_error(name, _("That day has no such time: the clocks go forward."))
        return data

    def _post_clean(self) -> None:
        """Joins day and clock before the model checks itself."""
        date = self.cleaned_data.get("date")
        for name, field in (("start", "starts_at"), ("end", "ends_at")):
            clock = self.cleaned_data.get(name)
            moment = at(date.lower, clock) if clock and is_day(date) and not self.errors else None
            setattr(self.instance, field, moment)
        super()._post_clean()


def at(day: dt.date, clock: dt.time) -> dt.datetime:
    """That time of that day by the clock in Paris, right over the changes of clocks."""
    return timezone.make_aware(dt.datetime.combine(day, clock))


def _exists(day: dt.date, clock: dt.time) -> bool:
    """False for the hour that the change to summer time leaves out."""
    return at(day, clock).astimezone(dt.UTC).astimezone(timezone.get_current_timezone()).time() == clock


class ClosingForm(PortalForm):
    """Opens something that closes by itself at the end of a day: `closes_on`, which each form declares."""

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_closes_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["closes_on"]
        if day < today(self.now):
            raise ValidationError(_("The time to answer has passed already."))
        return day

    def closes_at(self) -> dt.datetime:
        """The midnight that ends the day."""
        return at(self.cleaned_data["closes_on"] + dt.timedelta(days=1), dt.time.min)


class AgendaItemForm(PortalModelForm):
    speakers = forms.CharField(
        label=_("Speakers"),
        required=False,
        max_length=1000,
        help_text=_("Separated by semicolons: Sofia Marchetti (Fondation des Territoires); Fonds ODD 17"),
    )

    class Meta:
        model = AgendaItem
        fields = ["title", "kind", "minutes_long", "is_reserved"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["speakers"].initial = speakers.as_text(self.instance.speakers.all())


class AgendaFormSet(BaseInlineFormSet):
    """The whole agenda at once; the place of each item is the number its form carries (`ORDER`)."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["id"].error_messages["invalid_choice"] = _(
            "Somebody else removed this item meanwhile. Tick “Remove this item”, or copy it into an empty line."
        )
        form.fields["ORDER"].label = _("Place")
        form.fields["ORDER"].widget.attrs |= {"class": "form-control", "min": "1"}
        form.fields["DELETE"].label = _("Remove this item")
        form.fields["DELETE"].widget.attrs |= {"class": "form-check-input"}

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            wanted = form.cleaned_data.get("DELETE") if hasattr(form, "cleaned_data") else False
            if wanted and form.instance.pk and (reason := why_it_stays(form.instance)):
                form.add_error("DELETE", ValidationError(reason, params={"title": form.instance.title}))
        if any(form.errors.get("DELETE") for form in self.forms):
            raise ValidationError(_("Nothing was saved: an item cannot be removed."))


AgendaForms = inlineformset_factory(
    Session,
    AgendaItem,
    form=AgendaItemForm,
    formset=AgendaFormSet,
    extra=2,
    can_order=True,
    can_delete=True,
    max_num=60,
)


class MoveForm(PortalForm):
    move = forms.ChoiceField(choices=Move.choices, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
