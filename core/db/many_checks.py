"""The check constraints of many rows at once, asked of the database in one query before anything is written.

Django asks one query for each constraint of each row. Here the same conditions, compiled from the same
constraints, are evaluated over a list of values.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models.sql.query import Query

_AT_ONCE = 500  # rows a query


@dataclass(frozen=True)
class _Condition:
    constraint: models.CheckConstraint
    sql: str
    params: tuple[Any, ...]
    fields: tuple[models.Field, ...]


def violations(
    model: type[models.Model], rows: Sequence[models.Model], *, unknown: Sequence[Collection[str]] = ()
) -> list[list[ValidationError]]:
    """For each row the errors of the constraints it would violate, as `validate_constraints` words them.

    `unknown[n]` names fields of row n that could not be read: what rests on them is not judged.
    """
    found: list[list[ValidationError]] = [[] for _row in rows]
    conditions = _conditions(model)
    if not conditions:
        return found
    for start in range(0, len(rows), _AT_ONCE):
        piece = rows[start : start + _AT_ONCE]
        left = unknown[start : start + _AT_ONCE] or [()] * len(piece)
        for number, *holds in _judged(conditions, piece, left):
            left_out = left[number]
            for condition, held in zip(conditions, holds, strict=True):
                if held or any(field.name in left_out for field in condition.fields):
                    continue
                constraint = condition.constraint
                found[start + number].append(
                    ValidationError(constraint.get_violation_error_message(), code=constraint.violation_error_code)
                )
    return found


def _conditions(model: type[models.Model]) -> list[_Condition]:
    query = Query(model=model, alias_cols=False)
    compiler = query.get_compiler(connection=connection)
    concrete = [field for field in model._meta.concrete_fields if field.column]
    made = []
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            sql, params = query.build_where(constraint.condition).as_sql(compiler, connection)
            fields = tuple(field for field in concrete if connection.ops.quote_name(field.column) in sql)
            made.append(_Condition(constraint, sql, tuple(params), fields))
    return made


def _judged(
    conditions: Sequence[_Condition], rows: Sequence[models.Model], unknown: Sequence[Collection[str]]
) -> list[tuple[Any, ...]]:
    """(number of the row, whether each condition holds …); what is unknown holds, as in the database."""
    fields = sorted({field for condition in conditions for field in condition.fields}, key=lambda field: field.column)
    quoted = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    types = ", ".join(
        f"%s::{field.rel_db_type(connection) if field.is_relation else field.db_type(connection)}" for field in fields
    )
    values: list[Any] = [param for condition in conditions for param in condition.params]
    for number, (row, left_out) in enumerate(zip(rows, unknown, strict=True)):
        values.append(number)
        values += [
            None if field.name in left_out else field.get_db_prep_save(getattr(row, field.attname), connection)
            for field in fields
        ]
    told = ", ".join(f"COALESCE(({condition.sql}), true)" for condition in conditions)
    listed = ", ".join([f"(%s::integer, {types})"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number, {told} FROM (VALUES {listed}) AS given (number, {quoted})", values)  # noqa: S608
        return cursor.fetchall()
