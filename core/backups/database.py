"""The database's side: measured, dumped as it stood at one moment, put back into an empty one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from psycopg import sql

from core.backups import programs
from core.backups.errors import BackupRefused

_CLIENT = "postgresql-client"
# How values are written as text, so that two servers write them alike; and the time a large table needs.
_ALIKE = (
    "SET statement_timeout = 0; SET TIME ZONE 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'iso_8601';"
    " SET bytea_output = 'hex'; SET extra_float_digits = 1"
)

_TRIAL = "portail_trial_"
_TRY_WITH_DOCKER = "docker compose run --rm --no-deps migrate python manage.py restore --try"
# Ours to drop, and nobody tries an archive in it: neither a connection to it, nor that of the trial which made it.
_UNUSED_TRIALS = """
    SELECT d.datname FROM pg_database d
    WHERE d.datname LIKE %(like)s AND pg_has_role(d.datdba, 'USAGE')
      AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE d.datname IN (a.datname, a.application_name))
"""


@dataclass(frozen=True)
class Table:
    """What one table held: its rows, and a sum over all their values that no order of rows changes."""

    rows: int
    sum: str


@contextmanager
def own_connection() -> Iterator[psycopg.Connection]:
    """Beside Django's: whatever transaction that one is in, the snapshot below is of committed rows.

    What PostgreSQL refuses is a refusal for whoever looks after the machine, in its own words.
    """
    try:
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as own:
            own.execute(_ALIKE)
            yield own
    except psycopg.Error as error:
        raise BackupRefused(_("PostgreSQL refuses: %(problem)s") % {"problem": str(error).strip()}) from error


def dump(target: Path) -> dict[str, Table]:
    """Writes the database to `target` in pg_dump's custom format; what its tables held in that same snapshot."""
    program = programs.path_of("pg_dump", _CLIENT)
    with own_connection() as own, own.transaction():
        own.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        (snapshot,) = own.execute("SELECT pg_export_snapshot()").fetchone()
        arguments = [program, "--format=custom", f"--snapshot={snapshot}", "--file", target]
        programs.run(
            [*arguments, "--dbname", programs.database_address()],
            what=_("PostgreSQL’s pg_dump did not write the database:"),
            environment=programs.database_environment(),
        )
        return measured(own)


def restore(source: Path) -> None:
    """All of the dump or nothing of it; owner and rights are those of whoever restores, not of the other machine."""
    arguments = [programs.path_of("pg_restore", _CLIENT), "--single-transaction", "--exit-on-error"]
    programs.run(
        [*arguments, "--no-owner", "--no-privileges", "--dbname", programs.database_address(), source],
        what=_("PostgreSQL’s pg_restore refused, and the database is still empty:"),
        environment=programs.database_environment(),
    )


def measured(own: psycopg.Connection) -> dict[str, Table]:
    """Every table; generated columns are left out, since another release of PostgreSQL may compute them otherwise."""
    columns = own.execute(
        """
        SELECT c.relname, array_agg(a.attname ORDER BY a.attname)
        FROM pg_class c JOIN pg_attribute a
          ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
        GROUP BY c.relname ORDER BY c.relname
        """
    ).fetchall()
    return {table: _measured(own, table, names) for table, names in columns}


def _measured(own: psycopg.Connection, table: str, names: list[str]) -> Table:
    row = sql.SQL("ROW({})").format(sql.SQL(", ").join(map(sql.Identifier, names)))
    number = sql.SQL("('x' || left(md5({}::text), 16))::bit(64)::bigint::numeric").format(row)
    query = sql.SQL("SELECT count(*), coalesce(sum({}), 0)::text FROM {}").format(number, sql.Identifier(table))
    return Table(*own.execute(query).fetchone())


def require_empty() -> None:
    with own_connection() as own:
        (number,) = own.execute(
            """
            SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
              AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
            """
        ).fetchone()
    if number:
        told = _("The database “%(name)s” is not empty. An archive is restored into an empty one, never over data.")
        raise BackupRefused(told % {"name": connection.settings_dict["NAME"]})


def require_role(name: str, password: str) -> None:
    """The running role must be there before its rights can be given; where ours may make it, it is made."""
    with own_connection() as own:
        found = own.execute("SELECT FROM pg_roles WHERE rolname = %s", [name]).fetchall()
        may = own.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        if found:
            return
        if not may[0]:
            told = _(
                "The database server has no role “%(role)s”, as which the portal runs. As an administrator of "
                "PostgreSQL, run this, then restore again: %(statement)s"
            )
            raise BackupRefused(told % {"role": name, "statement": f"CREATE ROLE {name} LOGIN PASSWORD '…';"})
        own.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(name)))
        if password:  # as its hash: PostgreSQL may log its statements
            kept = own.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
            own.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(kept)))


@contextmanager
def for_a_trial() -> Iterator[str]:
    """The name of an empty database of this trial's own; it goes with the trial, or at the next where that was killed.

    The connection bears the same name, so that another trial sees that this one is still at work.
    """
    name = f"{_TRIAL}{uuid.uuid4().hex}"
    with own_connection() as own:
        own.execute("SELECT set_config('application_name', %s, false)", [name])
        for (old,) in own.execute(_UNUSED_TRIALS, {"like": _TRIAL.replace("_", r"\_") + "%"}).fetchall():
            own.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(old)))
        try:
            own.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege:
            raise BackupRefused(_may_not_make_one(own.info.user)) from None
        try:
            yield name
        finally:
            own.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _may_not_make_one(role: str) -> str:
    """The role that runs the portal must not come to make databases: it is the owner who tries."""
    if role == settings.APP_ROLE:
        told = _(
            "The role “%(role)s” runs the portal, and it is not the one to make a database to try in. Try the archive "
            "as the owner of the database, with DATABASE_OWNER_URL; with Docker: %(command)s"
        )
        return told % {"role": role, "command": _TRY_WITH_DOCKER}
    told = _("The role “%(role)s” may not make a database to try in. Run once: ALTER ROLE %(role)s CREATEDB")
    return told % {"role": role}


def server_version() -> str:
    with own_connection() as own:
        return own.execute("SHOW server_version").fetchone()[0].split()[0]


def applied_migrations() -> list[list[str]]:
    with own_connection() as own:
        return [list(row) for row in own.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()]


def rights_missing(role: str, wanted: list[tuple[str, str]]) -> list[str]:
    """ "TABLE: right" for each that `role` lacks, and for each it has beyond what is wanted."""
    wrong = []
    with own_connection() as own:
        present = {name for (name,) in own.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
        for table, rights in wanted:
            if table not in present:
                continue
            should = set(rights.replace(" ", "").split(","))
            for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"):
                query = "SELECT has_table_privilege(%s, quote_ident(%s), %s)"
                if own.execute(query, [role, table, right]).fetchone()[0] != (right in should):
                    wrong.append(f"{table}: {right}")
    return wrong


def try_as_application(parameters: dict[str, Any]) -> None:
    """Does as the running role what a sign-in does, and takes it back. Raises psycopg.Error where it may not."""
    with psycopg.connect(**parameters) as own:
        own.execute("SELECT id, email, password FROM accounts_user LIMIT 1")
        own.execute("SELECT id, email FROM account_emailaddress LIMIT 1")
        own.execute("UPDATE accounts_user SET last_login = now() WHERE id = (SELECT min(id) FROM accounts_user)")
        own.execute("INSERT INTO django_session VALUES ('restore-tries-this', '', now())")
        own.execute("DELETE FROM django_session WHERE session_key = 'restore-tries-this'")
        own.rollback()
