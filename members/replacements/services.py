"""Replacing somebody at an organisation: one position ends, another begins, and what lies ahead passes over at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.accounts import addresses, rights
from core.accounts.models import User
from core.db import locks
from core.db.periods import today
from core.lifecycle import replacing
from core.lifecycle.replacing import Leaving, Line
from core.partial_dates import PartialDate, day
from core.transitions import Refusal, Text
from members.enums import ACTING_ROLES
from members.invitations.services import invite
from members.models import Organisation, Position
from members.people.services import (
    CLOSED_ACCOUNT,
    MANAGE,
    NAME_ADMINISTRATORS,
    OVERLAPS,
    known_as,
    last_administrator,
    place,
    without_representative,
)
from members.replacements.notifications import tell

if TYPE_CHECKING:
    from members.enums import PositionRole

REPLACE = "members.replace_person"

ENDED = _("This position has ended already: there is nobody to replace.")
NOT_BEGUN = _("This position has not begun yet: change or remove it instead.")
SELF = _("Somebody who leaves is replaced by another person.")
BEGINS_LATER = _(
    "What lies ahead passes over at once: the successor begins today or earlier. If it is for later, come back on that day."
)
ENDS_BEFORE_IT_BEGAN = _("The leaver’s position began later than that.")
MUST_SPEAK = _("Who speaks for the organisation is replaced by a representative or a substitute.")
MUST_REPRESENT = _("Nobody else represents the organisation: the successor is its representative.")
ENDS_LATER = _("The end of the leaver’s position is set: name that day or an earlier one.")
NAME_MISSING = _("Nobody is known by this address: write the first and the last name, too.")
NAME_WANTED = _("Write the first and the last name of whoever has this address, too.")
OTHER_NAME = _("This address and this name do not go together here: ask the animators.")
NOBODY = _("Choose a person, or write the address of somebody else.")


@dataclass(frozen=True)
class Successor:
    """Who takes over: somebody known (`person`), or somebody new with a name and an address."""

    person: User | None = None
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    language: str = "fr"


@dataclass(frozen=True)
class Terms:
    """From when on, and as what."""

    ended_on: PartialDate
    began_on: PartialDate
    role: PositionRole | str
    title: str = ""


@dataclass(frozen=True)
class Preview:
    """What a replacement would do, in the reader's language; `warnings` say what it does not do."""

    successor: User  # unsaved where somebody new comes
    lines: list[Line]
    warnings: list[Text] = field(default_factory=list)


def leaving_of(position: Position, *, successor: User | None, by: User, now: dt.datetime) -> Leaving:
    others = Position.objects.running(now).filter(user=position.user).exclude(organisation=position.organisation)
    return Leaving(position.user, successor, position.organisation, now, by, keeps_another=others.exists())


def obstacle(position: Position, now: dt.datetime) -> Text | None:
    """Why nobody can be replaced in this position, whoever it would be."""
    if position.period.lower > today(now):
        return NOT_BEGUN
    return None if position.runs_on(today(now)) else ENDED


def preview(*, position: Position, successor: Successor, terms: Terms, by: User, now: dt.datetime) -> Preview:
    """What `replace` would do, nothing written. Raises as it does."""
    person = _person(successor, by)
    check(position, person, terms, now)
    leaving = leaving_of(position, successor=person, by=by, now=now)
    lines = replacing.preview(leaving)
    return Preview(person, lines, warnings(position, person, now))


def warnings(position: Position, successor: User, now: dt.datetime) -> list[Text]:
    found: list[Text] = []
    elsewhere = Position.objects.running(now).exclude(organisation=position.organisation)
    held = elsewhere.filter(user=successor).select_related("organisation") if successor.pk else ()
    names = {"name": successor.get_full_name(), "leaver": position.user.get_full_name()}
    found += [
        _("%(name)s is in position at %(organisation)s, too, and will act for both.")
        % {**names, "organisation": other.organisation.label}
        for other in held
    ]
    if elsewhere.filter(user=position.user).exists():
        found.append(_("%(leaver)s keeps another position: only what is of this organisation passes over.") % names)
    if position.user.is_staff:
        last = last_administrator(position.user)
        found.append(
            (
                _(
                    "%(leaver)s is the only administrator of the portal and stays so: name another one before the account falls silent."
                )
                if last
                else _("%(leaver)s administers the portal, and does so until an administrator ends that.")
            )
            % names
        )
    return found


