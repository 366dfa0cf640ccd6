"""Noting which file of a list somebody wants; the worker makes it (`funding.exports.files`)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from core.accounts import rights
from funding.models import ListFile

if TYPE_CHECKING:
    from core.accounts.models import User

FETCH = "funding.fetch_file"


@transaction.atomic
def ask_for(*, page: str, query: str, wanted: str, by: User, now: dt.datetime) -> ListFile:
    """Raises `PermissionRefused`, `ValidationError`. Whether the filter can be read is the caller's to check."""
    rights.check_for_writing(by, FETCH)
    file = ListFile(page=page, query=query, format=wanted, by=by, asked_at=now)
    file.full_clean()
    file.save(force_insert=True)
    return file
