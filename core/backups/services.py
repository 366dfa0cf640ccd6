"""Making a backup: one snapshot of the database, then the files, which are written once and never changed."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from core.backups import archive, database, history, keeping
from core.backups.errors import BackupRefused

# Addresses of this very machine, and what belongs to its start: another machine has its own.
_OF_THE_MACHINE = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "PORTAL_STATE_DIR", "PORTAL_WORKER_POOL"}
_SECRET = ("SECRET", "PASSWORD", "EMAIL_URL", "_DSN")
_SCRATCH = ".backup-scratch-"
_UNFINISHED = (".incoming-", ".part")


@dataclass(frozen=True)
class Made:
    """A finished archive. `missing`: files that the database names and the disk does not have."""

    path: Path
    size: int
    rows: int
    files: int
    missing: list[str] = field(default_factory=list)
    removed: list[Path] = field(default_factory=list)


def make(*, folder: Path, recipient: str, rule: keeping.Rule | None, now: dt.datetime) -> Made:
    """Writes one archive into `folder`, then removes what `rule` no longer keeps. Raises BackupRefused.

    Written beside its place and renamed when whole: what bears the name of an archive is one.
    """
    with _alone_in(folder), _scratch() as scratch:
        target = folder / history.file_name(now, encrypted=bool(recipient))
        unfinished = folder / f".{target.name}.unfinished"
        unfinished.unlink(missing_ok=True)
        try:
            tables = database.dump(scratch / archive.DATABASE)
            missing = _missing_files()
            with archive.sink(unfinished, recipient) as output:
                writer = archive.Writer(output)
                writer.add(archive.DATABASE, scratch / archive.DATABASE)
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
        removed = keeping.forget_old(folder, rule) if rule else []
    rows = sum(table.rows for table in tables.values())
    files = sum(name.startswith(archive.MEDIA) for name in manifest["files"])
    return Made(target, target.stat().st_size, rows, files, missing, removed)


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


@contextmanager
def _scratch() -> Iterator[Path]:
    """Where the dump lies before it is packed: on the portal's own disk, as private as the files beside it."""
    settings.STATE_DIR.mkdir(parents=True, exist_ok=True)
    for old in settings.STATE_DIR.glob(f"{_SCRATCH}*"):
        shutil.rmtree(old, ignore_errors=True)  # of one that was killed: the lock says that nobody uses it
    with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=settings.STATE_DIR) as path:
        yield Path(path)


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
            name, value = name.removesuffix("_FILE"), Path(value).read_text().strip()  # noqa: PLW2901
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
