"""`python manage.py restore ARCHIVE`: brings a backup back into an empty database; see docs/operations.md.

Runs as the database's owner. `--try` restores into a database and a folder made for it, compares, and removes them
again: nothing of the running portal is touched, and the archive is known to hold.
"""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.backups import database, history, restoring, scratch
from core.backups.errors import BackupRefused
from core.variables import resolved

_ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_APP_URL")


class Command(BaseCommand):
    help = "Brings a backup back into an empty database, and checks it."
    requires_system_checks: list[str] = []  # they may ask the database, which is empty

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path, nargs="?", help="default: the newest in PORTAL_BACKUP_FOLDER")
        parser.add_argument("--identity", type=Path, help="file with the age key that opens an encrypted archive")
        parser.add_argument("--try", action="store_true", dest="trial", help="restore aside, compare, remove again")

    def handle(self, *args: Any, archive: Path | None, identity: Path | None, trial: bool, **options: Any) -> None:
        path = (archive or self._newest()).absolute()
        try:
            if trial:
                self._try(path, identity)
            else:
                self._restore(path, identity)
        except BackupRefused as refused:
            raise CommandError(str(refused)) from None

    def _newest(self) -> Path:
        found = history.archives(settings.BACKUP_FOLDER) if settings.BACKUP_FOLDER else []
        if not found:
            raise CommandError(_("Say which archive."))
        return found[0][1]

    def _restore(self, path: Path, identity: Path | None) -> None:
        restored = restoring.restore(path=path, identity=identity, now=timezone.now())
        facts = {
            "moment": date_format(timezone.localtime(restored.made_at), "DATETIME_FORMAT"),
            "tables": restored.tables,
            "rows": restored.rows,
            "files": restored.files,
        }
        told = _(
            "Restored as it stood on %(moment)s, and compared: tables: %(tables)s; rows: %(rows)s; files: %(files)s."
        )
        self.stdout.write(told % facts)
        if restored.one_role:
            self.stdout.write(_("The portal runs as the owner of the database here: no right had to be given."))
        else:
            self.stdout.write(_("The role of the portal has its rights; a sign-in was tried with them."))
        for sentence in restored.said:
            self.stdout.write(sentence)
        if not restored.noted:
            self.stdout.write(
                _("That it was restored could not be noted beside the archive: its folder takes nothing.")
            )

    def _try(self, path: Path, identity: Path | None) -> None:
        with scratch.held(settings.STATE_DIR, ".trial-") as state, database.for_a_trial() as name:
            code = self._run_in(name, state, path, identity)
        if code:
            raise CommandError(_("The archive does not hold: see above. The running portal was not touched."))
        self.stdout.write(_("The archive holds. What was made to try it is removed."))

    def _run_in(self, name: str, state: Path, path: Path, identity: Path | None) -> int:
        """Each address of the child names the trial's database, also one that stands in a file."""
        environment = resolved((*_ADDRESSES, "PORTAL_STATE_DIR"), os.environ) | {"PORTAL_STATE_DIR": str(state)}
        environment |= {key: _named(environment[key], name) for key in _ADDRESSES if environment.get(key)}
        if environment.get("DATABASE_APP_URL"):  # `manage.py` put the owner in its place
            environment["DATABASE_URL"] = environment["DATABASE_APP_URL"]
        command = [sys.executable, "manage.py", "restore", str(path)]
        command += ["--identity", str(identity.absolute())] if identity else []
        self.stdout.flush()
        return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=False).returncode


def _named(address: str, name: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
