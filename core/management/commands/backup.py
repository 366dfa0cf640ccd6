"""`python manage.py backup`: one archive with the database, the files and the settings; see docs/operations.md.

Runs as the application's role, beside the running portal, which it does not stop. Without `--folder` it writes to
PORTAL_BACKUP_FOLDER and removes what PORTAL_BACKUP_KEEP no longer keeps there.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from core.backups import services
from core.backups.errors import BackupRefused
from core.backups.keeping import Rule
from core.formatting.dates import file_size


class Command(BaseCommand):
    help = "Writes everything the portal keeps into one archive."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, help="another folder than PORTAL_BACKUP_FOLDER; nothing goes there")

    def handle(self, *args: Any, folder: Path | None, **options: Any) -> None:
        target = folder or settings.BACKUP_FOLDER
        if target is None:
            raise CommandError(_("Say where to: --folder, or the variable PORTAL_BACKUP_FOLDER."))
        rule = None if folder else Rule(*settings.BACKUP_KEEP)
        try:
            made = services.make(
                folder=target.absolute(), recipient=settings.BACKUP_RECIPIENT, rule=rule, now=timezone.now()
            )
        except BackupRefused as refused:
            raise CommandError(str(refused)) from None
        facts = {"path": made.path, "size": file_size(made.size), "rows": made.rows, "files": made.files}
        self.stdout.write(_("Backup made: %(path)s (%(size)s; rows: %(rows)s; files: %(files)s).") % facts)
        if not settings.BACKUP_RECIPIENT:
            self.stdout.write(_("It is not encrypted, and holds no secret variable: keep PORTAL_SECRET_KEY elsewhere."))
        if made.missing:
            text = ngettext(
                "%(number)s file is named in the database and not on the disk: %(names)s",
                "%(number)s files are named in the database and not on the disk: %(names)s",
                len(made.missing),
            )
            self.stderr.write(text % {"number": len(made.missing), "names": ", ".join(made.missing[:5])})
        for path in made.removed:
            self.stdout.write(_("No longer kept: %(name)s") % {"name": path.name})
        for path in made.stuck:
            self.stderr.write(_("No longer to be kept, and it could not be removed: %(name)s") % {"name": path.name})
