"""Who took part in each session: fictional, drawn once and for all from a hash, to the counts of the data files."""

from __future__ import annotations

import hashlib
from typing import Any

from core.accounts.models import User
from members.enums import Level, PositionRole
from members.models import Membership, Organisation, Position
from portal.demo.context import DemoContext, identifier
from portal.demo.load_sessions import rows
from sessions_app.enums import Presence, SessionMode
from sessions_app.models import Attendance, Attendee, Session, Speaker

ALWAYS_THERE = ("le-rameau", "fondation-des-territoires", "fonds-odd-17")
# Written down at the door: people whom the space does not know as holders of a position.
BY_HAND = ("Amélie Grosjean", "Tanguy Prigent", "Rosa Ferreira", "Lamine Diop", "Édith Caron", "Bastien Roche")

_ROLES = {PositionRole.REPRESENTATIVE: 0, PositionRole.SUBSTITUTE: 1, PositionRole.OBSERVER: 2}


def loaded(context: DemoContext) -> bool:
    return Attendance.objects.exists()


def load(context: DemoContext) -> None:
    for number, row in rows():
        session = context.sessions[number]
        if "attendance" in row and not session.attendance.exists():
            _record(context, session, row["attendance"])


def chance(*words: object) -> float:
    """A number from 0 to 1 that these words always give."""
    digest = hashlib.sha256("/".join(map(str, words)).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def _record(context: DemoContext, session: Session, counts: dict[str, int]) -> None:
    members = _members_by_zeal(session)
    first, second = counts["present"], counts["present"] + counts["represented"]
    present = members[:first]
    away = sorted(members[first:], key=lambda one: not one.is_fictional)  # a pouvoir passes among invented bodies
    represented, rest = away[: second - first], away[second - first :]
    people = _people_in_position(session)
    holders = sorted(present, key=lambda one: chance("holder", session.number, one.slug))
    attendance, attendees = [], []
    for one in present:
        row = Attendance(session=session, organisation=one, presence=_presence(session, one, people.get(one.pk, [])))
        attendance.append(row)
        attendees += _attendees(session, row, people.get(one.pk, []))
    for one, holder in zip(represented, (holder for holder in holders if holder.is_fictional), strict=False):
        attendance.append(
            Attendance(session=session, organisation=one, presence=Presence.REPRESENTED, represented_by=holder)
        )
    for place, one in enumerate(rest):
        presence = Presence.EXCUSED if place < counts["excused"] else Presence.ABSENT
        attendance.append(Attendance(session=session, organisation=one, presence=presence))
    context.add_all(Attendance, attendance)
    context.add_all(Attendee, attendees)


def _members_by_zeal(session: Session) -> list[Organisation]:
    """The members of that day: those who had to be there, then the others by zeal and luck."""
    speaking = set(Speaker.objects.filter(item__session=session).values_list("organisation__slug", flat=True))
    bound = speaking | set(ALWAYS_THERE)
    memberships = Membership.objects.filter(period__overlap=session.date).select_related("organisation")

    def rank(one: Organisation) -> tuple[bool, float]:
        zeal = 0.55 + 0.45 * chance("zeal", one.slug)
        return one.slug not in bound, -zeal * chance("day", session.number, one.slug)

    return sorted((membership.organisation for membership in memberships), key=rank)


def _people_in_position(session: Session) -> dict[int, list[Position]]:
    """Positions of that day by organisation, representatives first."""
    found: dict[int, list[Position]] = {}
    for place in Position.objects.filter(period__overlap=session.date).select_related("user").order_by("pk"):
        found.setdefault(place.organisation_id, []).append(place)
    for places in found.values():
        places.sort(key=lambda place: _ROLES[place.role])
    return found


def _presence(session: Session, one: Organisation, places: list[Position]) -> str:
    has_substitute = any(place.role == PositionRole.SUBSTITUTE for place in places)
    if has_substitute and one.slug not in ALWAYS_THERE and chance("substitute", session.number, one.slug) < 0.2:
        return Presence.SUBSTITUTED
    if session.mode == SessionMode.REMOTE:
        return Presence.REMOTE
    if session.mode == SessionMode.HYBRID:
        far = one.level == Level.OVERSEAS or chance("way", session.number, one.slug) < 0.3
        return Presence.REMOTE if far else Presence.ON_SITE
    return Presence.ON_SITE


def _attendees(session: Session, row: Attendance, places: list[Position]) -> list[Attendee]:
    slug = row.organisation.slug
    wanted = PositionRole.SUBSTITUTE if row.presence == Presence.SUBSTITUTED else PositionRole.REPRESENTATIVE
    users: list[User] = [place.user for place in places if place.role == wanted][:1]
    if slug in ALWAYS_THERE and row.presence != Presence.SUBSTITUTED:
        users += [place.user for place in places if place.role == PositionRole.SUBSTITUTE][:1]
    fields: list[dict[str, Any]] = [{"user": user} for user in users]
    if chance("guest", session.number, slug) < 0.08:
        fields.append({"name": BY_HAND[int(chance("name", session.number, slug) * len(BY_HAND))]})
    return [
        Attendee(attendance=row, public_id=identifier("attendee", session.number, slug, place), **values)
        for place, values in enumerate(fields, start=1)
    ]
