"""After each `migrate`, every table that a source watches bears a trigger that marks the object as changed.

So nothing escapes the index: neither raw SQL, nor bulk writes, nor many-to-many rows. A marked object is not found
until it was read anew (`core.search.indexing`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import connections, transaction
from psycopg import sql

from core.search.sources import Source, Watched, sources

_PREFIX = "search_mark_"
_LOCK = 7_302


def install(*, using: str, plan: object = None, sender: object = None, **kwargs: object) -> None:
    """Receiver of `post_migrate`; does its work once, for the app that comes last in a run of `migrate`."""
    if plan is None or getattr(sender, "name", "") != "core":  # `flush` sends the signal without a plan
        return
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("SELECT to_regprocedure('public.search_mark_through()') IS NOT NULL")
        if not cursor.fetchone()[0]:  # migrated back to before the search
            return
        existing = set(connection.introspection.table_names(cursor))
        cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s", [f"{_PREFIX}%"])
        there = {(name, table.strip('"')) for name, table in cursor.fetchall()}
        wanted = {}
        for needs, table, body in _wanted():
            if needs <= existing:
                text = body.as_string(cursor.connection)
                wanted[f"{_PREFIX}{hashlib.sha256(text.encode()).hexdigest()[:12]}", table] = body
        for name, table in there - wanted.keys():
            cursor.execute(sql.SQL("DROP TRIGGER {} ON {}").format(sql.Identifier(name), sql.Identifier(table)))
        for name, table in wanted.keys() - there:
            begin = sql.SQL("CREATE TRIGGER {} AFTER INSERT OR DELETE OR UPDATE {}")
            cursor.execute(begin.format(sql.Identifier(name), wanted[name, table]))
        if wanted.keys() - there:
            _mark_what_was_never_read(cursor, existing)


def _mark_what_was_never_read(cursor: Any, existing: set[str]) -> None:
    """A source that is new to a space with data: the worker indexes it, without anybody asking."""
    for source in sources().values():
        if source.model._meta.db_table not in existing:
            continue
        cursor.execute(
            sql.SQL(
                "INSERT INTO search_pendingchange (kind, object_id) SELECT {0}, id FROM {1}"
                " WHERE NOT EXISTS (SELECT FROM search_passage WHERE kind = {0})"
            ).format(sql.Literal(source.kind), sql.Identifier(source.model._meta.db_table))
        )


def _wanted() -> Iterator[tuple[set[str], str, Any]]:
    """The tables it needs, its own and the definition of each trigger; its name is made of the definition, so that one that changed is another."""
    for source in sources().values():
        for watched in source.watched:
            table = watched.model._meta.db_table
            needs = {table, watched.through[0]._meta.db_table if watched.through else table}
            yield needs, table, _definition(source, watched, table)


def _definition(source: Source, watched: Watched, table: str) -> Any:
    columns = (
        sql.SQL("OF {} ").format(sql.SQL(", ").join(map(sql.Identifier, watched.only))) if watched.only else sql.SQL("")
    )
    if watched.through is None:
        function, arguments = "search_mark", [source.kind, watched.column]
    else:
        model, column = watched.through
        function, arguments = (
            "search_mark_through",
            [source.kind, model._meta.db_table, column, watched.column, watched.key],
        )
    return sql.SQL("{}ON {} FOR EACH ROW EXECUTE FUNCTION {}({})").format(
        columns, sql.Identifier(table), sql.Identifier(function), sql.SQL(", ").join(map(sql.Literal, arguments))
    )
