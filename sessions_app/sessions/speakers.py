"""Speakers as one line of text: "Sofia Marchetti (Fondation des Territoires); Fonds ODD 17; Jeanne Invitée"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from core.accounts.models import User
from core.text import name_key
from members.models import Organisation
from sessions_app.models import Speaker

_IN_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<organisation>[^()]+)\)")


def as_text(speakers: Iterable[Speaker]) -> str:
    """The line that `read` turns into the same speakers."""
    return "; ".join(_one(speaker) for speaker in speakers)


def _one(speaker: Speaker) -> str:
    name = speaker.guest_name or (str(speaker.user) if speaker.user else "")
    organisation = speaker.organisation.name if speaker.organisation else ""
    return f"{name} ({organisation})" if name and organisation else name or organisation


def read(text: str) -> list[Speaker]:
    """Unsaved speakers in the order written; who is not known as a person or organisation is a guest.

    Names are compared by `name_key`. Two queries, however long the line.
    """
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    if not parts:
        return []
    people = {name_key(user.get_full_name()): user for user in User.objects.filter(is_active=True)}
    organisations: dict[str, Organisation] = {}
    for organisation in Organisation.objects.all():
        organisations[name_key(organisation.name)] = organisation
        if organisation.short_name:
            organisations.setdefault(name_key(organisation.short_name), organisation)
    return [_speaker(part, position, people, organisations) for position, part in enumerate(parts)]


def _speaker(part: str, position: int, people: dict[str, User], organisations: dict[str, Organisation]) -> Speaker:
    known = organisations.get(name_key(part))
    if known:
        return Speaker(position=position, organisation=known)
    name, organisation = part, None
    match = _IN_BRACKETS.fullmatch(part)
    if match and (organisation := organisations.get(name_key(match["organisation"]))):
        name = match["name"]
    person = people.get(name_key(name))
    if person:
        return Speaker(position=position, user=person, organisation=organisation)
    return Speaker(position=position, guest_name=name[:160], organisation=organisation)
