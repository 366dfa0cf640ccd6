"""Entering and presenting organisations, and the engineering schemes they run."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core.accounts import rights
from core.files.store import store
from core.files.validate import CheckedUpload
from core.models import Region
from core.partial_dates import PartialDate
from core.transitions import ChangedMeanwhile
from core.web import slugs
from members.models import Competence, EngineeringScheme, Membership, Organisation

if TYPE_CHECKING:
    from core.accounts.models import User

EDIT, MANAGE = "members.edit_organisation", "members.manage_organisation"
# What those who speak for the organisation say of it themselves; the rest identifies it.
PRESENTATION = ("summary", "presentation", "website", "sdgs", "public_email", "public_phone", "internal_contact")
IDENTITY = ("name", "short_name", "world", "sector", "level", "siren", "rna")


def fingerprint(organisation: Organisation) -> str:
    """Of what its form shows: it differs where somebody else saved something meanwhile."""
    values = [str(getattr(organisation, name)) for name in (*IDENTITY, *PRESENTATION)]
    regions = sorted(organisation.regions.values_list("code", flat=True))
    competences = sorted(organisation.competences.values_list("pk", flat=True))
    return hashlib.sha256(repr([values, regions, competences, organisation.logo_id]).encode()).hexdigest()


@transaction.atomic
def create(
    *,
    by: User,
    values: Mapping[str, Any],
    regions: Sequence[Region],
    competences: Sequence[Competence],
    logo: CheckedUpload | None,
    member_since: PartialDate | None,
    now: dt.datetime,
) -> Organisation:
    """A new organisation; a member of the space since that date, if one is given.

    Raises `PermissionRefused`, `ValidationError`.
    """
    rights.check_for_writing(by, MANAGE)
    organisation = Organisation(**{name: values[name] for name in (*IDENTITY, *PRESENTATION)})
    rows = Organisation.with_doubles.all()
    organisation.slug = slugs.free_slug(organisation.label, rows=rows, fallback="organisation")
    organisation.logo = store(file=logo, by=by, now=now) if logo else None
    organisation.full_clean()
    organisation.save(force_insert=True)
    organisation.regions.set(regions)
    organisation.competences.set(competences)
    if member_since:
        membership = Membership(organisation=organisation)
        membership.set_dates(member_since, None)
        membership.full_clean()
        membership.save(force_insert=True)
    return organisation


@transaction.atomic
def edit(
    *,
    organisation: Organisation,
    by: User,
    values: Mapping[str, Any],
    regions: Sequence[Region],
    competences: Sequence[Competence],
    logo: CheckedUpload | None,
    without_logo: bool,
    seen: str,
    now: dt.datetime,
) -> Organisation:
    """Changes what `by` may change of it; its address stays. `seen` is the fingerprint the form was opened with.

    Raises `ChangedMeanwhile`, `PermissionRefused`, `ValidationError`.
    """
    stored = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    rights.check_for_writing(by, EDIT, stored)
    names = {name for name in (*PRESENTATION, *IDENTITY) if name in values}
    if names.intersection(IDENTITY):
        rights.check(by, MANAGE, stored)
    if seen != fingerprint(stored):
        raise ChangedMeanwhile
    for name in names:
        setattr(stored, name, values[name])
    if logo or without_logo:
        stored.logo = store(file=logo, by=by, now=now) if logo else None
    stored.full_clean()
    stored.save()
    stored.regions.set(regions)
    stored.competences.set(competences)
    return stored


@transaction.atomic
def save_scheme(*, scheme: EngineeringScheme, by: User) -> EngineeringScheme:
    """Adds, changes or ends a scheme whose fields were set by its form. Raises `PermissionRefused`, `ValidationError`."""
    rights.check_for_writing(by, EDIT, scheme.organisation)
    scheme.full_clean()
    scheme.save()
    return scheme
