"""What the space calls itself and how it shows itself, changed by its administrators."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import files, space
from core.accounts import rights, second_factor
from core.accounts.models import User
from core.db import locks
from core.models import Space

if TYPE_CHECKING:
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
    "second_factor_required",
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
    if values["second_factor_required"] and not row.second_factor_required:
        _refuse_locking_oneself_out(by)
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


def _refuse_locking_oneself_out(by: User) -> None:
    """Who asks a second factor of others has one: the page would close on the way back."""
    if not User.objects.filter(second_factor.held(), pk=by.pk).exists():
        message = _("Add a second factor to your own account first: this page would close for you.")
        raise ValidationError({"second_factor_required": message}, code="own_factor")
