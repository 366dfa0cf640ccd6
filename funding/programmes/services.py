"""Programmes and their commitments, entered and changed by the people of the leading funder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.accounts import rights
from core.accounts.rights import PermissionRefused
from core.web.slugs import free_slug
from funding.backends import acting_funders
from funding.models import Commitment, Programme
from funding.permissions import NOT_LEAD
from members.models import Organisation

if TYPE_CHECKING:
    from core.accounts.models import User

EDIT = "funding.edit_programme"
BEFORE = _("Initiatives or decisions of this programme lie before this beginning.")


@transaction.atomic
def save_programme(*, programme: Programme, by: User) -> Programme:
    """Creates or changes a programme. The leading funder stays; a beginning after what it holds already is refused."""
    if programme.pk is None:
        rights.check_for_writing(by, EDIT)
        if programme.lead_id not in acting_funders(by):
            raise PermissionRefused(NOT_LEAD)
        programme.slug = programme.slug or free_slug(programme.name, rows=Programme.objects.all(), fallback="programme")
    else:
        stored = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
        rights.check_for_writing(by, EDIT, stored)
        programme.lead_id, programme.slug = stored.lead_id, stored.slug
        _not_after_its_own(programme)
    programme.full_clean()
    programme.save()
    return programme


def _not_after_its_own(programme: Programme) -> None:
    begins = programme.starts_on
    if begins is None:
        return
    earlier = programme.initiatives.filter(starts_on__fully_lt=begins)
    decided = programme.initiatives.filter(lines__decided_on__lt=begins.lower)
    if earlier.exists() or decided.exists():
        raise ValidationError({"starts_on": BEFORE})


@transaction.atomic
def save_commitment(*, commitment: Commitment, partners: Iterable[Organisation], by: User) -> Commitment:
    """What was announced, in its own words; a count given in words never becomes a number."""
    programme = _held(commitment.programme, by)
    commitment.programme = programme
    if commitment.pk is None:
        last = programme.commitments.aggregate(last=Max("position"))["last"]
        commitment.position = (last or 0) + 1
    commitment.full_clean()
    commitment.save()
    commitment.partners.set(partners)
    return commitment


@transaction.atomic
def remove_commitment(*, commitment: Commitment, by: User) -> None:
    """Takes away a commitment that was entered by mistake; the audit keeps it."""
    _held(commitment.programme, by)
    commitment.delete()


def _held(programme: Programme, by: User) -> Programme:
    rights.check_for_writing(by, EDIT, programme)
    return Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
