"""Many people at once: lines as they are written, what each would become, and all or nothing.

    Anne Le Goff <anne@exemple.example>, Le RAMEAU, représentante

The organisation is known by its name or short name; without a role somebody represents it.
"""

from __future__ import annotations

import datetime as dt
import difflib
import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from core.accounts import addresses, rights
from core.accounts.models import User
from core.db import locks
from core.db.periods import today
from core.text import name_key, one_line
from members.enums import PositionRole
from members.invitations import services
from members.models import Organisation, Position
from members.organisations.names import former_names
from members.people.services import MANAGE, known_as, place_from_today

if TYPE_CHECKING:
    from django.utils.functional import Promise

MOST_LINES = 100
_LINE = re.compile(r"^(?P<name>[^<>]+?)\s*<\s*(?P<email>[^<>\s]+)\s*>\s*[,;\t]\s*(?P<rest>.+)$")
ROLES = {
    PositionRole.REPRESENTATIVE: ("representant", "representante", "representative"),
    PositionRole.SUBSTITUTE: ("suppleant", "suppleante", "substitute"),
    PositionRole.OBSERVER: ("observateur", "observatrice", "observer"),
}
_ROLE_OF = {word: role for role, words in ROLES.items() for word in words}
FORM = gettext_lazy("Write: First-name Last-name <e-mail>, organisation, role.")


class Fate(enum.Enum):
    NEW = "new"  # a new person with a position, invited
    POSITION = "position"  # somebody known gets a position; invited if he or she never came
    AGAIN = "again"  # known, in position, never came: invited once more
    NOTHING = "nothing"  # known, in position, came already
    WRONG = "wrong"

    @property
    def label(self) -> str | Promise:
        return _LABELS[self]


_LABELS = {
    Fate.NEW: gettext_lazy("new person, invited"),
    Fate.POSITION: gettext_lazy("known already: gets the position"),
    Fate.AGAIN: gettext_lazy("known already, has never come: invited once more"),
    Fate.NOTHING: gettext_lazy("in place already: nothing happens"),
    Fate.WRONG: gettext_lazy("cannot be read"),
}


@dataclass(frozen=True)
class Row:
    """One line and what becomes of it; `problem` says what is wrong with it."""

    number: int
    text: str
    fate: Fate
    problem: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    organisation: Organisation | None = None
    role: str = ""
    person: User | None = None

    @property
    def role_label(self) -> str | Promise:
        return PositionRole(self.role).label if self.role else ""


class NotAllGood(Exception):
    """A line is wrong, so that none was carried out."""


def read(text: str, *, now: dt.datetime) -> list[Row]:
    """Every line that is not empty, with its fate, in a bounded number of queries for each line."""
    names = _organisations()
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not (line := one_line(line)):
            continue
        row = _read_line(number, line, names, now)
        if row.email and row.fate is not Fate.WRONG:
            if row.email in seen:
                row = Row(
                    number, line, Fate.WRONG, _("The same address stands in line %(line)s.") % {"line": seen[row.email]}
                )
            else:
                seen[row.email] = number
        rows.append(row)
    return rows


@transaction.atomic
def carry_out(*, text: str, by: User, now: dt.datetime) -> list[Row]:
    """Names, places and invites everybody of `text`, or nobody. Raises `NotAllGood`, `PermissionRefused`, `ValidationError`."""
    locks.hold_exclusive(rights.RIGHTS_LOCK)  # as `save_position`, which follows
    rights.check_for_writing(by, MANAGE)
    rows = read(text, now=now)
    if not rows or len(rows) > MOST_LINES or any(row.fate is Fate.WRONG for row in rows):
        raise NotAllGood
    for row in rows:
        _carry_out(row, by, now)
    return rows


def _carry_out(row: Row, by: User, now: dt.datetime) -> None:
    person = row.person or User.objects.create_user(row.email, first_name=row.first_name, last_name=row.last_name)
    if row.fate in (Fate.NEW, Fate.POSITION):
        place_from_today(person=person, organisation=row.organisation, role=row.role, by=by, now=now)
    recently = person.invitations.filter(by_mail=True, created_at__gt=now - services.PAUSE).exists()
    if person.last_login is None and not recently:
        services.invite(person=person, by=by, now=now)


def _organisations() -> dict[str, Organisation]:
    found = list(Organisation.objects.order_by("name", "pk"))
    by_short = {name_key(row.short_name): row for row in reversed(found) if row.short_name}
    return former_names() | by_short | {name_key(row.name): row for row in found}


def _read_line(number: int, line: str, names: dict[str, Organisation], now: dt.datetime) -> Row:
    def wrong(problem: str | Promise) -> Row:
        return Row(number, line, Fate.WRONG, str(problem))

    match = _LINE.match(line)
    if match is None:
        return wrong(FORM)
    first_name, _blank, last_name = match["name"].strip(" \"'").partition(" ")
    if not last_name:
        return wrong(_("The last name is missing."))
    email = addresses.normal(match["email"])
    try:
        validate_email(email)
    except ValidationError:
        return wrong(_("“%(email)s” is no e-mail address.") % {"email": match["email"]})
    organisation, role = _place(match["rest"], names)
    if organisation is None:
        return wrong(_unknown(match["rest"], names))
    if role is None:
        return wrong(_("The role is one of: representative, substitute, observer."))
    person = known_as(email)
    known = {
        "first_name": first_name,
        "last_name": last_name,
        "email": email,
        "organisation": organisation,
        "role": role,
        "person": person,
    }
    try:
        User(email=email, first_name=first_name, last_name=last_name).clean_fields(exclude=["password"])
    except ValidationError as error:
        return wrong(" ".join(error.messages))
    return Row(number, line, _fate(person, organisation, now), **known)


def _fate(person: User | None, organisation: Organisation, now: dt.datetime) -> Fate:
    if person is None:
        return Fate.NEW
    day_ = today(now)
    held = Position.objects.filter(user=person, organisation=organisation, period__endswith=None)
    if not held.exists() and not Position.objects.on(day_).filter(user=person, organisation=organisation).exists():
        return Fate.POSITION
    return Fate.NOTHING if person.last_login else Fate.AGAIN


def _place(rest: str, names: dict[str, Organisation]) -> tuple[Organisation | None, str | None]:
    """Organisation and role; a name may hold commas itself. The role is None where its word is unknown."""
    if organisation := names.get(name_key(rest.strip(" ,;"))):
        return organisation, PositionRole.REPRESENTATIVE
    name, sign, word = rest.rpartition("," if "," in rest else ";")
    if not sign:
        return None, None
    key = re.split(r"[·.(]", name_key(word))[0].strip()  # "représentant·e", "représentant(e)" as pages and people write
    role = _ROLE_OF.get(key) if key else PositionRole.REPRESENTATIVE
    return names.get(name_key(name.strip(" ,;"))), role


def _unknown(rest: str, names: dict[str, Organisation]) -> str:
    name = re.split("[,;]", rest)[0].strip()
    close: Sequence[str] = difflib.get_close_matches(name_key(name), list(names), n=1)
    if close:
        return _("No organisation is called “%(name)s”. Do you mean “%(other)s”?") % {
            "name": name,
            "other": names[close[0]].label,
        }
    return _("No organisation is called “%(name)s”: add it first.") % {"name": name}
