"""Keeping a table that was sent, and writing it: everything or nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.accounts import rights
from core.accounts.rights import PermissionRefused
from funding.backends import acting_funders
from funding.enums import TableKind
from funding.imports import initiatives, lines
from funding.imports.planning import Plan, PlannedRow
from funding.imports.reading import Table
from funding.models import FundingLine, ImportRun, Initiative
from funding.permissions import NOT_YOURS
from funding.services.errors import ChangedMeanwhile
from funding.services.initiatives import save_initiative
from members.models import Organisation

if TYPE_CHECKING:
    from core.accounts.models import User

IMPORT = "funding.import_lines"


@transaction.atomic
def keep(
    *,
    table: Table,
    file_name: str,
    funder: Organisation,
    by: User,
    now: dt.datetime,
    kind: TableKind = TableKind.LINES,
) -> ImportRun:
    """Keeps the table for the preview; nothing of funding is written."""
    _may(by, funder)
    layout = {"columns": table.columns, "ignored": table.ignored, "dialect": table.dialect}
    run = ImportRun(
        funder=funder, by=by, kind=kind, file_name=file_name[:180], rows=table.rows, layout=layout, sent_at=now
    )
    run.full_clean()
    run.save()
    return run


def plan_of(run: ImportRun) -> Plan:
    """What the table would do now; the same comparison for the preview and for the writing."""
    planners = {TableKind.LINES: lines.plan, TableKind.INITIATIVES: initiatives.plan}
    return planners[TableKind(run.kind)](Table(run.rows, **run.layout), run.funder)


def apply(*, run: ImportRun, fingerprint: str, by: User, now: dt.datetime) -> Plan:
    """Writes what was shown. Raises `ChangedMeanwhile` where it would no longer do the same, or was written before."""
    try:
        with transaction.atomic():
            return _apply(run, fingerprint, by, now)
    except (ValidationError, IntegrityError) as error:  # somebody wrote a row of the same key at this very moment
        raise ChangedMeanwhile from error


def _apply(run: ImportRun, fingerprint: str, by: User, now: dt.datetime) -> Plan:
    _may(by, run.funder)
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("funder__funder").get(pk=run.pk)
    _lock(run)
    planned = plan_of(run)
    if run.applied_at is not None or planned.fingerprint != fingerprint or not planned.may_be_applied:
        raise ChangedMeanwhile
    for row in planned.to_write:
        _write(row, by, now)
    run.applied_at, run.outcome = now, planned.counts
    run.save()
    return planned


def _lock(run: ImportRun) -> None:
    references = [row.get("reference", "").strip() for row in run.rows]
    if run.kind == TableKind.LINES:
        rows = FundingLine.objects.filter(funder=run.funder, reference__in=references)
    else:
        rows = Initiative.objects.filter(prepared_by=run.funder, reference__in=references)
    list(rows.select_for_update().order_by("pk").values_list("pk"))


def _write(row: PlannedRow, by: User, now: dt.datetime) -> None:
    """The plan has checked every field and every rule of the row; the database checks the rules again."""
    if row.initiative is not None:
        save_initiative(initiative=row.initiative, by=by, now=now)
    line = row.line
    if line is None:
        return
    line.changed_at = now
    if line.pk is not None:
        line.version += 1
    line.save()


def _may(by: User, funder: Organisation) -> None:
    rights.check_for_writing(by, IMPORT)
    if funder.pk not in acting_funders(by):
        raise PermissionRefused(NOT_YOURS)
