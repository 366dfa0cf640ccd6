"""When an organisation belongs to the space: it enters, leaves, comes back, each on a date as it is known."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.db import locks
from core.partial_dates import PartialDate
from members.models import Membership, Organisation
from members.organisations import departure
from members.organisations.services import MANAGE

if TYPE_CHECKING:
    from core.accounts.models import User

OVERLAPS = _("The organisation is already a member during part of this period.")
ENDS_TOO_SOON = _("The end lies before the beginning.")
NOT_A_MEMBER = _("The organisation is no member that could leave.")


@transaction.atomic
def enter(
    *, organisation: Organisation, by: User, began_on: PartialDate, ended_on: PartialDate | None, now: dt.datetime
) -> Membership:
    """A new period: of an organisation that enters or comes back, or one long past. Raises as `correct`."""
    return _save(Membership(organisation=_held(organisation, by)), began_on, ended_on, now=now)


@transaction.atomic
def leave(*, organisation: Organisation, by: User, ended_on: PartialDate, now: dt.datetime) -> Membership:
    """Ends the period that runs on. Raises as `correct`; `ValidationError` too where none does."""
    running = Membership.objects.filter(organisation=_held(organisation, by), period__endswith=None).first()
    if running is None:
        raise ValidationError(NOT_A_MEMBER)
    return _save(running, running.since, ended_on, now=now)


@transaction.atomic
def correct(
    *, membership: Membership, by: User, began_on: PartialDate, ended_on: PartialDate | None, now: dt.datetime
) -> Membership:
    """Other dates for a period that was entered wrongly.

    Raises `PermissionRefused`, and `ValidationError` where the period ends before it begins, meets another one, or
    where a higher app knows why the organisation cannot leave.
    """
    _held(membership.organisation, by)
    return _save(Membership.objects.get(pk=membership.pk), began_on, ended_on, now=now)


@transaction.atomic
def remove(*, membership: Membership, by: User, now: dt.datetime) -> None:
    """Takes back a period that was entered by mistake; the audit trail keeps it. Raises as `correct`."""
    _held(membership.organisation, by)
    _check_departure(membership, membership.period.lower, now)
    membership.delete()


def _held(organisation: Organisation, by: User) -> Organisation:
    """Holds rights alone: whose people may do what changes with a membership."""
    locks.hold_exclusive(rights.RIGHTS_LOCK)
    rights.check_for_writing(by, MANAGE, organisation)
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


def _save(
    membership: Membership, began_on: PartialDate, ended_on: PartialDate | None, *, now: dt.datetime
) -> Membership:
    membership.set_dates(began_on, ended_on)
    if membership.period.isempty:
        raise ValidationError({"ended_on": ENDS_TOO_SOON})
    others = Membership.objects.filter(organisation=membership.organisation).exclude(pk=membership.pk)
    if others.filter(period__overlap=membership.period).exists():
        raise ValidationError({"began_on": OVERLAPS})
    if membership.period.upper and membership.pk:
        _check_departure(membership, membership.period.upper, now)
    membership.full_clean()
    membership.save()
    return membership


def _check_departure(membership: Membership, end: dt.date, now: dt.datetime) -> None:
    """Asked where `membership` ends on `end` and none follows."""
    organisation = membership.organisation
    others = Membership.objects.filter(organisation=organisation).exclude(pk=membership.pk)
    if others.filter(period__startswith__gte=end).exists():
        return
    if reasons := departure.reasons(organisation, end=end, now=now):
        raise ValidationError([str(reason) for reason in reasons])