@transaction.atomic
def replace(
    *, position: Position, successor: Successor, terms: Terms, by: User, now: dt.datetime
) -> tuple[Position, list[Line]]:
    """Ends `position`, begins that of the successor, hands over what lies ahead, and tells both. All of it, or nothing.

    Somebody new is entered and invited. Returns the successor's position and what passed over. Raises
    `PermissionRefused`, and `Refusal` or `ValidationError` with the field that is wrong.
    """
    locks.hold_exclusive(rights.RIGHTS_LOCK)  # rights follow from positions
    rights.check_for_writing(by, REPLACE, position.organisation)
    stored = Position.objects.select_for_update(of=("self",)).select_related("user", "organisation").get(pk=position.pk)
    person = _person(successor, by)
    check(stored, person, terms, now)
    if person.pk is None:
        person = User.objects.create_user(
            person.email, first_name=person.first_name, last_name=person.last_name, language=person.language
        )
    begun = _begin(stored.organisation, person, terms)
    if _needs_invitation(person, by, now):  # asks the right, which somebody who replaces himself loses below
        invite(person=person, by=by, now=now, permission=REPLACE, about=stored.organisation)
    stored.set_dates(stored.since, terms.ended_on)
    stored.full_clean()
    stored.save()
    lines = replacing.move(leaving_of(stored, successor=person, by=by, now=now))
    tell(position=stored, successor=begun, lines=lines, by=by, now=now)
    return begun, lines


def check(position: Position, successor: User, terms: Terms, now: dt.datetime) -> None:
    """Raises `Refusal` with the first thing that stands against it, at its field."""
    if reason := obstacle(position, now):
        raise Refusal(reason)
    if successor.pk == position.user_id:
        raise Refusal(SELF, field="person")
    if successor.pk and not successor.may_enter:
        raise Refusal(CLOSED_ACCOUNT, field="person")
    if terms.began_on.lower > today(now):
        raise Refusal(BEGINS_LATER, field="began_on")
    if terms.ended_on.upper <= position.period.lower:
        raise Refusal(ENDS_BEFORE_IT_BEGAN, field="ended_on")
    if position.period.upper is not None and terms.ended_on.upper > position.period.upper:
        raise Refusal(ENDS_LATER, field="ended_on")  # nobody's rights are prolonged by who is replaced
    if terms.role not in ACTING_ROLES and position.role in ACTING_ROLES:
        raise Refusal(MUST_SPEAK, field="role")
    last = without_representative(position.organisation, on=today(now), leaving=position)
    if last and position.role == "representative" and terms.role != "representative":
        raise Refusal(MUST_REPRESENT, field="role")


def _person(successor: Successor, by: User) -> User:
    """The person meant; of somebody new an unsaved row.

    Who looks after people finds everybody by the address alone. A representative names the person as well, whether the
    portal knows the address or not: nobody learns by trying whose an address is.
    """
    if successor.person is not None:
        return successor.person
    if not successor.email:
        raise Refusal(NOBODY, field="person")
    known, finds = known_as(successor.email), rights.allows(by, MANAGE)
    if known and finds:
        return known
    if not (successor.first_name and successor.last_name):
        raise Refusal(NAME_MISSING if finds else NAME_WANTED, field="first_name")
    if known and not known.is_called(successor.first_name, successor.last_name):
        raise Refusal(OTHER_NAME, field="email")
    if known:
        return known
    new = User(
        email=addresses.normal(successor.email),
        first_name=successor.first_name,
        last_name=successor.last_name,
        language=successor.language,
    )
    new.full_clean(exclude=["password"])
    return new


def _needs_invitation(person: User, by: User, now: dt.datetime) -> bool:
    """Whether the successor never came and has no invitation; who would come in as administrator is left to those."""
    if person.last_login is not None or person.invitations.open().filter(expires_at__gt=now).exists():
        return False
    return not person.is_staff or rights.allows(by, NAME_ADMINISTRATORS)


def _begin(organisation: Organisation, person: User, terms: Terms) -> Position:
    """The successor's position: a new one, or the present one where it is the same already; no title says nothing new."""
    own = Position.objects.filter(user=person, organisation=organisation)
    present = own.filter(period__endswith=None).first()
    if present is not None and present.period.lower <= terms.began_on.lower:
        if present.role == terms.role and terms.title in ("", present.title):
            return present
        if present.period.lower == terms.began_on.lower:
            return place(position=present, role=terms.role, title=terms.title, began_on=terms.began_on, ended_on=None)
        before = day(terms.began_on.lower - dt.timedelta(days=1))
        place(position=present, role=present.role, title=present.title, began_on=present.since, ended_on=before)
    elif own.filter(period__endswith__gt=terms.began_on.lower).exists() or present is not None:
        raise Refusal(OVERLAPS, field="began_on")
    new = Position(user=person, organisation=organisation)
    return place(position=new, role=terms.role, title=terms.title, began_on=terms.began_on, ended_on=None)
