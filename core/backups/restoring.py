"""Bringing an archive back: into an empty database and an empty folder of files, checked from end to end.

Order: the archive is unpacked and proved whole; everything that could refuse is asked; the database comes back in one
transaction and is measured; the files move to their place in one step; migrations bring an older archive up to date
and grant the running role its rights; what apps registered is done (`after_restore`); the rights are tried.
"""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from core.backups import after_restore, archive, database, history, scratch
from core.backups.errors import BackupRefused
from core.db import grants


@dataclass(frozen=True)
class Restored:
    """What came back. `one_role`: nobody but the owner runs here, so no grant could be tried."""

    made_at: dt.datetime
    tables: int
    rows: int
    files: int
    one_role: bool
    noted: bool
    said: list[str]


def restore(*, path: Path, identity: Path | None, now: dt.datetime) -> Restored:
    """Raises BackupRefused; its text says so where something was already written."""
    database.require_empty()
    _require_no_files()
    application = settings.APPLICATION_DATABASE
    one_role = not application or application["USER"] == connection.settings_dict["USER"]
    if not one_role:
        database.require_role(
            settings.APP_ROLE, application["PASSWORD"] if application["USER"] == settings.APP_ROLE else ""
        )
    with scratch.held(Path(settings.MEDIA_ROOT).parent, ".restore-") as unpacked:
        manifest = archive.unpack(path, unpacked, identity)
        _require_known_migrations(manifest)
        database.restore(unpacked / archive.DATABASE)
        _compare(manifest)
        _put_files_back(unpacked / archive.MEDIA)
    call_command("migrate", interactive=False, verbosity=0)
    said = after_restore.run(now=now)  # before anything else can refuse: a second restore is refused over this one
    if not one_role:
        _try_rights(application)
    tables = manifest["tables"]
    rows, files = sum(table["rows"] for table in tables.values()), _number_of_files(manifest)
    noted = history.note_restored(path, now=now, rows=rows, files=files)
    made_at = dt.datetime.fromisoformat(manifest["made_at"])
    return Restored(made_at, len(tables), rows, files, one_role, noted, said)


def _number_of_files(manifest: dict[str, Any]) -> int:
    return sum(name.startswith(archive.MEDIA) for name in manifest["files"])


def _require_no_files() -> None:
    root = Path(settings.MEDIA_ROOT)
    if root.exists() and any(root.iterdir()):
        told = _(
            "The folder of files %(folder)s is not empty. Files are restored into an empty one, never over others."
        )
        raise BackupRefused(told % {"folder": root})


def _require_known_migrations(manifest: dict[str, Any]) -> None:
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    unknown = [f"{app}.{name}" for app, name in manifest["migrations"] if (app, name) not in known]
    if unknown:
        told = _(
            "The archive was made by another release, whose migrations this one does not know (%(names)s). "
            "Restore it with the release that made it, then upgrade. Nothing was restored."
        )
        raise BackupRefused(told % {"names": ", ".join(unknown[:3])})


def _compare(manifest: dict[str, Any]) -> None:
    with database.own_connection() as own:
        found = {name: asdict(table) for name, table in database.measured(own).items()}
    wrong = sorted(name for name in {*found, *manifest["tables"]} if found.get(name) != manifest["tables"].get(name))
    if wrong:
        told = _(
            "The tables %(names)s do not hold what they held when the archive was made. "
            "Do not use this database: drop it and restore anew, or take another archive."
        )
        raise BackupRefused(told % {"names": ", ".join(wrong[:5])})


def _put_files_back(unpacked: Path) -> None:
    """The folder of files appears whole, by one rename on the same disk."""
    root = Path(settings.MEDIA_ROOT)
    unpacked.mkdir(exist_ok=True)  # an archive may hold no file at all
    try:
        if root.exists():
            root.rmdir()
        shutil.copymode(root.parent, unpacked)
        unpacked.rename(root)
    except OSError as error:
        told = _(
            "The database is restored, but the files could not be moved to %(folder)s: %(problem)s. "
            "Drop the database, make the folder's parent writable, and restore anew."
        )
        raise BackupRefused(told % {"folder": root, "problem": error.strerror}) from error


def _try_rights(application: dict[str, Any]) -> None:
    """A restore without owners and rights ends in "permission denied" unless they are given anew: given, then tried."""
    wrong = database.rights_missing(settings.APP_ROLE, list(grants.wanted()))
    if wrong:
        told = _("The role “%(role)s” has not the rights it should have: %(names)s. Run: manage.py migrate")
        raise BackupRefused(told % {"role": settings.APP_ROLE, "names": ", ".join(wrong[:5])})
    parameters = {"dbname": connection.settings_dict["NAME"], "user": application["USER"]}
    for name, key in (("password", "PASSWORD"), ("host", "HOST"), ("port", "PORT")):
        if application.get(key):
            parameters[name] = application[key]
    try:
        database.try_as_application(parameters)
    except psycopg.Error as error:
        told = _("All is restored, but the portal’s own role cannot work with it. PostgreSQL says: %(problem)s")
        raise BackupRefused(told % {"problem": str(error).strip()}) from error
