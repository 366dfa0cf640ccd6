"""A part that many branches of one statement share, worked out once: a materialised common table expression.

The ORM writes none, so the branches name it by `common_rows()` and `rows_with_common` puts it in front.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

_NAME = '"_common"'


def common_rows() -> RawSQL:
    """For `filter(pk__in=common_rows())` in a statement that `rows_with_common` runs."""
    return RawSQL(f"SELECT * FROM {_NAME}", [])  # noqa: S608, S611 (a name of our own)


def rows_with_common(queryset: QuerySet, common: QuerySet) -> list[tuple[Any, ...]]:
    """The rows of `queryset` where `common` (one column of keys) stands for `common_rows()`."""
    try:
        statement, parameters = queryset.query.sql_with_params()
    except EmptyResultSet:  # no branch can find anything
        return []
    try:
        shared, shared_parameters = common.query.sql_with_params()
    except EmptyResultSet:
        shared, shared_parameters = (
            common.model._base_manager.extra(where=["FALSE"]).values("pk").query.sql_with_params()
        )
    with connections[queryset.db].cursor() as cursor:
        cursor.execute(
            f"WITH {_NAME} AS MATERIALIZED ({shared}) {statement}",
            [*shared_parameters, *parameters],
        )
        return cursor.fetchall()
