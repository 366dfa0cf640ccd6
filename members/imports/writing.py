"""Writing the rows that an import has planned: many with few statements, under rules that were checked before.

The database checks every constraint again and its triggers write the audit trail, row by row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from allauth.account.models import EmailAddress

from core.accounts.models import User
from core.web import slugs
from members.imports.columns import OF_ORGANISATION
from members.imports.rows import MemberRow
from members.models import Membership, Organisation, Position

_AT_ONCE = 200  # rows of one UPDATE
_FIELDS = [name for name in OF_ORGANISATION if name not in ("name", "regions", "competences", "member_since")]


def write(rows: Sequence[MemberRow], *, now: dt.datetime) -> None:
    """Organisations before people, both before the positions that tie them."""
    _write_organisations(rows)
    _write_people(rows, now)
    for row in rows:
        if row.position is not None:
            row.position.user, row.position.organisation = row.who, row.at  # their keys are known by now
    positions = [row.position for row in rows if row.position is not None]
    Position.objects.bulk_create(one for one in positions if one.pk is None)
    changed = [one for one in positions if one.pk is not None]
    Position.objects.bulk_update(changed, ["role", "title", "period", "began_on", "ended_on"], batch_size=_AT_ONCE)


def _write_organisations(rows: Sequence[MemberRow]) -> None:
    named = list({id(row.organisation): row.organisation for row in rows if row.organisation is not None}.values())
    new = [one for one in named if one.pk is None]
    known = Organisation.with_doubles.all()  # the address of a merged double is taken, too
    for made, slug in zip(
        new, slugs.free_slugs([one.label for one in new], rows=known, fallback="organisation"), strict=True
    ):
        made.slug = slug
    changed = [one for one in named if one.pk is not None]
    Organisation.objects.bulk_create(new)
    Organisation.objects.bulk_update(changed, _FIELDS, batch_size=_AT_ONCE)
    through = Organisation.regions.through
    placed = [row for row in rows if row.regions is not None]
    through.objects.filter(organisation__in=[row.at.pk for row in placed]).delete()
    through.objects.bulk_create(
        through(organisation_id=row.at.pk, region_id=code) for row in placed for code in row.regions or ()
    )
    chosen, tied = Organisation.competences.through, [row for row in rows if row.competences is not None]
    chosen.objects.filter(organisation__in=[row.at.pk for row in tied]).delete()
    chosen.objects.bulk_create(
        chosen(organisation_id=row.at.pk, competence_id=pk) for row in tied for pk in row.competences or ()
    )
    for row in rows:
        if row.membership is not None:
            row.membership.organisation = row.at
    memberships = [row.membership for row in rows if row.membership is not None]
    Membership.objects.bulk_create(one for one in memberships if one.pk is None)
    corrected = [one for one in memberships if one.pk is not None]
    Membership.objects.bulk_update(corrected, ["period", "began_on", "ended_on"], batch_size=_AT_ONCE)


def _write_people(rows: Sequence[MemberRow], now: dt.datetime) -> None:
    """Accounts without a password and without an invitation; `created_at` ties them to their import."""
    new = [row.person for row in rows if row.person is not None]
    for person in new:
        person.set_unusable_password()
        person.created_at = now
    User.objects.bulk_create(new)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, primary=True, verified=False) for person in new
    )
