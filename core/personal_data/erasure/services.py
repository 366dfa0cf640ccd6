"""Erasing somebody, and doing it again after a restore."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _, ngettext

from core.accounts import rights
from core.accounts.models import User as Person
from core.db import audit, locks
from core.lifecycle import erasure
from core.personal_data.erasure import journal
from core.personal_data.erasure.redaction import Term, redact
from core.personal_data.models import Erasure, RightsRequest
from core.personal_data.rights_requests import services as requests
from core.transitions import Refusal

if TYPE_CHECKING:
    from core.accounts.models import User

MAY = "personal_data.manage"
FIRST_NAME, LAST_NAME = "Personne", "effacée"  # stands in French lists
OWN_WORDS = 20  # characters of a text that nobody else writes by chance
AGAIN = "Rejoué après une restauration"


class NotYetError(Refusal):
    """Something is to be done first; `reasons` says what."""

    message = _("This person cannot be erased yet.")


@transaction.atomic
def erase(*, person: User, by: User, ground: str, now: dt.datetime) -> Erasure:
    """Removes, makes anonymous, redacts; leaves a tombstone. Raises `PermissionRefused`, `NotYetError`."""
    locks.hold_exclusive(rights.RIGHTS_LOCK)  # of two administrators who erase each other, one stays
    rights.check_for_writing(by, MAY)
    held = Person.objects.select_for_update().get(pk=person.pk)
    found = obstacles(held, by, now)
    if found:
        raise NotYetError([obstacle.reason for obstacle in found])
    return _erase(held, by=by, ground=ground, now=now)


@transaction.atomic
def erase_again(*, person: uuid.UUID, now: dt.datetime) -> bool:
    """For the journal's sake: False where nobody bears that identifier, or it was done already."""
    locks.hold_exclusive(rights.RIGHTS_LOCK)  # positions may end by it
    held = Person.objects.select_for_update().filter(public_id=person).first()
    if held is None or is_erased(held):
        return False
    _erase(held, by=None, ground=AGAIN, now=now)
    return True


def after_restore(*, now: dt.datetime) -> str:
    """For `core.backups.after_restore`: erases again whom the journals name, and says so."""
    try:
        people = journal.people([Path(path) for path in settings.ERASURE_JOURNALS])
    except (OSError, ValueError) as error:
        told = _("Nobody was erased again: the journal cannot be read (%(problem)s). Mend it, then run: %(command)s")
        return str(told % {"problem": error, "command": "manage.py replay_erasures"})
    with audit.context(command="replay_erasures"):
        again = sum(erase_again(person=person, now=now) for person in people)
    if not again:
        return ""
    told = ngettext("%(number)d person is erased again.", "%(number)d people are erased again.", again)
    return told % {"number": again}


def is_erased(person: User) -> bool:
    return Erasure.objects.filter(person=person.public_id).exists()


def obstacles(person: User, by: User, now: dt.datetime) -> list[erasure.Obstacle]:
    """What stands in the way, to be told all at once."""
    found = list(_own_obstacles(person, by))
    return [*found, *erasure.obstacles(person, now)]


def _own_obstacles(person: User, by: User) -> Iterator[erasure.Obstacle]:
    if is_erased(person):
        yield erasure.Obstacle(_("This person was erased already."))
    if person.pk == by.pk:
        yield erasure.Obstacle(_("Nobody erases himself or herself: another administrator does it."))
    able = Person.objects.may_enter().filter(is_staff=True, last_login__isnull=False)
    if person.is_staff and not able.exclude(pk=person.pk).exists():
        yield erasure.Obstacle(_("This is the last administrator of the space: name another one first."))


def _erase(person: User, *, by: User | None, ground: str, now: dt.datetime) -> Erasure:
    terms = list(_terms(person))
    erasure.settle_all(person, now)
    removed: dict[str, int] = {}
    for removal in erasure.removals():
        if removal.first is not None:
            removal.first(person, now)
        number = removal.rows(person).delete()[1].get(removal.label, 0)
        if number:
            removed[removal.label] = number
    requests.forget_words(_requests_of(person))
    person.first_name, person.last_name, person.email = FIRST_NAME, LAST_NAME, address_of(person)
    person.is_active = person.is_staff = False
    person.last_login = None
    person.set_unusable_password()
    person.full_clean(exclude=["password"])
    person.save()
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    tombstone = Erasure(person=person.public_id, at=now, by=by, ground=ground, removed=removed)
    tombstone.full_clean()
    tombstone.save(force_insert=True)
    redact(tombstone, terms)
    transaction.on_commit(journal.catch_up, robust=True)  # what fails here is in the log, and done each night
    return tombstone


def _requests_of(person: User) -> QuerySet[RightsRequest]:
    """Those confirmed as this person's, and those that nobody's were when they came from an address that is."""
    unknown = Q(person=None, email__in=_addresses(person))
    return RightsRequest.objects.filter(Q(person=person) | unknown)


def _addresses(person: User) -> set[str]:
    return {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}


def has_namesake(person: User) -> bool:
    """Whether somebody else bears the same name: no machine can tell whom a text means."""
    same = {"first_name__iexact": person.first_name, "last_name__iexact": person.last_name}
    return Person.objects.filter(**same).exclude(pk=person.pk).exists()


def address_of(person: User) -> str:
    """An address that leads nowhere, by the rules of the Internet (RFC 2606), and is no one else's."""
    return f"{person.public_id.hex}@efface.invalid"


def _terms(person: User) -> Iterator[Term]:
    """Names in both orders (unless somebody else bears them), addresses, and the texts that go with the person's own rows."""
    first, last = person.first_name, person.last_name
    if not has_namesake(person):
        for name in (f"{first} {last}", f"{last} {first}"):
            yield Term(name)
    for address in _addresses(person):
        yield Term(address, by=address_of(person))
    for removal in erasure.removals():
        for row in removal.rows(person).values_list(*removal.texts) if removal.texts else ():
            for value in row:
                yield from (Term(text, whole=False) for text in _texts(value) if len(text) >= OWN_WORDS)


def _texts(value: Any) -> Iterator[str]:
    """The texts in a value of a column, also inside JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
