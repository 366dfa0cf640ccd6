"""Making a backup: one snapshot of the database, then the files, which are written once and never changed."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from core.backups import archive, database, history, keeping, scratch
from core.backups.errors import BackupRefused
from core.variables import given

# Addresses of this very machine, and what belongs to its start: another machine has its own.
_OF_THE_MACHINE = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "PORTAL_STATE_DIR", "PORTAL_WORKER_POOL"}
_SECRET = ("SECRET", "PASSWORD", "EMAIL_URL", "_DSN")
_SCRATCH = ".backup-scratch-"  # the dump before it is packed: on the portal's own disk, as private as the files
_BEING_WRITTEN = ".unfinished"
_UNFINISHED = (".incoming-", ".part")


@dataclass(frozen=True)
class Made:
    """A finished archive. `missing`: files that the database names and the disk does not have.

    `stuck`: archives that the rule no longer keeps and that could not be removed.
    """

    path: Path
    size: int
    rows: int
    files: int
    missing: list[str] = field(default_factory=list)
    removed: list[Path] = field(default_factory=list)
    stuck: list[Path] = field(default_factory=list)


def make(*, folder: Path, recipient: str, rule: keeping.Rule | None, now: dt.datetime) -> Made:
    """Writes one archive into `folder`, then removes what `rule` no longer keeps. Raises BackupRefused.

    Written beside its place and renamed when whole: what bears the name of an archive is one.
    """
    with _alone_in(folder), scratch.held(settings.STATE_DIR, _SCRATCH) as work:
        _remove_unfinished(folder)
        target = folder / history.file_name(now, encrypted=bool(recipient))
        unfinished = folder / f".{target.name}{_BEING_WRITTEN}"
        try:
            tables = database.dump(work / archive.DATABASE)
            missing = _missing_files()
            with archive.sink(unfinished, recipient) as output:
                writer = archive.Writer(output)
                if not writer.add(archive.DATABASE, work / archive.DATABASE):
                    raise BackupRefused(_("PostgreSQL’s pg_dump wrote no file: there is no backup."))
                writer.add_text(archive.SETTINGS, _settings(with_secrets=bool(recipient)))
                for name, path in _media():
                    writer.add(name, path)
                facts = {
                    "made_at": now.isoformat(),
                    "base_url": settings.BASE_URL,
                    "postgresql": database.server_version(),
                    "migrations": database.applied_migrations(),
                    "tables": {name: asdict(table) for name, table in tables.items()},
                    "missing": missing,
                }
                manifest = writer.finish(facts)
            unfinished.replace(target)
            _sync(folder)
        except OSError as error:
            told = _("The archive cannot be written to %(folder)s: %(problem)s.")
            raise BackupRefused(told % {"folder": folder, "problem": error.strerror or error}) from error
        finally:
            unfinished.unlink(missing_ok=True)
        removed, stuck = keeping.forget_old(folder, rule) if rule else ([], [])
    rows = sum(table.rows for table in tables.values())
    files = sum(name.startswith(archive.MEDIA) for name in manifest["files"])
    return Made(target, target.stat().st_size, rows, files, missing, removed, stuck)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (folder / ".lock").open("a")
    except OSError as error:
        told = _("The archive cannot be written to %(folder)s: %(problem)s.")
        raise BackupRefused(told % {"folder": folder, "problem": error.strerror}) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRefused(_("Another backup is being written to %(folder)s.") % {"folder": folder}) from None
        yield


def _remove_unfinished(folder: Path) -> None:
    """What a backup that was killed left beside the archives: the lock on the folder says that nobody writes it."""
    for old in folder.glob(f".portail-*{_BEING_WRITTEN}"):
        old.unlink(missing_ok=True)


def _media() -> Iterator[tuple[str, Path]]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.name.startswith(_UNFINISHED[0]) and path.suffix != _UNFINISHED[1]:
            yield archive.MEDIA + path.relative_to(root).as_posix(), path


def _missing_files() -> list[str]:
    root = Path(settings.MEDIA_ROOT)
    missing = set()
    for model in apps.get_models():
        for field_ in model._meta.local_fields:
            if isinstance(field_, models.FileField):
                named = model._base_manager.exclude(**{field_.name: ""}).values_list(field_.name, flat=True)
                missing |= {name for name in named if name and not (root / name).exists()}
    return sorted(missing)


def _settings(*, with_secrets: bool) -> str:
    """The portal's variables, for the machine on which it comes back. Secrets only where the archive is encrypted."""
    lines = [
        "# The portal's variables when this archive was made. Addresses of database and Redis are the machine's own."
    ]
    for name, value in sorted(os.environ.items()):
        if not name.startswith("PORTAL_") or name in _OF_THE_MACHINE or name.startswith("PORTAL_TEST_"):
            continue
        if name.endswith("_FILE") and with_secrets:
            name = name.removesuffix("_FILE")  # noqa: PLW2901
            value = given(name)  # noqa: PLW2901
        if any(word in name for word in _SECRET) and not with_secrets:
            lines.append(f"# {name} is secret and not in an archive without encryption: give it yourself.")
        else:
            lines.append(f"{name}={value}")
    return "\n".join(lines) + "\n"


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
