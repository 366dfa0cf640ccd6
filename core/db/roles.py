"""Which database role the process runs as."""

from __future__ import annotations

from django.db import connection


def single_role() -> bool:
    """Whether the running role owns the tables, so that no grant restrains it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'django_migrations'")
        row = cursor.fetchone()
    return bool(row and row[0])
