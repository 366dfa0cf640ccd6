"""Triggers that keep rows as they were written, whichever role writes; used in migrations only."""

from __future__ import annotations

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION portal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'immutable row in %: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def protect(table: str, *, when: str = "TRUE") -> migrations.RunSQL:
    """Refuses UPDATE and DELETE of rows for which `when` (SQL over OLD) holds, and any TRUNCATE."""
    return migrations.RunSQL(
        sql=f"""
        {FUNCTION}
        CREATE TRIGGER {table}_immutable BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION portal_refuse_change();
        CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION portal_refuse_change();
        """,
        reverse_sql=f"DROP TRIGGER {table}_immutable ON {table}; DROP TRIGGER {table}_no_truncate ON {table};",
    )


def exception(function: str, *, arguments: str, table: str, body: str) -> migrations.RunSQL:
    """The one way to change rows of a protected `table`: a function of the owner, which the application may only call.

    `body` (SQL) says exactly what may change, and sets `changed`, the number of rows. While it runs nobody else writes
    the table, and its protection is off for this transaction alone.
    """
    return migrations.RunSQL(
        sql=f"""
        CREATE FUNCTION {function}({arguments}) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
            SET search_path = public, pg_temp AS $$
        DECLARE changed bigint := 0;
        BEGIN
            SET CONSTRAINTS ALL IMMEDIATE;
            ALTER TABLE {table} DISABLE TRIGGER {table}_immutable;
            {body}
            SET CONSTRAINTS ALL IMMEDIATE;
            ALTER TABLE {table} ENABLE TRIGGER {table}_immutable;
            RETURN changed;
        END $$;
        """,
        reverse_sql=f"DROP FUNCTION {function};",
    )
