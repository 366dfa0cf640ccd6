"""What the page of a cycle and its proceedings show, in a number of queries that does not grow with its sessions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sessions_app.enums import PRESENT, FollowUp, Presence
from sessions_app.minutes.page import ReadItem, linked_for as items_linked_for, read_items
from sessions_app.models import ActionItem, Attendance, Cycle, Decision, Material, MinutesVersion, Session
from sessions_app.sessions.page import newest_of_each


@dataclass(frozen=True)
class AttendanceLine:
    """How many organisations took part in one session, by how they did."""

    session: Session
    present: int
    represented: int
    excused: int
    absent: int


@dataclass(frozen=True)
class CyclePage:
    sessions: list[Session]
    decisions: list[Decision]
    actions: list[ActionItem]
    attendance: list[AttendanceLine]
    organisations: int  # that were present at least once
    materials: list[tuple[Session, list[Material]]]
    has_proceedings: bool

    @property
    def held(self) -> int:
        return sum(session.is_past for session in self.sessions)

    @property
    def actions_done(self) -> int:
        return sum(action.status == FollowUp.DONE for action in self.actions)


def cycle_page(cycle: Cycle, *, drafts: bool) -> CyclePage:
    """The page for who sees drafts, or not."""
    sessions = _sessions(cycle, drafts=drafts)
    presences = list(Attendance.objects.filter(session__in=sessions).values_list("session", "presence", "organisation"))
    return CyclePage(
        sessions=sessions,
        decisions=list(_of(Decision, sessions, drafts=drafts)),
        actions=list(_of(ActionItem, sessions, drafts=drafts)),
        attendance=[line for session in sessions if (line := _attendance(session, presences))],
        organisations=len({organisation for _session, presence, organisation in presences if presence in PRESENT}),
        materials=_materials(sessions),
        has_proceedings=any(session.has_minutes for session in sessions),
    )


def _sessions(cycle: Cycle, *, drafts: bool) -> list[Session]:
    rows = cycle.sessions.visible(drafts=drafts).with_existing(drafts=drafts).select_related("cycle")
    return list(rows.order_by("number"))


def _of(
    model: type[Decision | ActionItem], sessions: Sequence[Session], *, drafts: bool
) -> Sequence[Decision | ActionItem]:
    rows = model.objects.visible(drafts=drafts).filter(session__in=sessions)
    return rows.for_list().order_by("session__number", "number", "pk")


def _attendance(session: Session, presences: list[tuple[int, str, int]]) -> AttendanceLine | None:
    found = Counter(presence for key, presence, _organisation in presences if key == session.pk)
    if not found:
        return None
    return AttendanceLine(
        session,
        present=sum(found[kind] for kind in PRESENT),
        represented=found[Presence.REPRESENTED],
        excused=found[Presence.EXCUSED],
        absent=found[Presence.ABSENT],
    )


def _materials(sessions: Sequence[Session]) -> list[tuple[Session, list[Material]]]:
    rows = Material.objects.filter(session__in=sessions).select_related("file").order_by("position", "title", "pk")
    by_session: dict[int, list[Material]] = {}
    for material in rows:
        by_session.setdefault(material.session_id, []).append(material)
    return [(session, newest_of_each(by_session[session.pk])) for session in sessions if session.pk in by_session]


@dataclass(frozen=True)
class Chapter:
    """One session in the proceedings: its minutes in force, its decisions as they were published."""

    session: Session
    version: MinutesVersion
    items: list[ReadItem]
    decisions: list[tuple[str, str]]  # (reference, text)


def linked_for(user: Any, chapters: Sequence[Chapter]) -> list[Chapter]:
    """The chapters as `user` reads them, with links to what they mention."""
    texts = iter(items_linked_for(user, [item for chapter in chapters for item in chapter.items]))
    return [replace(chapter, items=list(islice(texts, len(chapter.items)))) for chapter in chapters]


def proceedings(cycle: Cycle, *, drafts: bool) -> tuple[list[Chapter], list[Session]]:
    """(sessions whose minutes can be read, held sessions without), in order. Withdrawn minutes are left out."""
    sessions = _sessions(cycle, drafts=drafts)
    versions = MinutesVersion.objects.in_force().filter(session__in=sessions).select_related("organisation")
    found = {version.session_id: version for version in versions}
    chapters = [
        Chapter(
            session,
            version,
            read_items(version.snapshot),
            [(row["reference"], row["text"]) for row in version.snapshot["decisions"]],
        )
        for session in sessions
        if (version := found.get(session.pk))
    ]
    return chapters, [session for session in sessions if session.is_past and session.pk not in found]
