"""Starting the programs that do the work: pg_dump, pg_restore, age."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

from django.db import connection
from django.utils.translation import gettext as _
from psycopg.conninfo import make_conninfo

from core.backups.errors import BackupRefused

_NOT_LIBPQ = {"cursor_factory", "context", "prepare_threshold", "password"}


def path_of(program: str, package: str) -> str:
    found = shutil.which(program)
    if found is None:
        told = _("The program “%(program)s” is missing. On Debian: apt-get install %(package)s")
        raise BackupRefused(told % {"program": program, "package": package})
    return found


def database_address() -> str:
    """The portal's database as libpq writes it, without the password: other users of the machine see arguments."""
    parameters = connection.get_connection_params()
    return make_conninfo(**{name: value for name, value in parameters.items() if name not in _NOT_LIBPQ})


def database_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    password = connection.settings_dict["PASSWORD"]
    return kept | ({"PGPASSWORD": password} if password else {})


def run(arguments: Sequence[object], *, what: str, environment: dict[str, str] | None = None) -> None:
    """Raises BackupRefused with the program's own last words where it fails."""
    done = subprocess.run(
        [str(word) for word in arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise BackupRefused(f"{what}\n{last_words(done.stderr)}")


def last_words(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-5:])
