"""Migrations: none missing, data apart from schema, all reversible, and after a release none that stops the portal."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.core.management import call_command
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from psycopg import sql

from tests.support.database import owner_connection
from tests.support.worker import database_url

OURS = {config.label for config in apps.get_app_configs() if Path(config.path).is_relative_to(settings.BASE_DIR)}
# App → its last migration in the newest release. What came before may lock; what comes later runs beside the
# old version, on tables that are in use. Nothing is released yet.
RELEASED: dict[str, str] = {}
# Migrations may import the fields and triggers they are made of, never models, services or constants.
IMPORTABLE = {
    "core.db.immutable",
    "core.db.periods",
    "core.identifiers",
    "core.models",  # the function that names stored files
    "core.partial_dates.fields",
    "funding.models.fields",
}


def our_migrations() -> list[migrations.Migration]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return [migration for (label, _name), migration in sorted(loader.disk_migrations.items()) if label in OURS]


def _paths() -> list[Path]:
    places = [Path(apps.get_app_config(label).path) / "migrations" for label in sorted(OURS)]
    return [path for place in places for path in sorted(place.glob("[0-9]*.py"))]


def test_none_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("migration", our_migrations(), ids=str)
def test_data_and_schema_are_apart(migration):
    moves_data = [op for op in migration.operations if isinstance(op, migrations.RunPython)]
    assert not moves_data or len(moves_data) == len(migration.operations)


@pytest.mark.parametrize("migration", our_migrations(), ids=str)
def test_every_operation_can_be_taken_back(migration):
    assert [op.describe() for op in migration.operations if not op.reversible] == []


@pytest.mark.parametrize("path", _paths(), ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_migrations_import_no_living_code(path):
    layers = ("core", "members", "sessions_app", "governance", "funding", "watch", "portal")
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    assert {name for name in found if name.split(".")[0] in layers} - IMPORTABLE == set()


def locking(operations: list[Operation]) -> list[str]:
    """What would keep readers and writers of a large table waiting, or break the version that still runs."""
    new = {op.name_lower for op in operations if isinstance(op, migrations.CreateModel)}
    found = []
    for op in operations:
        if isinstance(op, migrations.DeleteModel):
            found.append(f"{op.describe()}: first stop using it, drop it in a later release")
            continue
        if getattr(op, "model_name_lower", getattr(op, "model_name", "")).lower() in new:
            continue
        if isinstance(op, migrations.AddIndex) and not isinstance(op, AddIndexConcurrently):
            found.append(f"{op.describe()}: AddIndexConcurrently")
        if isinstance(op, migrations.AddConstraint) and not isinstance(op, AddConstraintNotValid):
            found.append(f"{op.describe()}: AddConstraintNotValid, then ValidateConstraint")
        if isinstance(op, migrations.AddField):
            field = op.field
            filled = field.null or field.has_db_default() or isinstance(field, models.ManyToManyField)
            if not filled:
                found.append(f"{op.describe()}: the old version does not fill it; give it a db_default")
        if isinstance(op, migrations.RemoveField | migrations.RenameField | migrations.RenameModel):
            found.append(f"{op.describe()}: the old version still reads it; take two releases")
    return found


def test_after_a_release_no_migration_locks():
    found = {
        str(migration): problems
        for migration in our_migrations()
        if migration.app_label in RELEASED and migration.name > RELEASED[migration.app_label]
        if (problems := locking(migration.operations))
    }
    assert found == {}


def test_the_lint_sees_locks():
    index = models.Index(fields=["name"], name="by_name")
    new_field = migrations.AddField("region", "area", models.IntegerField(default=0))
    assert (
        len(locking([migrations.AddIndex("region", index), new_field, migrations.RemoveField("region", "name")])) == 3
    )
    harmless = [
        AddIndexConcurrently("region", index),
        migrations.AddField("region", "area", models.IntegerField(null=True)),
        migrations.CreateModel("Town", [("id", models.AutoField(primary_key=True))]),
        migrations.AddIndex("town", index),
    ]
    assert locking(harmless) == []


@pytest.mark.long
@pytest.mark.timeout(1200)  # every migration three times
def test_all_migrations_back_and_forth(db):
    """On a database of its own, as the owner: forth, back to nothing, and forth again."""
    name = f"{settings.DATABASES['default']['NAME']}_trial"
    with owner_connection() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            owner = connection.info
            address = database_url().rpartition("/")[0].replace("portal_app", owner.user) + f"/{name}"
            variables = os.environ | {"DATABASE_URL": address, "DATABASE_OWNER_URL": address}
            with_migrations = sorted({label for label, _name in MigrationLoader(None).disk_migrations} & OURS)
            steps = [[], *([label, "zero"] for label in with_migrations), []]
            script = "from django.core.management import call_command\n" + "".join(
                f"call_command('migrate', *{arguments}, verbosity=0)\n" for arguments in steps
            )
            done = subprocess.run(
                [sys.executable, "manage.py", "shell", "-v0", "-c", script],
                cwd=settings.BASE_DIR,
                env=variables,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
