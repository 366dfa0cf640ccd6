"""Asking for one's copy, and removing it when its time is over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from core.accounts import rights
from core.db import locks
from core.personal_data.models import PersonalExport
from core.personal_data.retention import services as retention
from core.reports import services as reports
from core.reports.enums import LANGUAGE

if TYPE_CHECKING:
    from core.accounts.models import User

MAY = "personal_data.receive_own"
KIND = "personal-data"
KEPT = 7  # days, the file, unless the space chose others


@transaction.atomic
def ask(*, by: User, now: dt.datetime) -> PersonalExport:
    """A new copy; the one before is removed. One that is being made stands for the new request.

    Raises `PermissionRefused`, `ReportRefusedError`.
    """
    rights.check_for_writing(by, MAY)
    locks.hold_exclusive(f"personal export {by.pk}")
    standing = PersonalExport.objects.filter(user=by, removed_at=None).first()
    if standing is not None and not _remove(standing, now):
        return standing
    export = PersonalExport(user=by, asked_at=now)
    export.full_clean()
    export.save(force_insert=True)
    reports.request_report(kind=KIND, subject_id=export.public_id, by=by, now=now, language=LANGUAGE)
    return export


def kept_until(export: PersonalExport) -> dt.datetime:
    return export.asked_at + dt.timedelta(days=retention.days()["own_data"])


def forget_old(*, before: dt.datetime, now: dt.datetime) -> int:
    """Removes the files of copies asked for before that moment; how many."""
    removed = 0
    for key in PersonalExport.objects.filter(removed_at=None, asked_at__lt=before).values_list("pk", flat=True):
        with transaction.atomic():
            held = PersonalExport.objects.select_for_update().filter(pk=key, removed_at=None).first()
            removed += held is not None and _remove(held, now)
    reports.discard_orphans(kinds=[KIND], subjects=PersonalExport.objects.filter(removed_at=None))
    return removed


def _remove(export: PersonalExport, now: dt.datetime) -> bool:
    """False while the file is being made."""
    if not reports.discard_files(kinds=[KIND], subject_id=export.public_id):
        return False
    export.removed_at = now
    export.save(update_fields=["removed_at"])
    return True
