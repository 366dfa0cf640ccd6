"""Keeping a table that was sent, and writing it: everything or nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from core.accounts import rights
from core.accounts.rights import PermissionRefused
from funding.backends import acting_funders
from funding.imports.planning import Plan, plan
from funding.imports.reading import TextRow
from funding.models import FundingLine, ImportRun
from funding.permissions import NOT_YOURS
from funding.services.errors import ChangedMeanwhile
from funding.services.initiatives import save_initiative
from members.models import Organisation

if TYPE_CHECKING:
    from core.accounts.models import User

IMPORT = "funding.import_lines"


@transaction.atomic
def keep(*, rows: list[TextRow], file_name: str, funder: Organisation, by: User, now: dt.datetime) -> ImportRun:
    """Keeps the rows for the preview; nothing of funding is written."""
    _may(by, funder)
    run = ImportRun(funder=funder, by=by, file_name=file_name[:180], rows=rows, sent_at=now)
    run.full_clean()
    run.save()
    return run


@transaction.atomic
def apply(*, run: ImportRun, fingerprint: str, by: User, now: dt.datetime) -> Plan:
    """Writes what was shown. Raises `ChangedMeanwhile` where it would no longer do the same, or was written before."""
    _may(by, run.funder)
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("funder").get(pk=run.pk)
    references = [row.get("reference", "").strip() for row in run.rows]
    locked = FundingLine.objects.select_for_update().filter(funder=run.funder, reference__in=references)
    list(locked.order_by("pk").values_list("pk"))
    planned = plan(run.rows, run.funder)
    if run.applied_at is not None or planned.fingerprint != fingerprint or not planned.may_be_applied:
        raise ChangedMeanwhile
    for row in planned.to_write:
        line = row.line
        if row.initiative is not None:
            line.initiative = save_initiative(initiative=row.initiative, by=by, now=now)
        line.changed_at = now
        if line.pk is not None:
            line.version += 1
        line.full_clean()
        line.save()
    run.applied_at, run.outcome = now, planned.counts
    run.save()
    return planned


def _may(by: User, funder: Organisation) -> None:
    rights.check_for_writing(by, IMPORT)
    if funder.pk not in acting_funders(by):
        raise PermissionRefused(NOT_YOURS)
