"""After every `migrate`, the application's database role gets exactly what each table allows.

Two roles share one database: the owner migrates, `settings.APP_ROLE` runs the portal. A model says what it
allows by its attribute `database_rights`; audit events are written by triggers alone. Where the deployment
has only one role nothing is granted and the triggers alone protect (readiness warns, see `core.health`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction
from psycopg import sql

READ, APPEND, WRITE = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE, DELETE"
_LOCK = 7_301  # any number of our own: two migrations at once must not grant at once


def wanted() -> Iterator[tuple[str, str]]:
    """Each managed table with the rights the application needs there."""
    from pghistory.models import Event

    for model in apps.get_models(include_auto_created=True):
        options = model._meta
        if not options.managed or options.proxy:
            continue
        yield options.db_table, READ if issubclass(model, Event) else getattr(model, "database_rights", WRITE)
    yield "django_migrations", READ


def apply_grants(*, using: str, plan: object = None, sender: object = None, **kwargs: object) -> None:
    """Receiver of `post_migrate`; does its work once, for the app that comes last in a run of `migrate`."""
    if plan is None or getattr(sender, "name", "") != "core":  # `flush` sends the signal without a plan
        return
    connection = connections[using]
    role, owner = settings.APP_ROLE, connection.settings_dict["USER"]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        _let_audit_triggers_write(cursor)
        _keep_triggers_awake(cursor)
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role])
        if not cursor.fetchone() or role == owner:
            return
        existing = set(connection.introspection.table_names(cursor))
        name = sql.Identifier(role)
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
        cursor.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(name))
        for table, rights in wanted():
            if table in existing:
                statement = sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(rights), sql.Identifier(table), name)
                cursor.execute(statement)
        cursor.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name))


def _let_audit_triggers_write(cursor: Any) -> None:
    """The audit's trigger functions run as the owner: the application itself cannot write an event."""
    cursor.execute(
        """
        SELECT DISTINCT p.oid::regprocedure::text
        FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'public' AND p.prosrc ILIKE '%%pgh_created_at%%' AND NOT p.prosecdef
        """
    )
    for (function,) in cursor.fetchall():
        cursor.execute(f"ALTER FUNCTION {function} SECURITY DEFINER SET search_path = public, pg_temp")


def _keep_triggers_awake(cursor: Any) -> None:
    """Any session may tell pgtrigger to ignore a trigger; the function that each trigger asks says no.

    Each migration that adds a trigger writes the function anew, hence after each of them.
    """
    cursor.execute("SELECT to_regprocedure('public._pgtrigger_should_ignore(name)') IS NOT NULL")
    if cursor.fetchone()[0]:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean"
            " LANGUAGE sql IMMUTABLE AS 'SELECT false'"
        )


def append_only(model: type[models.Model]) -> type[models.Model]:
    """Class decorator: the application may add rows and read them, nothing else."""
    model.database_rights = APPEND
    return model
