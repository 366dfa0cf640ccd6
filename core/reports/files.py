"""Where finished reports lie, and how one comes to lie there whole or not at all."""

from __future__ import annotations

import hashlib
import logging
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.conf import settings

logger = logging.getLogger(__name__)
FOLDER = "reports"


def relative_path(public_id: uuid.UUID, suffix: str = "pdf") -> str:
    return f"{FOLDER}/{public_id.hex[:2]}/{public_id}.{suffix}"


def absolute_path(relative: str) -> Path:
    return Path(settings.MEDIA_ROOT) / relative


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def ready_file(public_id: uuid.UUID, token: uuid.UUID, write: Callable[[IO[bytes]], object]) -> Iterator[Path]:
    """A complete, synced file beside its final place; the block moves it there by `settle`, or it is removed.

    `write` fills it. Raises OSError (disk full, file too large) before the block is entered, with nothing left.
    """
    target = absolute_path(relative_path(public_id))
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{public_id}.{token.hex}.part")
    try:
        with part.open("xb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        yield part
    finally:
        part.unlink(missing_ok=True)


def settle(part: Path, public_id: uuid.UUID, suffix: str = "pdf") -> str:
    """Gives the file its final name, in one step and on disk; returns the name below MEDIA_ROOT."""
    relative = relative_path(public_id, suffix)
    target = absolute_path(relative)
    part.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return relative


def remove(relative: str) -> None:
    """A file that nothing leads to any more. One that the disk keeps is logged: it stops nothing, and is tried again."""
    try:
        absolute_path(relative).unlink(missing_ok=True)
    except OSError:
        logger.exception("The file %s could not be removed.", relative)


def sweep_parts(public_id: uuid.UUID) -> None:
    """Removes what attempts that were killed left of this report."""
    folder = absolute_path(relative_path(public_id)).parent
    with suppress(FileNotFoundError):
        for part in folder.glob(f"{public_id}.*.part"):
            part.unlink(missing_ok=True)
