"""The timeline of the space: one list drawn from its own events, sessions, mandates and handovers.

Dates keep their precision. Events are ordered by the last day they may have been, so that a known day of a
month comes before what is only known to the month.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from core.formatting import names as formatting_names
from core.formatting.dates import ordinal, partial_date_first
from core.partial_dates import PartialDate
from governance.enums import EventKind, HandoverState
from governance.models import Handover, Mandate, SpaceEvent
from sessions_app.enums import SessionState
from sessions_app.models import Session

KNOTS = {EventKind.BIRTH: "full"}


@dataclass(frozen=True)
class Event:
    """One entry, as templates/components/timeline.html draws it. `rank` settles the order within one date."""

    date: PartialDate
    rank: int
    title: str
    text: str = ""
    note: str = ""
    url: str = ""
    knot: str = ""
    before: PartialDate | None = None  # of what followed it: known to the month only, it still comes before that

    @property
    def place(self) -> tuple[dt.date, dt.date, int, str]:
        """Where it stands among the others: by the last day it may have been."""
        date = self.before if self.before is not None and self.before.upper < self.date.upper else self.date
        return date.upper, date.lower, self.rank, self.title

    @property
    def when(self) -> str:
        return partial_date_first(self.date)


@dataclass(frozen=True)
class Year:
    number: int
    events: list[Event]
    is_open: bool = True  # shown at once; years that are over are folded


def years(
    *,
    events: Iterable[SpaceEvent],
    sessions: Iterable[Session],
    mandates: Iterable[Mandate],
    handovers: Iterable[Handover],
    now: dt.datetime,
) -> list[Year]:
    """All entries in order, by calendar year; rows are given with their organisations, nothing is fetched here."""
    found = [
        *_of_space(events),
        *_of_sessions(sessions),
        *_of_mandates(mandates, now),
        *_of_handovers(handovers, now),
    ]
    found.sort(key=lambda event: event.place)
    by_year = groupby(found, key=lambda event: (event.place[0] - dt.timedelta(days=1)).year)
    found_years = [(number, list(group)) for number, group in by_year]
    newest = max((number for number, _events in found_years), default=0)
    unfolded = min(timezone.localtime(now).year, newest)
    return [Year(number, group, is_open=number >= unfolded) for number, group in found_years]


def _of_space(events: Iterable[SpaceEvent]) -> Iterator[Event]:
    for event in events:
        knot = KNOTS.get(EventKind(event.kind), "")
        yield Event(event.date, 0, event.title, event.text, url=event.link, knot=knot)


def _of_sessions(sessions: Iterable[Session]) -> Iterator[Event]:
    for session in sessions:
        if session.date is None or session.state == SessionState.DRAFT:
            continue
        note = format_html(_("{} session"), ordinal(session.number))
        title = session.title
        if session.state == SessionState.CANCELLED:
            title = _("%(title)s (cancelled)") % {"title": title}
        knot = "next" if session.state == SessionState.ANNOUNCED else ""
        yield Event(session.days, 1, title, note=note, url=session.get_absolute_url(), knot=knot)


def _of_mandates(mandates: Iterable[Mandate], now: dt.datetime) -> Iterator[Event]:
    """Mandates that began without a recorded handover; the others are told by their handover."""
    for mandate in mandates:
        if mandate.started_on is None or hasattr(mandate, "handover"):
            continue
        title = _("%(organisation)s takes on the animation") % {
            "organisation": formatting_names.subject(mandate.organisation.label, first=True)
        }
        yield Event(mandate.started_on, 3, title, mandate.note, knot="turn" if mandate.starts_at <= now else "next")


def _of_handovers(handovers: Iterable[Handover], now: dt.datetime) -> Iterator[Event]:
    for handover in handovers:
        names = {
            "holder": formatting_names.subject(handover.holder.label, first=True),
            "to_receiver": formatting_names.to(handover.receiver.label),
            "receiver": formatting_names.subject(handover.receiver.label, first=True),
            "in_place_of_holder": formatting_names.of(handover.holder.label),
        }
        url = handover.get_absolute_url()
        state = handover.state_at(now)
        if handover.accepted_on is not None:
            text = _("%(receiver)s accepts to take the animation on (%(body)s).") % {
                **names,
                "body": handover.accepted_body,
            }
            before = handover.effective_on
            yield Event(handover.accepted_on, 2, _("Acceptance in principle"), text, url=url, before=before)
        if state in (HandoverState.EFFECTIVE, HandoverState.SCHEDULED) and handover.effective_on is not None:
            title = _("Interim of the animation") if handover.is_interim else _("Handover of the animation")
            text = _("%(holder)s hands the animation over %(to_receiver)s, the members having validated it.") % names
            if handover.is_interim:
                text = _("%(receiver)s animates the space for an interim, in place %(in_place_of_holder)s.") % names
            knot = "turn" if state == HandoverState.EFFECTIVE else "next"
            yield Event(handover.effective_on, 3, title, text, url=url, knot=knot)
