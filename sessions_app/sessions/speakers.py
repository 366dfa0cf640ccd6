"""Speakers as one line of text: "Sofia Marchetti (Fondation des Territoires); Fonds ODD 17; Jeanne Dupont (guest)".

Who is neither a person nor an organisation of the space is a guest only where the line says so: a slip of the pen is told.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.utils.translation import gettext as _

from core.accounts.models import User
from core.db.periods import today
from core.text import name_key
from members.models import Organisation, Position
from members.organisations.names import former_names
from sessions_app.models import Speaker

_IN_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<inside>[^()]+)\)")
# In both languages and every agreement, whoever reads the line: "(invitée)", "(invité·e)", "(guest, Fonds ODD 17)".
_GUEST = re.compile(r"(?:guest|invite(?:[·.\-]?e)?)(?:\s*,\s*(?P<organisation>.+))?")
_COMMA = re.compile(r",(?![^()]*\))")
LONGEST_NAME = 160


def as_text(speakers: Iterable[Speaker]) -> str:
    """The line that `read` turns into the same speakers."""
    return "; ".join(_one(speaker) for speaker in speakers)


def _one(speaker: Speaker) -> str:
    organisation = speaker.organisation.name if speaker.organisation else ""
    if speaker.guest_name:
        inside = ", ".join(filter(None, (_("guest"), organisation)))
        return f"{speaker.guest_name} ({inside})"
    name = str(speaker.user) if speaker.user else ""
    return f"{name} ({organisation})" if name and organisation else name or organisation


@dataclass(frozen=True)
class Unknown:
    """A name that nobody of the space bears; `closest` are names that look like it."""

    name: str
    closest: list[str]


@dataclass
class Reading:
    """Unsaved speakers in the order written, and what could not be placed."""

    speakers: list[Speaker] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)


class Directory:
    """Everybody who may be named, in few queries; one for all lines of an agenda. Names are compared by `name_key`."""

    def __init__(self) -> None:
        self.organisations: dict[str, Organisation] = {}
        rows = list(Organisation.objects.all())
        for organisation in rows:
            self.organisations[name_key(organisation.name)] = organisation
        for organisation in rows:
            if organisation.short_name:
                self.organisations.setdefault(name_key(organisation.short_name), organisation)
        self.organisations = former_names() | self.organisations
        self.people: dict[str, list[User]] = {}
        for user in User.objects.filter(is_active=True).order_by("pk"):
            self.people.setdefault(name_key(user.get_full_name()), []).append(user)
        self._places = set(Position.objects.values_list("user", "organisation"))

    def read(self, text: str) -> Reading:
        """Parts stand between semicolons, lines, or commas that belong to no name."""
        found = Reading()
        for part in self._parts(text):
            speaker = self._speaker(part)
            if speaker is None:
                found.unknown.append(Unknown(part, self._closest(part)))
            else:
                speaker.position = len(found.speakers)
                found.speakers.append(speaker)
        return found

    def _parts(self, text: str) -> Iterator[str]:
        for part in (part.strip() for part in re.split(r"[;\n]", text)):
            if part and self._speaker(part) is not None:
                yield part
                continue
            pieces = [piece.strip() for piece in _COMMA.split(part) if piece.strip()]
            while pieces:  # the longest run of pieces that is one name: organisations have commas in theirs
                runs = range(len(pieces), 0, -1)
                length = next((n for n in runs if self._speaker(", ".join(pieces[:n])) is not None), 1)
                yield ", ".join(pieces[:length])
                pieces = pieces[length:]

    def _speaker(self, part: str) -> Speaker | None:
        if known := self.organisations.get(name_key(part)):
            return Speaker(organisation=known)
        if person := self._person(part, None):
            return Speaker(user=person)
        match = _IN_BRACKETS.fullmatch(part)
        if match is None:
            return None
        inside = name_key(match["inside"])
        if guest := _GUEST.fullmatch(inside):
            named = guest["organisation"]
            organisation = self.organisations.get(named) if named else None
            if (named and organisation is None) or "," in match["name"] or len(match["name"]) > LONGEST_NAME:
                return None
            return Speaker(guest_name=match["name"], organisation=organisation)
        organisation = self.organisations.get(inside)
        person = self._person(match["name"], organisation) if organisation else None
        return Speaker(user=person, organisation=organisation) if person else None

    def _person(self, name: str, organisation: Organisation | None) -> User | None:
        """Of several of one name the one who has, or had, a position in that organisation."""
        bearers = self.people.get(name_key(name), [])
        if organisation is not None:
            bearers = sorted(bearers, key=lambda user: (user.pk, organisation.pk) not in self._places)
        return bearers[0] if bearers else None

    def _closest(self, part: str) -> list[str]:
        match = _IN_BRACKETS.fullmatch(part)
        name = name_key(match["name"] if match else part)
        names = {key: users[0].get_full_name() for key, users in self.people.items() if key}
        names |= {key: organisation.name for key, organisation in self.organisations.items()}
        return list(dict.fromkeys(names[key] for key in get_close_matches(name, names, n=2, cutoff=0.75)))


def read(text: str) -> Reading:
    """The speakers of one line."""
    return Directory().read(text)


def choices(now: dt.datetime) -> list[str]:
    """What a picker offers: people with a position today, each with the organisation; then the organisations."""
    places = Position.objects.filter(period__contains=today(now)).select_related("user", "organisation")
    rows = places.order_by("user__last_name", "user__first_name", "organisation__name", "pk")
    people = [f"{place.user.get_full_name()} ({place.organisation.name})" for place in rows]
    return [*dict.fromkeys(people), *Organisation.objects.order_by("name", "pk").values_list("name", flat=True)]
