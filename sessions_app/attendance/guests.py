"""Guests of a session as one list: whom organisations bring, and who speaks without a place in the space."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from core.text import name_key
from sessions_app.models import Guest, Session, Speaker


@dataclass(frozen=True)
class SessionGuest:
    """`key` names the row in a form; `about` is the function, or the organisation somebody speaks for."""

    key: str
    name: str
    about: str
    invited_by: str  # the organisation that announced him or her; "" of who speaks
    came: bool


def guests_of(session: Session) -> list[SessionGuest]:
    """In two queries. Who is announced and speaks, or speaks twice, is one guest."""
    announced = list(Guest.objects.filter(session=session).select_related("organisation"))
    found = [
        SessionGuest(f"g{guest.pk}", guest.name, guest.function, guest.organisation.label, guest.came)
        for guest in announced
    ]
    known = {name_key(guest.name) for guest in announced}
    for speaker in speaking_guests(session):
        if (name := name_key(speaker.guest_name)) not in known:
            known.add(name)
            about = speaker.organisation.label if speaker.organisation else ""
            found.append(SessionGuest(f"s{speaker.pk}", speaker.guest_name, about, "", speaker.came))
    return found


def who_came(session: Session) -> list[tuple[str, Guest | Speaker]]:
    """("guest" or "speaker", the row) of each guest who was there: who is announced and speaks is one, the announced."""
    here = [guest.key for guest in guests_of(session) if guest.came]
    if not here:
        return []
    announced = Guest.objects.filter(session=session).select_related("organisation")
    rows: dict[str, tuple[str, Guest | Speaker]] = {f"g{row.pk}": ("guest", row) for row in announced}
    rows |= {f"s{row.pk}": ("speaker", row) for row in speaking_guests(session)}
    return [rows[key] for key in here]


def speaking_guests(session: Session) -> Iterable[Speaker]:
    rows = Speaker.objects.filter(item__session=session).exclude(guest_name="").select_related("organisation")
    return rows.order_by("item__position", "position", "pk")


def write_presence(session: Session, keys: set[str]) -> None:
    """Who of the list was there; all others were not. The session is held."""
    changed = [guest.key for guest in guests_of(session) if guest.came != (guest.key in keys)]
    for model, letter in ((Guest, "g"), (Speaker, "s")):
        rows = model.objects.filter(pk__in=[int(key[1:]) for key in changed if key.startswith(letter)])
        rows.update(came=~F("came"))
