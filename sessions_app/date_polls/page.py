"""What the page of a search for a date shows, in a number of queries that does not grow."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.db.periods import today
from core.tables import Column
from members.models import Organisation, Position
from sessions_app.date_polls.best import Tally, best, tally
from sessions_app.date_polls.forms import NO_ANSWER, AnswerForm, slot_label
from sessions_app.enums import SessionState
from sessions_app.models import CandidateDate, DateAnswer, DatePoll


@dataclass(frozen=True)
class DateColumn:
    date: CandidateDate
    tally: Tally
    is_best: bool
    is_ahead: bool

    @property
    def label(self) -> str:
        return slot_label(self.date)


@dataclass(frozen=True)
class Line:
    """One member organisation: what it answered for each date, None where it did not."""

    organisation: Organisation
    answers: list[DateAnswer | None]

    @property
    def by(self) -> list[str]:
        """Who answered, each once."""
        return sorted({answer.answered_by.get_full_name() for answer in self.answers if answer})

    @property
    def is_silent(self) -> bool:
        return not any(self.answers)


@dataclass
class Seat:
    """One organisation the reader speaks for, with its form."""

    organisation: Organisation
    form: AnswerForm
    has_answered: bool


@dataclass(frozen=True)
class Search:
    poll: DatePoll
    columns: list[DateColumn]
    lines: list[Line]
    is_open: bool
    may_be_kept: bool

    @property
    def heard(self) -> int:
        return sum(not line.is_silent for line in self.lines)

    @property
    def chosen(self) -> CandidateDate | None:
        return next((column.date for column in self.columns if column.date.chosen_at), None)


def search(poll: DatePoll, now: dt.datetime) -> Search:
    """The members of today, and whoever answered and has left since; three queries."""
    dates = list(poll.dates.all())
    given: dict[int, dict[int, DateAnswer]] = {}
    rows = DateAnswer.objects.filter(date__poll=poll).select_related("organisation", "answered_by")
    gone: dict[int, Organisation] = {}
    for row in rows:
        given.setdefault(row.organisation_id, {})[row.date_id] = row
        gone[row.organisation_id] = row.organisation
    members = list(Organisation.objects.members_on(today(now)).order_by("name", "pk"))
    for member in members:
        gone.pop(member.pk, None)
    asked = [*members, *sorted(gone.values(), key=lambda one: one.name)]
    tallies = {
        date.pk: tally((found[date.pk].availability for found in given.values() if date.pk in found), asked=len(asked))
        for date in dates
    }
    favourite = best((date.pk, date.starts_at, tallies[date.pk]) for date in dates if date.starts_at > now)
    columns = [DateColumn(date, tallies[date.pk], date.pk == favourite, date.starts_at > now) for date in dates]
    lines = [Line(one, [given.get(one.pk, {}).get(date.pk) for date in dates]) for one in asked]
    is_draft = poll.session.state == SessionState.DRAFT
    is_chosen = any(date.chosen_at for date in dates)
    return Search(poll, columns, lines, poll.is_open(now) and is_draft, is_draft and not is_chosen)


def seats(found: Search, places: list[Position]) -> list[Seat]:
    """A form for each organisation one speaks for; no query."""
    by_organisation = {line.organisation.pk: line for line in found.lines}
    dates = [column.date for column in found.columns]
    result = []
    for place in places:
        line = by_organisation.get(place.organisation_id)
        given = {answer.date_id: answer.availability for answer in (line.answers if line else []) if answer}
        form = AnswerForm(prefix=f"org{place.organisation_id}", dates=dates, given=given)
        result.append(Seat(place.organisation, form, bool(given)))
    return result


def export_columns(found: Search) -> list[Column]:
    def of(index: int) -> Column:
        return Column(
            found.columns[index].label,
            lambda line: line.answers[index].get_availability_display() if line.answers[index] else NO_ANSWER,
            width=24,
        )

    return [
        Column(_("Organisation"), lambda line: line.organisation.name, width=40),
        *(of(index) for index in range(len(found.columns))),
        Column(_("Answered by"), lambda line: line.by, width=30),
    ]
