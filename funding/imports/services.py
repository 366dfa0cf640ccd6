"""Keeping a table that was sent, and writing it: everything or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.accounts import rights
from core.accounts.rights import PermissionRefused
from core.db import locks
from funding.backends import acting_funders
from funding.enums import TableKind
from funding.errors import ChangedMeanwhile
from funding.imports import initiatives, lines
from funding.imports.planning import AT_ONCE, Plan, PlannedRow, is_to_write
from funding.imports.reading import Table
from funding.imports.writing import write
from funding.models import FundingLine, ImportRun, Initiative
from funding.permissions import NOT_YOURS
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
    layout = {field.name: getattr(table, field.name) for field in fields(table) if field.name != "rows"}
    run = ImportRun(
        funder=funder, by=by, kind=kind, file_name=file_name[:180], rows=table.rows, layout=layout, sent_at=now
    )
    run.full_clean()
    run.save()
    return run


def plan_of(run: ImportRun) -> Plan:
    """What the table would do now; the same comparison for the preview and for the writing."""
    plan = Plan()
    for rows in planned_pieces(run):
        plan.add(rows)
    return plan


@transaction.atomic
def answer_share(*, run: ImportRun, share: str, by: User, now: dt.datetime) -> ImportRun:
    """Keeps what the amounts of the table are, which its shares leave open (`scdl.WHOLE` or `scdl.PART`)."""
    _may(by, run.funder)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.applied_at is None:
        run.layout = {**run.layout, "share": share}
        run.full_clean()
        run.save()
    return run


def planned_pieces(run: ImportRun) -> Iterator[list[PlannedRow]]:
    """The planned rows, some hundreds at a time: what is read of one piece is let go before the next."""
    planners = {TableKind.LINES: lines.Planner, TableKind.INITIATIVES: initiatives.Planner}
    planner = planners[TableKind(run.kind)](Table([], **run.layout), run.funder)
    for start in range(0, len(run.rows), AT_ONCE):
        yield planner.plan(run.rows[start : start + AT_ONCE])


def apply(*, run: ImportRun, fingerprint: str, by: User, now: dt.datetime) -> Plan:
    """Writes what was shown. Raises `ChangedMeanwhile` where it would no longer do the same, or was written before."""
    try:
        with transaction.atomic():
            return _apply(run, fingerprint, by, now)
    except (ValidationError, IntegrityError) as error:  # somebody wrote a row of the same key at this very moment
        raise ChangedMeanwhile from error


def _apply(run: ImportRun, fingerprint: str, by: User, now: dt.datetime) -> Plan:
    _may(by, run.funder)
    locks.hold_exclusive(f"import for {run.funder_id}")
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("funder__funder").get(pk=run.pk)
    if run.applied_at is not None or run.asks_share:
        raise ChangedMeanwhile
    _lock(run)
    plan = Plan()
    for rows in planned_pieces(run):
        plan.add(rows)
        if plan.is_held_up:
            raise ChangedMeanwhile
        write([row for row in rows if is_to_write(row)], now=now)
    if plan.fingerprint != fingerprint or not plan.may_be_applied:
        raise ChangedMeanwhile  # and nothing is written
    run.applied_at, run.outcome = now, plan.counts
    run.save()
    return plan


def _lock(run: ImportRun) -> None:
    """Every row the table names, in the order of their keys, so that two writers never wait for each other."""
    references = [row.get("reference", "").strip() for row in run.rows]
    if run.kind == TableKind.LINES:
        rows = FundingLine.objects.filter(funder=run.funder, reference__in=references)
    else:
        rows = Initiative.objects.filter(prepared_by=run.funder, reference__in=references)
    list(rows.select_for_update().order_by("pk").values_list("pk"))


def _may(by: User, funder: Organisation) -> None:
    rights.check_for_writing(by, IMPORT)
    if funder.pk not in acting_funders(by):
        raise PermissionRefused(NOT_YOURS)
