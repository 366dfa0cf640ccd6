"""Sessions with their agenda, decisions and actions, as they stood on the day minutes were written."""

from __future__ import annotations

import datetime as dt
from typing import Any

from core.partial_dates import PartialDate, day
from core.partial_dates.values import is_day
from members.models import Position
from portal.demo import source
from portal.demo.context import DemoContext, identifier, moment, partial
from portal.demo.load_space import cycle_of
from sessions_app.enums import FollowUp, SessionState
from sessions_app.models import ActionItem, AgendaItem, Decision, Session, Speaker

GUEST = "guest: "


def rows() -> list[tuple[int, dict[str, Any]]]:
    """Number and content of each session's file, in order."""
    return [(int(name.rsplit("/", 1)[1]), source.table(name)) for name in source.names("sessions")]


def loaded(context: DemoContext) -> bool:
    return Session.objects.exists()


def load(context: DemoContext) -> None:
    for number, row in rows():
        session = _session(context, number, row)
        items = _agenda(context, session, row)
        decisions = _decisions(context, session, row, items)
        _actions(context, session, row, items, decisions)
    context.__dict__.pop("sessions", None)


def day_of(context: DemoContext, row: dict[str, Any]) -> PartialDate:
    """The session's first day; `days` counts from the day of loading, moved off a weekend away from that day."""
    if "days" not in row:
        return partial(row["date"])
    date = context.today + dt.timedelta(days=row["days"])
    step = dt.timedelta(days=1 if row["days"] > 0 else -1)
    while date.weekday() + row.get("lasts", 1) > 5:
        date += step
    return day(date)


def _session(context: DemoContext, number: int, row: dict[str, Any]) -> Session:
    date = day_of(context, row)
    lasts = row.get("lasts", 1)
    last = date.lower + dt.timedelta(days=lasts - 1)
    starts_at = ends_at = next_days_at = None
    if is_day(date) and "start" in row:
        starts_at = moment(date.lower, *map(int, row["start"].split(":")))
        begins = starts_at
        if lasts > 1:
            next_days_at = dt.time.fromisoformat(row["next_days"])
            begins = moment(last, next_days_at.hour, next_days_at.minute)
        on_last = sum(item["minutes"] for item in row["agenda"] if item.get("day", 1) == lasts)
        ends_at = begins + dt.timedelta(minutes=on_last)
    if "published" in row:
        state = SessionState.CLOSED
    else:
        state = SessionState.HELD if date.lower < context.today else SessionState.ANNOUNCED
    return context.add(
        Session,
        {"number": number},
        public_id=identifier("session", number),
        cycle=cycle_of(context, date.lower.year),
        title=row["title"],
        summary=row["summary"],
        date=date,
        starts_at=starts_at,
        ends_at=ends_at,
        ends_on=last if lasts > 1 else None,
        next_days_at=next_days_at,
        format=row["format"],
        mode=row["mode"],
        place=row.get("place", ""),
        video_link=row.get("video_link", ""),
        state=state,
    )


def _agenda(context: DemoContext, session: Session, row: dict[str, Any]) -> dict[int, AgendaItem]:
    items = {}
    for position, data in enumerate(row["agenda"], start=1):
        items[position] = item = context.add(
            AgendaItem,
            {"session": session, "position": position},
            public_id=identifier("item", session.number, position),
            title=data["title"],
            kind=data["kind"],
            minutes_long=data["minutes"],
            is_reserved=data.get("reserved", False),
            day=data.get("day", 1),
        )
        for place, name in enumerate(data.get("speakers", []), start=1):
            context.add(
                Speaker,
                {"item": item, "position": place},
                public_id=identifier("speaker", session.number, position, place),
                **speaker(context, session, name),
            )
    return items


def speaker(context: DemoContext, session: Session, name: str) -> dict[str, Any]:
    """Fields of a speaker: "guest: …", the address of an organisation, or the full name of a person."""
    if name.startswith(GUEST):
        return {"guest_name": name.removeprefix(GUEST)}
    if name in context.organisations:
        return {"organisation": context.organisations[name]}
    user = context.people[name]
    place = Position.objects.filter(user=user, period__overlap=session.date).select_related("organisation").get()
    return {"user": user, "organisation": place.organisation}


def _decisions(
    context: DemoContext, session: Session, row: dict[str, Any], items: dict[int, AgendaItem]
) -> dict[int, Decision]:
    return {
        number: context.add(
            Decision,
            {"session": session, "number": number},
            public_id=identifier("decision", session.number, number),
            kind=data.get("kind", "decision"),
            **_follow_up(context, session, data, items),
        )
        for number, data in enumerate(row.get("decisions", []), start=1)
    }


def _actions(
    context: DemoContext,
    session: Session,
    row: dict[str, Any],
    items: dict[int, AgendaItem],
    decisions: dict[int, Decision],
) -> None:
    for number, data in enumerate(row.get("actions", []), start=1):
        context.add(
            ActionItem,
            {"session": session, "number": number},
            public_id=identifier("action", session.number, number),
            decision=decisions.get(data.get("decision")),
            person=context.people[data["person"]] if "person" in data else None,
            **_follow_up(context, session, data, items),
        )


def _follow_up(
    context: DemoContext, session: Session, data: dict[str, Any], items: dict[int, AgendaItem]
) -> dict[str, Any]:
    due = partial(data.get("due", ""))
    if "due_in_days" in data:
        due = day(session.date.lower + dt.timedelta(days=data["due_in_days"]))
    return {
        "item": items[data["item"]],
        "text": data["text"],
        "responsible": context.organisations[data["responsible"]] if "responsible" in data else None,
        "due": due,
        "status": FollowUp.DONE if data.get("at_once") else FollowUp.OPEN,
    }
