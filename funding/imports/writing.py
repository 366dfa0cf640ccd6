"""Writing the rows that an import has planned: many with few statements, under rules that were checked before.

The database checks every constraint again and its triggers write the audit trail, row by row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from funding.imports.rows import FundingRow
from funding.initiatives.services import free_slugs
from funding.models import FundingLine, Initiative, Instalment

_AT_ONCE = 200  # rows of one UPDATE


def write(rows: Sequence[FundingRow], *, now: dt.datetime) -> None:
    """New initiatives before the fundings that are given for them."""
    _write_initiatives([row for row in rows if row.initiative is not None], now)
    _write_lines([row for row in rows if row.line is not None], now)


def _write_initiatives(rows: list[FundingRow], now: dt.datetime) -> None:
    new = [row.initiative for row in rows if row.initiative.pk is None]
    for initiative, slug in zip(new, free_slugs([one.title for one in new]), strict=True):
        initiative.slug = slug
        initiative.created_at = initiative.changed_at = now
    changed = [row for row in rows if row.initiative.pk is not None]
    for row in changed:
        row.initiative.changed_at = now
        row.initiative.version += 1
    Initiative.objects.bulk_create(new)
    names = {_COLUMN_FIELDS.get(name, (name,)) for row in changed for name in row.names}
    if changed:
        fields = sorted({"changed_at", "version", *(one for several in names for one in several)})
        Initiative.objects.bulk_update([row.initiative for row in changed], fields, batch_size=_AT_ONCE)


def _write_lines(rows: list[FundingRow], now: dt.datetime) -> None:
    for row in rows:
        row.line.changed_at = now
        if row.of is not None:
            row.line.initiative = row.of  # its key is known by now
    FundingLine.objects.bulk_create([row.line for row in rows if row.line.pk is None])
    Instalment.objects.bulk_create(
        Instalment(line=row.line, number=1, due_on=row.due_on, amount=row.line.amount_agreed)
        for row in rows
        if row.due_on is not None and row.of is not None
    )
    changed = [row for row in rows if row.of is None]
    for row in changed:
        row.line.version += 1
    if changed:
        fields = sorted({"changed_at", "version"}.union(*(row.names for row in changed)))
        FundingLine.objects.bulk_update([row.line for row in changed], fields, batch_size=_AT_ONCE)


# A column that is kept in several fields, as it is named in the table.
_COLUMN_FIELDS = {"bearer_name": ("bearer", "bearer_name"), "regions": ("regions", "is_national")}
