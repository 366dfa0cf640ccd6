"""Organisation × session: who was there, session after session, and the rates that follow.

A rate counts the sessions that are recorded while the organisation was a member; present and represented count as
there. What is not recorded, or lies outside the membership, is in no rate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _, gettext_lazy as _lazy, pgettext_lazy

from core.formatting.dates import ordinal_text
from core.tables import Column
from members.enums import World
from members.models import EngineeringScheme, Membership, Organisation
from sessions_app.enums import PRESENT, Presence
from sessions_app.models import Attendance, Cycle, Session

MOST_COLUMNS = 60  # the newest; a cycle shows its own
SMALLEST_GROUP = 5  # organisations; a smaller group would tell the rate of one
THERE = (*PRESENT, Presence.REPRESENTED)
# presence → (class of the mark, word); the classes are those of static/css
NOT_MEMBER, UNRECORDED = "not-member", "unrecorded"
MARKS: dict[str, tuple[str, Any]] = {
    Presence.ON_SITE: ("p", Presence.ON_SITE.label),
    Presence.REMOTE: ("d", Presence.REMOTE.label),
    Presence.SUBSTITUTED: ("s", Presence.SUBSTITUTED.label),
    Presence.REPRESENTED: ("r", Presence.REPRESENTED.label),
    Presence.EXCUSED: ("e", Presence.EXCUSED.label),
    Presence.ABSENT: ("a", Presence.ABSENT.label),
    UNRECORDED: ("n", pgettext_lazy("presence", "not recorded")),
    NOT_MEMBER: ("x", pgettext_lazy("presence", "not a member")),
}


@dataclass(frozen=True)
class Rate:
    """How many of the recorded sessions somebody was there; `percent` is None where nothing is recorded."""

    there: int
    of: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.there / self.of) if self.of else None

    @classmethod
    def over(cls, cells: Iterable[Cell]) -> Rate:
        counted = [cell.presence for cell in cells if cell.counts]
        return cls(sum(presence in THERE for presence in counted), len(counted))


@dataclass(frozen=True)
class Cell:
    session: Session
    presence: str  # of `Presence`, UNRECORDED or NOT_MEMBER
    counts: bool
    first: bool  # of its cycle

    @property
    def mark(self) -> str:
        return MARKS[self.presence][0]

    @property
    def label(self) -> Any:
        return MARKS[self.presence][1]


@dataclass(frozen=True)
class Line:
    organisation: Organisation
    cells: list[Cell]
    rate: Rate | None  # None where the reader may not see it

    @property
    def last_there(self) -> Session | None:
        return next((cell.session for cell in reversed(self.cells) if cell.presence in THERE), None)


@dataclass(frozen=True)
class Group:
    """Neighbouring columns of one cycle."""

    year: int
    span: int


@dataclass(frozen=True)
class Matrix:
    sessions: list[Session]
    groups: list[Group]
    lines: list[Line]
    totals: list[Rate]  # for each session
    overall: Rate
    worlds: list[tuple[str, int, Rate]]  # (label, organisations, rate) of groups large enough
    names_rates: bool  # whether any line shows its own
    cut: bool  # earlier sessions are left out


def matrix(*, year: int | None, with_scheme: bool, day: dt.date, may_see: Callable[[Organisation], bool]) -> Matrix:
    """The table, in four queries; `may_see` answers for the rate of one organisation.

    `with_scheme` leaves those that run a scheme on `day`; one that has ended counts no more.
    """
    past = Session.objects.past().filter(date__isnull=False).select_related("cycle")
    chosen = past.filter(cycle__year=year) if year else past
    newest = list(chosen.order_by("-number", "-pk")[: MOST_COLUMNS + 1])
    sessions = newest[:MOST_COLUMNS][::-1]
    recorded = {
        (row.organisation_id, row.session_id): row.presence
        for row in Attendance.objects.filter(session__in=sessions).only("organisation_id", "session_id", "presence")
    }
    organisations = _organisations(sessions, with_scheme_on=day if with_scheme else None)
    firsts = {session.pk for index, session in enumerate(sessions) if _begins_cycle(sessions, index)}
    rows = [(one, _cells(one, sessions, recorded, firsts)) for one in organisations]
    rows = [(one, cells) for one, cells in rows if any(cell.presence != NOT_MEMBER for cell in cells)]
    lines = [Line(one, cells, Rate.over(cells) if may_see(one) else None) for one, cells in rows]
    columns = [[cells[index] for _one, cells in rows] for index in range(len(sessions))]
    return Matrix(
        sessions=sessions,
        groups=_groups(sessions),
        lines=lines,
        totals=[Rate.over(column) for column in columns],
        overall=Rate.over(cell for _one, cells in rows for cell in cells),
        worlds=_worlds(rows),
        names_rates=any(line.rate is not None for line in lines),
        cut=len(newest) > MOST_COLUMNS,
    )


def line_of(organisation: Organisation, *, may_see: bool) -> Line:
    """The row of one organisation, in three queries."""
    past = Session.objects.past().filter(date__isnull=False).select_related("cycle")
    sessions = list(past.order_by("-number", "-pk")[:MOST_COLUMNS])[::-1]
    rows = Attendance.objects.filter(organisation=organisation, session__in=sessions)
    recorded = {(row.organisation_id, row.session_id): row.presence for row in rows}
    firsts = {session.pk for index, session in enumerate(sessions) if _begins_cycle(sessions, index)}
    cells = _cells(organisation, sessions, recorded, firsts)
    return Line(organisation, cells, Rate.over(cells) if may_see else None)


def _organisations(sessions: list[Session], *, with_scheme_on: dt.date | None) -> list[Organisation]:
    belonged = Membership.objects.filter(organisation=OuterRef("pk"))
    seen = Attendance.objects.filter(organisation=OuterRef("pk"), session__in=sessions)
    found = Organisation.objects.filter(Q(Exists(belonged)) | Q(Exists(seen)))
    if with_scheme_on is not None:
        running = EngineeringScheme.objects.running(with_scheme_on)
        found = found.filter(Exists(running.filter(organisation=OuterRef("pk"))))
    return list(found.prefetch_related("memberships").order_by("name", "pk"))


def _cells(
    organisation: Organisation, sessions: list[Session], recorded: dict[tuple[int, int], str], firsts: set[int]
) -> list[Cell]:
    periods = [membership.period for membership in organisation.memberships.all()]
    cells = []
    for session in sessions:
        was_member = any(_overlap(period, session.days) for period in periods)
        presence = recorded.get((organisation.pk, session.pk))
        shown = presence or (UNRECORDED if was_member else NOT_MEMBER)
        cells.append(Cell(session, shown, bool(presence and was_member), session.pk in firsts))
    return cells


def _overlap(period: Any, day: Any) -> bool:
    """Whether a membership holds on some day a session may have been."""
    return period.lower < day.upper and (period.upper is None or day.lower < period.upper)


def _begins_cycle(sessions: list[Session], index: int) -> bool:
    return index == 0 or sessions[index].cycle_id != sessions[index - 1].cycle_id


def _groups(sessions: list[Session]) -> list[Group]:
    groups: list[Group] = []
    for index, session in enumerate(sessions):
        if _begins_cycle(sessions, index):
            groups.append(Group(session.cycle.year, 1))
        else:
            groups[-1] = Group(groups[-1].year, groups[-1].span + 1)
    return groups


def _worlds(rows: list[tuple[Organisation, list[Cell]]]) -> list[tuple[str, int, Rate]]:
    found = []
    for world in World:
        of_world = [cells for one, cells in rows if one.world == world]
        rate = Rate.over(cell for cells in of_world for cell in cells)
        if len(of_world) >= SMALLEST_GROUP and rate.of:
            found.append((str(world.label), len(of_world), rate))
    return found


def years() -> list[int]:
    """Cycles that hold a session that was held, the newest first."""
    held = Session.objects.past().filter(cycle=OuterRef("pk"))
    return list(Cycle.objects.filter(Exists(held)).by_year().values_list("year", flat=True))


def columns(found: Matrix) -> list[Column]:
    """The same as a file: one column a session, the rate where the reader may see it."""

    def cell_of(index: int) -> Callable[[Line], Any]:
        return lambda line: line.cells[index].label

    sessions = [
        Column(
            _("Session %(number)d (%(year)d)") % {"number": session.number, "year": session.cycle.year},
            cell_of(index),
            width=14,
        )
        for index, session in enumerate(found.sessions)
    ]
    rates = [
        Column(_lazy("Recorded sessions"), lambda line: line.rate.of if line.rate else None, width=12),
        Column(_lazy("There or represented"), lambda line: line.rate.there if line.rate else None, width=12),
        Column(_lazy("Rate in %"), lambda line: line.rate.percent if line.rate else None, width=10),
    ]
    return [
        Column(_lazy("Organisation"), lambda line: line.organisation.name, width=40),
        *sessions,
        *(rates if found.names_rates else []),
    ]


def notes(found: Matrix, *, year: int | None, with_scheme: bool) -> list[tuple[str, str]]:
    """What the second sheet of the file says."""
    first, last = (found.sessions[0], found.sessions[-1]) if found.sessions else (None, None)
    said = [(_("Cycle"), str(year) if year else _("all cycles"))]
    if with_scheme:
        said.append((_("Engineering scheme"), _("organisations that run one")))
    if first and last:
        span = _("from the %(first)s to the %(last)s session")
        said.append((_("Sessions"), span % {"first": ordinal_text(first.number), "last": ordinal_text(last.number)}))
    if found.overall.percent is not None:
        said.append((_("Overall rate"), f"{found.overall.percent} %"))
    return said
