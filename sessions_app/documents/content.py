"""What the report of a session prints: a snapshot and the names in it, turned into the template's context."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import ceil
from typing import Any

from core.charts import seating
from core.partial_dates import PartialDate
from core.partial_dates.values import from_json
from core.reports.printed_code import printed_code
from core.space import current_space
from sessions_app.documents import words
from sessions_app.documents.essentials import essentials
from sessions_app.documents.prose import for_print
from sessions_app.documents.words import Counts
from sessions_app.enums import (
    PRESENT,
    Audience,
    DecisionKind,
    FollowUp,
    ItemKind,
    Presence,
    SessionFormat,
    SessionMode,
)
from sessions_app.minutes.page import read_guests
from sessions_app.minutes.snapshot import Json, PersonRef, day_of_item, moment, name_of

# the round on the cover: (fill, stroke, radius) of the organisations with a scheme and of the others
_OCHRE, _PINK, _PALE, _GROUND = "#E8B24A", "#F8E9E3", "#6F9A86", "#1D4D3E"

ESSENTIAL_LINES, ESSENTIAL_LETTERS = 32, 84  # what the second page holds of decisions and actions, with their heads


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    r: float
    fill: str
    stroke: str


def layout() -> dict[str, Any]:
    """How the space wants its reports: part of what tells whether one must be made anew."""
    return {"attendance_as_annex": current_space().attendance_as_annex}


def context(snapshot: Json, names: dict[PersonRef, str], *, content_sha256: str | None) -> dict[str, Any]:
    """The template's context; without `content_sha256` it is a draft, which has no code."""
    session, version = snapshot["session"], snapshot["version"]
    printed = {
        "space": current_space(),
        "session": {
            **session,
            "date": _date(session["date"]),
            "starts_at": moment(session["starts_at"]),
            "ends_at": moment(session["ends_at"]),
            "format": SessionFormat(session["format"]).label,
            "mode": SessionMode(session["mode"]).label,
        },
        "cycle": snapshot["cycle"],
        "animation": _name(snapshot["animation"]),
        "organisation": _name(snapshot["organisation"]),
        "version": version
        and {
            **version,
            "published_at": moment(version["published_at"]),
            "author": name_of(version["author"], names),
        },
        "items": [_item(item, day_of_item(snapshot, item), names) for item in snapshot["agenda"]],
        "attendance": [_attendance(entry, names) for entry in snapshot["attendance"] if entry["presence"]],
        "guests": read_guests(snapshot, names),
        "shows_people": any(entry["people"] for entry in snapshot["attendance"]),
        "counts": counts(snapshot),
        "dots": dots(snapshot),
        "decisions": [decision_line(decision) for decision in snapshot["decisions"]],
        "actions": [action_line(action, names) for action in snapshot["actions"]],
        "materials": [_material(material) for material in snapshot["materials"]],
        "authenticity": content_sha256 and printed_code(content_sha256),
        "is_draft": version is None,
        **layout(),
    }
    room = ESSENTIAL_LINES - 1.25 * ceil(len(session["summary"]) / ESSENTIAL_LETTERS)
    printed["essentials"] = essentials(printed["decisions"], printed["actions"], lines=room, letters=ESSENTIAL_LETTERS)
    printed["words"] = words.sentences(printed)
    return printed


def counts(snapshot: Json) -> Counts:
    kinds = [entry["presence"] for entry in snapshot["attendance"]]
    return Counts(
        present=sum(kind in PRESENT for kind in kinds),
        represented=kinds.count(Presence.REPRESENTED),
        excused=kinds.count(Presence.EXCUSED),
        absent=kinds.count(Presence.ABSENT),
        unrecorded=kinds.count(None),
    )


def dots(snapshot: Json) -> list[Dot]:
    """The round of seats on the cover: full for present, a ring for represented, small for everybody else."""
    inner = [entry for entry in snapshot["attendance"] if entry["runs_scheme"]]
    outer = [entry for entry in snapshot["attendance"] if not entry["runs_scheme"]]
    scale = seating.dot_scale(len(inner), len(outer))
    inner_points, outer_points = seating.layout(len(inner), len(outer))
    placed = []
    for entries, points, colour in ((outer, outer_points, _PINK), (inner, inner_points, _OCHRE)):
        for entry, (x, y) in zip(entries, points, strict=True):
            if entry["presence"] in PRESENT:
                placed.append(Dot(x, y, round(8.8 * scale, 1), colour, colour))
            elif entry["presence"] == Presence.REPRESENTED:
                placed.append(Dot(x, y, round(7.5 * scale, 1), _GROUND, colour))
            else:
                placed.append(Dot(x, y, round(3.0 * scale, 1), _PALE, _PALE))
    return placed


def _item(item: Json, day: dt.date | None, names: dict[PersonRef, str]) -> dict[str, Any]:
    speakers = []
    for speaker in item["speakers"]:
        person, organisation = name_of(speaker["person"], names), _name(speaker["organisation"])
        speakers.append(", ".join(filter(None, (person, organisation))))
    return {
        "number": item["number"],
        "day": day,
        "title": item["title"],
        "kind": ItemKind(item["kind"]).label,
        "starts_at": moment(item["starts_at"]),
        "minutes_long": item["minutes_long"],
        "is_reserved": item["is_reserved"],
        "speakers": [speaker for speaker in speakers if speaker],
        "body": for_print(item["body"]),
    }


def _attendance(entry: Json, names: dict[PersonRef, str]) -> dict[str, Any]:
    people = [name for person in entry["people"] if (name := name_of(person, names))]
    return {
        "organisation": entry["organisation"]["name"],
        "presence": entry["presence"],
        "label": Presence(entry["presence"]).label,
        "represented_by": _name(entry["represented_by"]),
        "people": people,
        "runs_scheme": entry["runs_scheme"],
    }


def _follow_up(row: Json) -> dict[str, Any]:
    return {
        "reference": row["reference"],
        "text": row["text"],
        "responsible": _name(row["responsible"]),
        "due": _date(row["due"]),
        "status": FollowUp(row["status"]).label,
    }


def decision_line(row: Json) -> dict[str, Any]:
    decision = _follow_up(row)
    return {**decision, "kind": DecisionKind(row["kind"]).label, "note": words.follow_up(decision)}


def action_line(row: Json, names: dict[PersonRef, str]) -> dict[str, Any]:
    action = {**_follow_up(row), "person": name_of(row["person"], names)}
    who = ", ".join(filter(None, (action["person"], action["responsible"])))
    return {**action, "note": words.follow_up({**action, "responsible": who})}


def _material(material: Json) -> dict[str, Any]:
    file = material["file"]
    return {
        "title": material["title"],
        "version": material["version"],
        "audience": Audience(material["audience"]).label,
        "format": file["format"] if file else "",
        "size": file["size"] if file else None,
        "sha256": file["sha256"] if file else "",
        # the report is one for all members: an address kept for the participants is named, not given
        "link": "" if material["audience"] == Audience.PARTICIPANTS else material["link"],
    }


def _name(organisation: Json | None) -> str:
    return organisation["name"] if organisation else ""


def _date(value: Json | None) -> PartialDate | None:
    return from_json(value)
