"""What publishing freezes: one canonical JSON of the session as it stood, and how people are named in it later.

`build` makes it, `core.canonical.sha256` names it, `MinutesVersion.snapshot` keeps it. Its shape (every key is
always there, but those of sessions of several days and of a review, so that the others keep their hash; times are ISO 8601 in UTC;
partial dates are {"from", "before"} or null, several days in a row have "all": true as well; enumerations keep
their code, so that a reader of any language gets his own words):

    schema        1
    version       {number, procedure, reason, published_at, author: PERSON, reviewed_until: last day of the
                   review, null without one; after a review also review: {opened_on, requests: how many were
                   made, accepted: how many of them}}; null in a draft
    organisation  ORGANISATION that wrote the minutes; null in a draft
    animation     ORGANISATION that animated the session; null where not known
    session       {public_id, number, title, summary, date, starts_at, ends_at, format, mode, place}
    cycle         {year, theme}
    agenda        [{public_id, number (1, 2, …), title, kind, minutes_long, starts_at (computed), day (2, 3, …;
                    absent on the first), is_reserved,
                    speakers: [{person: PERSON or null, organisation: ORGANISATION or null}],
                    body: HTML of the minutes, "" where nothing was written}]
    attendance    [{organisation: ORGANISATION, runs_scheme, presence (null: not recorded),
                    represented_by: ORGANISATION or null, people: [PERSON]}], by name: who was a member at
                    the session's date, and anyone else who was recorded
    guests        [{person: PERSON, organisation: ORGANISATION or null}] of who was there; absent where nobody was
    decisions     [{public_id, number, reference, kind, text, item: public_id or null,
                    responsible: ORGANISATION or null, due, status}]
    actions       [the same without kind, with decision: public_id or null, person: PERSON or null]
    materials     [{public_id, series, version, title, audience, link,
                    file: {format, content_type, size, sha256} or null}], newest version of each

    ORGANISATION  {public_id, name}: the name as it was
    PERSON        {kind: "user" | "attendee" | "speaker" | "guest", id}: never a name; `resolve_names` finds it when shown,
                  so that a person can be erased without rewriting what was published

The video link is left out: it is a key, not a record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from core import canonical
from core.partial_dates import day
from core.partial_dates.values import as_json, days_of, from_json
from core.text import alphabetical
from members.models import EngineeringScheme, Membership, Organisation
from sessions_app.attendance.guests import who_came
from sessions_app.enums import RequestState
from sessions_app.models import AgendaItem, Attendance, Attendee, Guest, Material, Session, Speaker
from sessions_app.sessions.agenda import times_of

if TYPE_CHECKING:
    from core.accounts.models import User
    from sessions_app.models import ActionItem, Circulation, Decision

SCHEMA = 1
Json = dict[str, Any]

_FORMATS = {
    "application/pdf": "PDF",
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
    "application/vnd.oasis.opendocument.presentation": "ODP",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/webp": "WebP",
    "text/csv": "CSV",
}


class PersonRef(NamedTuple):
    """How frozen content names a person: a row, not a name."""

    kind: str  # "user", "attendee" (typed by hand), "speaker" (a guest who speaks) or "guest" (of an organisation)
    id: str


def build(
    session: Session,
    *,
    number: int,
    procedure: str,
    reason: str,
    organisation: Organisation,
    author: User,
    published_at: dt.datetime,
    animation: Organisation | None = None,
    review: Circulation | None = None,
) -> Json:
    """The snapshot of version `number` of the minutes of `session`.

    `organisation` wrote the minutes; `animation` animated the session where that was another one. Reads the
    session afresh in a bounded number of queries: call it inside the transaction that publishes.
    """
    return {
        **_content(session, on=timezone.localdate(published_at)),
        "version": {
            "number": number,
            "procedure": str(procedure),
            "reason": reason,
            "published_at": _moment(published_at),
            "author": _user(author),
            "reviewed_until": review.last_day.isoformat() if review else None,
            **({"review": _review(review)} if review else {}),
        },
        "organisation": _organisation(organisation),
        "animation": _organisation(animation or organisation),
    }


def build_draft(session: Session, *, on: dt.date, animation: Organisation | None = None) -> Json:
    """The session as it stands on the day `on`, in the same shape; nothing is published and nobody signs."""
    content = _content(session, on=on)
    return {**content, "version": None, "organisation": None, "animation": _organisation(animation)}


def hashes_of(content: Json) -> dict[str, str]:
    """The hash of each part that publishing would freeze, whoever publishes and when: {"agenda": …, "decisions": …}.

    Without where decisions and actions stand: who answers for one ticks it off on any day, and nobody agrees to that.
    """
    parts = {part: content[part] for part in ("session", "cycle", "agenda", "attendance", "materials")}
    parts["guests"] = content.get("guests", [])
    for part in ("decisions", "actions"):
        parts[part] = [{**row, "status": ""} for row in content[part]]
    return {part: canonical.sha256(value) for part, value in parts.items()}


def build_record(
    session: Session,
    *,
    number: int,
    organisation: Organisation,
    author: User,
    released_at: dt.datetime,
    animation: Organisation | None = None,
) -> Json:
    """The record of decisions `number`, in the same shape: no texts of items, nobody present by name, no materials."""
    content = _content(session, on=timezone.localdate(released_at))
    content.pop("guests", None)
    return {
        **content,
        "agenda": [],
        "attendance": [{**entry, "people": []} for entry in content["attendance"]],
        "materials": [],
        "version": {
            "number": number,
            "procedure": "record",
            "reason": "",
            "published_at": _moment(released_at),
            "author": _user(author),
        },
        "organisation": _organisation(organisation),
        "animation": _organisation(animation or organisation),
    }


def people_in(snapshot: Json) -> set[PersonRef]:
    """Everybody the snapshot names."""
    return {PersonRef(ref["kind"], ref["id"]) for ref in _references(snapshot)}


def resolve_names(refs: Iterable[PersonRef]) -> dict[PersonRef, str]:
    """The names as they are known today, in at most four queries; who is no longer known is left out."""
    wanted: dict[str, list[str]] = {"user": [], "attendee": [], "speaker": [], "guest": []}
    for ref in refs:
        wanted[ref.kind].append(ref.id)
    names: dict[PersonRef, str] = {}
    if ids := wanted["user"]:
        for user in get_user_model().objects.filter(public_id__in=ids).only("public_id", "first_name", "last_name"):
            names[PersonRef("user", str(user.public_id))] = user.get_full_name()
    typed = {"attendee": (Attendee, "name"), "speaker": (Speaker, "guest_name"), "guest": (Guest, "name")}
    for kind, (model, field) in typed.items():
        if ids := wanted[kind]:
            for public_id, name in model.objects.filter(public_id__in=ids).values_list("public_id", field):
                names[PersonRef(kind, str(public_id))] = name
    return {ref: name for ref, name in names.items() if name}


def name_of(ref: Mapping[str, str] | None, names: Mapping[PersonRef, str]) -> str:
    """The name behind a PERSON of the snapshot, "" where there is none (any more)."""
    return "" if ref is None else names.get(PersonRef(ref["kind"], ref["id"]), "")


def _references(snapshot: Json) -> Iterator[Json]:
    if snapshot["version"] and snapshot["version"]["author"]:
        yield snapshot["version"]["author"]
    for item in snapshot["agenda"]:
        yield from (speaker["person"] for speaker in item["speakers"] if speaker["person"])
    for entry in snapshot["attendance"]:
        yield from entry["people"]
    yield from (guest["person"] for guest in snapshot.get("guests", []))
    yield from (action["person"] for action in snapshot["actions"] if action["person"])


def _review(review: Circulation) -> Json:
    states = list(review.requests.values_list("state", flat=True))
    return {
        "opened_on": timezone.localdate(review.opened_at).isoformat(),
        "requests": len(states),
        "accepted": states.count(RequestState.ACCEPTED),
    }


def _content(session: Session, *, on: dt.date) -> Json:
    session = _read(session.pk)
    agenda = list(session.agenda.all())
    times = times_of(session, agenda)
    return {
        "schema": SCHEMA,
        "session": {
            "public_id": str(session.public_id),
            "number": session.number,
            "title": session.title,
            "summary": session.summary,
            "date": as_json(session.days),
            "starts_at": _moment(session.starts_at),
            "ends_at": _moment(session.ends_at),
            "format": session.format,
            "mode": session.mode,
            "place": session.place,
        },
        "cycle": {"year": session.cycle.year, "theme": session.cycle.theme},
        "agenda": [
            _item(item, number, starts_at)
            for number, (item, starts_at) in enumerate(zip(agenda, times, strict=True), start=1)
        ],
        "attendance": _attendance(session, on),
        **_guests(session),
        "decisions": [
            {**_follow_up(decision, session), "kind": decision.kind}
            for decision in sorted(session.decisions.all(), key=lambda row: row.number)
        ],
        "actions": [
            {
                **_follow_up(action, session),
                "decision": str(action.decision.public_id) if action.decision else None,
                "person": _user(action.person),
            }
            for action in sorted(session.actions.all(), key=lambda row: row.number)
        ],
        "materials": _materials(session),
    }


def _read(pk: int) -> Session:
    speakers = Speaker.objects.select_related("user", "organisation")
    items = AgendaItem.objects.select_related("entry").prefetch_related(Prefetch("speakers", speakers))
    rows = Attendance.objects.select_related("organisation", "represented_by").prefetch_related("people__user")
    return (
        Session.objects.select_related("cycle")
        .prefetch_related(
            Prefetch("agenda", items),
            Prefetch("attendance", rows),
            Prefetch("materials", Material.objects.select_related("file")),
            "decisions__responsible",
            "decisions__item",
            "actions__responsible",
            "actions__item",
            "actions__decision",
            "actions__person",
        )
        .get(pk=pk)
    )


def _item(item: AgendaItem, number: int, starts_at: dt.datetime | None) -> Json:
    entry = getattr(item, "entry", None)
    return {
        "public_id": str(item.public_id),
        "number": number,
        "title": item.title,
        "kind": item.kind,
        "minutes_long": item.minutes_long,
        "starts_at": _moment(starts_at),
        **({"day": item.day} if item.day > 1 else {}),
        "is_reserved": item.is_reserved,
        "speakers": [
            {"person": _speaker(speaker), "organisation": _organisation(speaker.organisation)}
            for speaker in item.speakers.all()
        ],
        "body": entry.body if entry else "",
    }


def day_of_item(snapshot: Json, item: Json) -> dt.date | None:
    """The day on which an item of the agenda stands, of a session of several days."""
    days = days_of(from_json(snapshot["session"]["date"]))
    return days[item.get("day", 1) - 1] if days else None


def _attendance(session: Session, on: dt.date) -> list[Json]:
    dates = session.days or day(on)
    rows = {row.organisation_id: row for row in session.attendance.all()}
    scheme = Exists(EngineeringScheme.objects.running(dates.lower).filter(organisation=OuterRef("pk")))
    member = Membership.objects.filter(period__overlap=dates).values("organisation")
    expected = Organisation.objects.filter(pk__in=member) | Organisation.objects.filter(pk__in=rows)
    entries = []
    for organisation in expected.annotate(runs_scheme=scheme):
        row = rows.get(organisation.pk)
        entries.append(
            {
                "organisation": _organisation(organisation),
                "runs_scheme": organisation.runs_scheme,
                "presence": row.presence if row else None,
                "represented_by": _organisation(row.represented_by) if row else None,
                "people": [_attendee(attendee) for attendee in row.people.all()] if row else [],
            }
        )
    return sorted(entries, key=lambda entry: alphabetical(entry["organisation"]["name"]))


def _guests(session: Session) -> Json:
    rows = [
        {"person": {"kind": kind, "id": str(row.public_id)}, "organisation": _organisation(row.organisation)}
        for kind, row in who_came(session)
    ]
    return {"guests": rows} if rows else {}


def _follow_up(row: Decision | ActionItem, session: Session) -> Json:
    row.session = session  # its reference holds the session's number
    return {
        "public_id": str(row.public_id),
        "number": row.number,
        "reference": row.reference,
        "text": row.text,
        "item": str(row.item.public_id) if row.item else None,
        "responsible": _organisation(row.responsible),
        "due": as_json(row.due),
        "status": row.status,
    }


def _materials(session: Session) -> list[Json]:
    newest: dict[Any, Material] = {}
    for material in session.materials.all():
        held = newest.get(material.series)
        if held is None or held.version < material.version:
            newest[material.series] = material
    return [
        {
            "public_id": str(material.public_id),
            "series": str(material.series),
            "version": material.version,
            "title": material.title,
            "audience": material.audience,
            "link": material.link,
            "file": material.file
            and {
                "format": file_format(material.file.content_type, material.file.original_name),
                "content_type": material.file.content_type,
                "size": material.file.size,
                "sha256": material.file.sha256,
            },
        }
        for material in sorted(newest.values(), key=lambda row: (row.position, alphabetical(row.title), row.pk))
    ]


def file_format(content_type: str, name: str) -> str:
    """The short name of a format as people say it: "PDF", "ODT"."""
    extension = name.rpartition(".")[2] if "." in name else ""
    return _FORMATS.get(content_type, extension.upper()[:8])


def _organisation(organisation: Organisation | None) -> Json | None:
    return organisation and {"public_id": str(organisation.public_id), "name": organisation.name}


def _user(user: Any) -> Json | None:
    return user and {"kind": "user", "id": str(user.public_id)}


def _attendee(attendee: Attendee) -> Json:
    return _user(attendee.user) or {"kind": "attendee", "id": str(attendee.public_id)}


def _speaker(speaker: Speaker) -> Json | None:
    if speaker.user:
        return _user(speaker.user)
    return {"kind": "speaker", "id": str(speaker.public_id)} if speaker.guest_name else None


def _moment(value: dt.datetime | None) -> str | None:
    """To the second in UTC: "2024-11-24T08:12:00Z"."""
    return value and value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(value: str | None) -> dt.datetime | None:
    """A moment of the snapshot, read back."""
    return dt.datetime.fromisoformat(value) if value else None
