"""Which backups there are, when the last one was made, and when one was last restored to see whether it holds.

All of it is read from the folder: it is true whatever database is served, and a restored database claims nothing.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

LATE = dt.timedelta(hours=36)  # a nightly backup that failed once is told before the second night
TRY_AGAIN = dt.timedelta(days=92)  # an archive nobody has restored for a quarter is a hope
_NAME = re.compile(r"portail-(\d{8}-\d{6})\.tar(?:\.age)?")
_STAMP = "%Y%m%d-%H%M%S"
NOTE = ".restored.json"


@dataclass(frozen=True)
class Status:
    """`folder` is None where no folder is set; `fault` says why the folder cannot be read."""

    folder: Path | None
    last: dt.datetime | None = None
    restored: dt.datetime | None = None
    fault: str = ""

    def is_late(self, now: dt.datetime) -> bool:
        return self.last is None or now - self.last > LATE

    def is_untried(self, now: dt.datetime) -> bool:
        return self.restored is None or now - self.restored > TRY_AGAIN


def file_name(now: dt.datetime, *, encrypted: bool) -> str:
    return f"portail-{now.astimezone(dt.UTC):{_STAMP}}.tar{'.age' if encrypted else ''}"


def made_at(path: Path) -> dt.datetime | None:
    """The moment an archive was begun, from its name; None for what is no archive of ours."""
    found = _NAME.fullmatch(path.name)
    return dt.datetime.strptime(found[1], _STAMP).replace(tzinfo=dt.UTC) if found else None


def archives(folder: Path) -> list[tuple[dt.datetime, Path]]:
    """Newest first."""
    found = [(moment, path) for path in folder.iterdir() if (moment := made_at(path))]
    return sorted(found, reverse=True)


def status() -> Status:
    folder = settings.BACKUP_FOLDER
    if folder is None:
        return Status(None)
    try:
        found = archives(folder)
        notes = [_restored_at(path) for path in folder.glob(f"portail-*{NOTE}")]
    except OSError as error:
        return Status(folder, fault=error.strerror or type(error).__name__)
    return Status(folder, last=found[0][0] if found else None, restored=max(filter(None, notes), default=None))


def _restored_at(note: Path) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(json.loads(note.read_text())["restored_at"])
    except (ValueError, KeyError, TypeError):
        return None


def note_of(archive: Path) -> Path:
    return archive.with_name(archive.name + NOTE)


def note_restored(archive: Path, *, now: dt.datetime, rows: int, files: int) -> bool:
    """Written beside the archive; False where that folder takes nothing, as a read-only copy does."""
    text = json.dumps({"restored_at": now.isoformat(), "rows": rows, "files": files})
    try:
        note_of(archive).write_text(text + "\n")
    except OSError:
        return False
    return True
