"""The legal identity of an organisation, dated: what the legal pages say while it animates."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from core.accounts import rights
from core.db.periods import today
from governance.models import LegalIdentity
from members.models import Organisation

if TYPE_CHECKING:
    from core.accounts.models import User

FIELDS = (
    "publisher",
    "publisher_status",
    "publisher_address",
    "publisher_contact",
    "publication_director",
    "host",
    "host_address",
    "host_contact",
    "privacy_contact",
    "privacy_email",
)


@transaction.atomic
def supply(*, organisation: Organisation, by: User, values: dict[str, Any], now: dt.datetime) -> LegalIdentity:
    """Holds from today on; what held before ends today and stays in the register.

    `values` by the names of `FIELDS`. Raises `ValidationError`, `PermissionRefused`. The same values again change
    nothing, a second change on one day replaces the first (the audit trail keeps both).
    """
    rights.check_for_writing(by, "governance.edit_legal_identity", organisation)
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)  # two representatives at once
    day = today(now)
    standing = LegalIdentity.objects.on(day).filter(organisation=organisation).first()
    chosen = {name: values[name] for name in FIELDS}
    if standing is not None and all(getattr(standing, name) == value for name, value in chosen.items()):
        return standing
    if standing is not None and standing.period.lower == day:
        identity = standing
    else:
        if standing is not None:
            standing.period = DateRange(standing.period.lower, day)
            standing.full_clean()
            standing.save()
        identity = LegalIdentity(organisation=organisation, period=DateRange(day, None))
    for name, value in chosen.items():
        setattr(identity, name, value)
    identity.full_clean()
    identity.save()
    return identity
