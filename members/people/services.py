"""Naming people, their positions in organisations, and who administers the portal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from core.accounts import addresses, personal_links, rights
from core.accounts.models import User
from core.db import locks
from core.db.periods import today
from core.partial_dates import PartialDate, day
from core.personal_data.erasure.services import is_erased
from members.enums import PositionRole
from members.models import Organisation, Position

if TYPE_CHECKING:
    from collections.abc import Mapping

MANAGE = "members.manage_people"
NAME_ADMINISTRATORS = "accounts.name_administrators"
ENDS_TOO_SOON = gettext_lazy("The position ends before it begins.")
OVERLAPS = gettext_lazy("This person already holds a position in this organisation during part of this period.")
CHANGES_OWN_ADDRESS = gettext_lazy("Somebody who has signed in changes the address in the account’s own pages.")
LAST_ADMINISTRATOR = gettext_lazy(
    "Nobody else administers the portal and can sign in: name another administrator first."
)
CLOSED_ACCOUNT = gettext_lazy("This account is closed.")
ERASED = gettext_lazy("This person was erased: a new entry begins with a new person.")


def known_as(email: str) -> User | None:
    """Whose address `email` is already, in whatever way it is written."""
    return User.objects.filter(pk=addresses.owner_id(addresses.normal(email))).first()


@transaction.atomic
def add_person(*, by: User, email: str, first_name: str, last_name: str, language: str) -> User:
    """Somebody the portal did not know; the address is his or hers from now on.

    Raises `PermissionRefused`, `ValidationError` at `email` where it belongs to somebody.
    """
    locks.hold_exclusive(
        rights.RIGHTS_LOCK
    )  # a position follows: two who both held it shared would wait for each other
    rights.check_for_writing(by, MANAGE)
    if owner := known_as(email):
        sentence = _("This address belongs to %(name)s, who is known already: add a position there.")
        raise ValidationError({"email": sentence % {"name": owner.get_full_name()}})
    return User.objects.create_user(email, first_name=first_name, last_name=last_name, language=language)


@transaction.atomic
def edit_person(*, person: User, by: User, values: Mapping[str, str], now: dt.datetime) -> User:
    """Another name; another address too while he or she has never signed in, which ends links sent to the old one.

    Raises `PermissionRefused`, `ValidationError`.
    """
    rights.check_for_writing(by, MANAGE)
    stored = User.objects.select_for_update().get(pk=person.pk)
    if stored.is_staff:
        rights.check(by, NAME_ADMINISTRATORS)
    if is_erased(stored):
        raise ValidationError(ERASED)
    stored.first_name, stored.last_name = values["first_name"], values["last_name"]
    stored.language = values["language"]
    email = addresses.normal(values["email"])
    moves = email != stored.email
    if moves and stored.last_login is not None:
        raise ValidationError({"email": CHANGES_OWN_ADDRESS})
    if moves:
        stored.email = email
        EmailAddress.objects.filter(user=stored).delete()
        stored.invitations.open().update(ended_at=now)
        personal_links.revoke(user=stored, now=now)
    stored.full_clean(exclude=["password"])
    stored.save()
    return stored


@transaction.atomic
def save_position(
    *,
    position: Position,
    by: User,
    role: str,
    title: str,
    began_on: PartialDate,
    ended_on: PartialDate | None,
) -> Position:
    """Adds or changes a position of `position.user` at `position.organisation`.

    Raises `PermissionRefused`, and `ValidationError` where it ends before it begins or meets another one.
    """
    locks.hold_exclusive(rights.RIGHTS_LOCK)  # rights follow from positions
    rights.check_for_writing(by, MANAGE)
    if position._state.adding and is_erased(position.user):
        raise ValidationError(ERASED)
    return place(position=position, role=role, title=title, began_on=began_on, ended_on=ended_on)


def place(
    *, position: Position, role: str, title: str, began_on: PartialDate, ended_on: PartialDate | None
) -> Position:
    """As `save_position`, for a service that holds the rights lock alone and has asked the right."""
    position.role, position.title = role, title
    position.set_dates(began_on, ended_on)
    if position.period.isempty:
        raise ValidationError({"ended_on": ENDS_TOO_SOON})
    own = Position.objects.filter(user=position.user, organisation=position.organisation).exclude(pk=position.pk)
    if own.filter(period__overlap=position.period).exists():
        raise ValidationError({"began_on": OVERLAPS})
    position.full_clean()
    position.save()
    return position


def place_from_today(*, person: User, organisation: Organisation, role: str, by: User, now: dt.datetime) -> Position:
    """A position that begins today and has no end yet; see `save_position`."""
    position = Position(user=person, organisation=organisation)
    return save_position(position=position, by=by, role=role, title="", began_on=day(today(now)), ended_on=None)


@transaction.atomic
def remove_position(*, position: Position, by: User) -> None:
    """Takes back a position that was entered by mistake; the audit trail keeps it."""
    locks.hold_exclusive(rights.RIGHTS_LOCK)
    rights.check_for_writing(by, MANAGE)
    position.delete()


def without_representative(organisation: Organisation, *, on: dt.date, leaving: Position | None = None) -> bool:
    """Whether nobody represents `organisation` on `on`, were `leaving` not there."""
    held = Position.objects.on(on).filter(organisation=organisation, role=PositionRole.REPRESENTATIVE)
    return not held.exclude(pk=leaving.pk if leaving else None).exists()


def last_administrator(person: User) -> bool:
    """Whether nobody but `person` could administer the portal."""
    able = User.objects.may_enter().filter(is_staff=True, last_login__isnull=False)
    return not able.exclude(pk=person.pk).exists()


@transaction.atomic
def set_administrator(*, person: User, by: User, administrator: bool) -> User:
    """Names or removes an administrator. Raises `PermissionRefused`, `ValidationError` for the last one."""
    locks.hold_exclusive(rights.RIGHTS_LOCK)  # of two who remove each other the second is the last
    rights.check_for_writing(by, NAME_ADMINISTRATORS)
    stored = User.objects.select_for_update().get(pk=person.pk)
    if administrator and not stored.may_enter:
        raise ValidationError(CLOSED_ACCOUNT)
    if not administrator and last_administrator(stored):
        raise ValidationError(LAST_ADMINISTRATOR)
    stored.is_staff = administrator
    stored.save(update_fields=["is_staff"])
    return stored
