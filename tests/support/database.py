"""The test database is made and migrated by the owner; the tests themselves run as the application's role.

What a test may not do, the portal may not do either. Tests that must look behind the scenes take the fixture
`owner`, a connection of the owning role.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql

from portal.environment import Environment
from tests.support import template

_reference_tables: set[str] = set()  # filled by migrations: never emptied


def _roles() -> tuple[dict[str, Any], dict[str, Any]]:
    """Connection settings (USER, PASSWORD, …) of the application and of the owner; equal where there is one role."""
    keys = ("USER", "PASSWORD", "HOST", "PORT")
    application = Environment().database("DATABASE_URL", "postgresql:///portal")
    owner = Environment().database("DATABASE_OWNER_URL", "") or application
    return {key: application.get(key) for key in keys}, {key: owner.get(key) for key in keys}


def _become(role: dict[str, Any]) -> None:
    for connection in connections.all():
        connection.close()
        connection.settings_dict.update(role)


@contextmanager
def owner_connection() -> Iterator[psycopg.Connection]:
    """A connection of its own to the test database, as the owner, in autocommit."""
    _application, owner = _roles()
    with psycopg.connect(
        dbname=connections["default"].settings_dict["NAME"],
        user=owner["USER"] or None,
        password=owner["PASSWORD"] or None,
        host=owner["HOST"] or None,
        port=owner["PORT"] or None,
        autocommit=True,
        options="-c lock_timeout=15s",
    ) as connection:
        yield connection


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, pytestconfig: pytest.Config) -> None:
    owner = _roles()[1]
    _become(owner)
    kept = pytestconfig.cache.mkdir("databases")
    connections["default"].settings_dict["TEST"]["TEMPLATE"] = template.prepare(owner, kept)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    application, owner = _roles()
    with django_db_blocker.unblock():
        with connections["default"].cursor() as cursor:
            for table in _tables_with_rows(cursor):
                cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')  # with --reuse-db some only take room
                if cursor.fetchone()[0]:
                    _reference_tables.add(table)
        _become(application)
    original = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: empty_database()
    yield
    TransactionTestCase._fixture_teardown = original
    _end_other_sessions()
    _become(owner)  # which drops the database


def _end_other_sessions() -> None:
    """A thread of the live server may still hold its connection; a role may end its own sessions, no others."""
    connections.close_all()
    with psycopg.connect(**connections["default"].get_connection_params(), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def owner(transactional_db: None) -> Iterator[psycopg.Connection]:
    """A connection as the owning role; the test's own data must be committed, hence `transactional_db`."""
    with owner_connection() as connection:
        yield connection


@pytest.fixture
def one_role(transactional_db: None) -> Iterator[None]:
    """The portal runs as the role that owns the tables, as where a deployment has no second one."""
    application, owner = _roles()
    _become(owner)
    yield
    _become(application)


@pytest.fixture
def database_away(transactional_db: None) -> Iterator[None]:
    """PostgreSQL is not there: connections are closed, and new ones lead nowhere."""
    application, _owner = _roles()
    _become({"HOST": "/nowhere"})
    yield
    _become(application)


def empty_database() -> None:
    """Empties every table that holds something, apart from those that migrations fill.

    Much faster than Django's flush, which truncates all tables and asks for the owner's rights. The guards
    against TRUNCATE sleep only inside this transaction.
    """
    with owner_connection() as connection, connection.cursor() as cursor:
        tables = sorted(set(_tables_with_rows(cursor)) - _reference_tables)
        if not tables:
            return
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgtype & 32 = 32 AND NOT tgisinternal"
        )
        guards = [[sql.Identifier(name) for name in row] for row in cursor.fetchall()]
        with connection.transaction():
            for table, guard in guards:
                cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER {}").format(table, guard))
            cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, tables))))
            for table, guard in guards:
                cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER {}").format(table, guard))


def _tables_with_rows(cursor: Any) -> list[str]:
    """Tables that take room on disk: those with rows, and some whose rows were taken back."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND pg_relation_size(oid) > 0"
    )
    return [name for (name,) in cursor.fetchall()]
