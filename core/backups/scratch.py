"""Folders in which a backup or a restore works, each held by its process: what a killed one left goes at the next."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_HELD = ".held"


@contextmanager
def held(folder: Path, prefix: str) -> Iterator[Path]:
    """A new folder below `folder`, private to this process; those of the same prefix that nobody holds are removed.

    The system lets go of the lock with the process, however that one ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{prefix}*"):
        _remove_unheld(old)
    path, lock = _made(folder, prefix)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        lock.close()


def _made(folder: Path, prefix: str) -> tuple[Path, IO[str]]:
    while True:
        path = Path(tempfile.mkdtemp(prefix=prefix, dir=folder))
        try:
            lock = (path / _HELD).open("a")
        except FileNotFoundError:
            continue  # another process took it for a leftover before it was held
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return path, lock
        lock.close()


def _remove_unheld(path: Path) -> None:
    try:
        with (path / _HELD).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)
    except OSError:
        pass  # held by another process, gone already, or not ours to remove
