"""What the space calls itself and how it shows itself, changed by its administrators."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core import files, space
from core.accounts import rights
from core.db import locks
from core.models import Space

if TYPE_CHECKING:
    from core.accounts.models import User
    from core.files.validate import CheckedUpload

FIELDS = (
    "name",
    "short_name",
    "subtitle",
    "contact_email",
    "born_on",
    "welcome",
    "motto",
    "default_language",
    "attendance_as_annex",
)


@transaction.atomic
def save_space(
    *,
    by: User,
    values: dict[str, Any],
    logo: CheckedUpload | None = None,
    remove_logo: bool = False,
    now: dt.datetime,
) -> Space:
    """Makes the row or changes it; `values` by the names of `FIELDS`. The old logo's file stays, for the audit trail.

    Shown at once by this process, within a minute by the others (`core.space`). Raises ValidationError, UploadRefused.
    """
    rights.check_for_writing(by, "accounts.administer")
    locks.hold_exclusive("space")  # two administrators at once: the row is made once
    row = Space.objects.filter(pk=1).first() or Space(pk=1)
    for name in FIELDS:
        setattr(row, name, values[name])
    if logo is not None:
        row.logo = files.store(file=logo, by=by, now=now)
    elif remove_logo:
        row.logo = None
    row.full_clean()
    row.save()
    transaction.on_commit(space.forget)
    return row
