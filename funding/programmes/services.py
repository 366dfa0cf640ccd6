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
DUE_BEFORE = _("A commitment of this programme is due before this beginning.")
STARTS_AFTER = _("Initiatives of this programme start after this end.")
FOLLOWED_LATER = _("A programme does not start before the one it follows.")


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
        _around_its_own(programme)
    programme.full_clean()
    programme.save()
    return programme


def _around_its_own(programme: Programme) -> None:
    """The dates of what a programme holds lie within it; each of these says the same where it is written itself."""
    begins, ends = programme.starts_on, programme.ends_on
    if begins is not None:
        earlier = programme.initiatives.filter(starts_on__fully_lt=begins)
        decided = programme.initiatives.filter(lines__decided_on__lt=begins.lower)
        if earlier.exists() or decided.exists():
            raise ValidationError({"starts_on": BEFORE})
        if programme.commitments.filter(due__fully_lt=begins).exists():
            raise ValidationError({"starts_on": DUE_BEFORE})
        if programme.followed_by.filter(starts_on__fully_lt=begins).exists():
            raise ValidationError({"starts_on": FOLLOWED_LATER})
    if ends is not None and programme.initiatives.filter(starts_on__fully_gt=ends).exists():
        raise ValidationError({"ends_on": STARTS_AFTER})


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
