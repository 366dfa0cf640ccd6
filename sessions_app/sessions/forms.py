"""Forms of a session in preparation: its own facts and its moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import partial_dates
from core.db.periods import today
from core.forms.base import AddsOnce, PortalForm, PortalModelForm
from core.forms.sent import SentIdentifier, SentWord
from core.partial_dates import Days, DaysFormField
from core.partial_dates.values import is_day, is_days, last_day
from sessions_app.enums import SessionState
from sessions_app.models import Session
from sessions_app.models.session import MOST_DAYS
from sessions_app.sessions.transitions import Move


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)


class SessionForm(AddsOnce, PortalModelForm):
    """The session's own facts. Times are those of the clock in Paris and need an exact day.

    One box takes the day or the days: of several the start is on the first, the end on the last.
    """

    date = DaysFormField(
        label=_("Date"),
        required=False,
        help_text=_("A day, several days in a row, a month, a season or a year: 12/11/2026, November 2026."),
        error_messages={
            "unreadable": _(
                "Write a day, several days in a row, a month, a season or a year: 12/11/2024, summer 2020."
            ),
        },
    )
    start = forms.TimeField(label=_("Starts at"), required=False, widget=TimeInput(), help_text=_("Time in Paris."))
    end = forms.TimeField(
        label=_("Ends at"), required=False, widget=TimeInput(), help_text=_("Of several days: on the last.")
    )
    next_days_at = forms.TimeField(
        label=_("Following days begin at"),
        required=False,
        widget=TimeInput(),
        help_text=_("Of a session of several days. It gives the agenda of these days its clock times."),
    )

    class Meta:
        model = Session
        fields = ["number", "cycle", "title", "summary", "date", "format", "mode", "place", "video_link"]
        help_texts = {
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
        self.initial["date"], self.initial["next_days_at"] = self.instance.days, self.instance.next_days_at
        if self.instance.state in (SessionState.DRAFT, SessionState.ANNOUNCED):
            self.fields["date"].coming = day
        self.order_fields(
            ["number", "cycle", "title", "summary", "date", "start", "end", "next_days_at", "format", "mode", "place"]
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        start, end, date = data.get("start"), data.get("end"), data.get("date")
        if self.instance.state == SessionState.ANNOUNCED and "date" in data and not is_days(date):
            self.add_error("date", _("An announced session keeps an exact day."))
        elif self.instance.state != SessionState.DRAFT and "date" in data and date is None:
            self.add_error("date", _("Only a draft may be without a date: give at least the year."))
        elif (start or end) and "date" in data and not is_days(date):
            self.add_error("date", _("A time needs an exact day."))
        elif end and not start:
            self.add_error("start", _("Give the starting time as well."))
        elif start and end and end <= start and is_day(date):
            self.add_error("end", _("A session ends after it starts."))
        if isinstance(date, Days) and (last_day(date) - date.lower).days >= MOST_DAYS:
            self.add_error("date", _("A session takes at most seven days."))
        if data.get("next_days_at") and "date" in data and not isinstance(date, Days):
            self.add_error("next_days_at", _("Only a session of several days has following days."))
        for name, clock, day in self._moments():
            if not _exists(day, clock):
                self.add_error(name, _("That day has no such time: the clocks go forward."))
        return data

    def _moments(self) -> Iterator[tuple[str, dt.time, dt.date]]:
        """The clock times given, each with its day, where it is exact."""
        date = self.cleaned_data.get("date")
        if is_days(date):
            for name, day in (("start", date.lower), ("end", last_day(date))):
                if clock := self.cleaned_data.get(name):
                    yield name, clock, day

    def _post_clean(self) -> None:
        """Joins day and clock, and parts the first from the last day, before the model checks itself."""
        date = self.cleaned_data.get("date")
        moments = {} if self.errors else {name: at(day, clock) for name, clock, day in self._moments()}
        self.instance.starts_at, self.instance.ends_at = moments.get("start"), moments.get("end")
        self.instance.next_days_at = None if self.errors else self.cleaned_data.get("next_days_at")
        self.instance.ends_on = None
        if isinstance(date, Days):
            self.instance.ends_on, self.cleaned_data["date"] = last_day(date), partial_dates.day(date.lower)
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


class MoveForm(PortalForm):
    move = forms.ChoiceField(choices=Move.choices, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    invites = forms.BooleanField(
        label=_("Invite at once: one mail announces the session and asks for the answer"), required=False
    )
    invites.depends = True  # with the announcement alone
    past = SentWord()  # the warning that the day is over was read
    key = SentIdentifier()  # of the invitation: sent twice it is one
