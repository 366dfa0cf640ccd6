"""Keeping a checked file."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import logging

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.models import User
from core.files.refusal import UploadRefused
from core.files.validate import CheckedUpload
from core.models import StoredFile

logger = logging.getLogger(__name__)
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@transaction.atomic
def store(*, file: CheckedUpload, by: User | None, now: dt.datetime) -> StoredFile:
    """Keeps the bytes under a random name and returns their row. Raises UploadRefused where the disk is full.

    A transaction that is rolled back later leaves the bytes without a row; nobody can reach them.
    """
    stored = StoredFile(
        original_name=file.name,
        content_type=file.kind.content_type,
        size=file.size,
        sha256=sha256_of(file.file),
        uploaded_by=by,
        uploaded_at=now,
    )
    stored.full_clean(exclude=["file"])
    file.file.seek(0)
    try:
        stored.file.save(file.name, file.file, save=False)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        logger.exception("No room to store a file of %s bytes", file.size)
        raise UploadRefused(_("The portal has no room left for this file. Tell the administrators."), "room") from error
    stored.save()
    return stored


def remove(stored: StoredFile) -> None:
    """Takes away the row, which nothing may point to any more, and the bytes.

    The bytes first: where the disk refuses (OSError) the row stays, and whoever tries again finds it.
    """
    stored.file.storage.delete(stored.file.name)
    stored.delete()


def remove_on_commit(stored: StoredFile) -> None:
    """As `remove`, in a transaction that may still fail: the bytes go once it stands; a refusal of the disk is logged."""
    storage, name = stored.file.storage, stored.file.name
    stored.delete()
    transaction.on_commit(lambda: storage.delete(name), robust=True)


def sha256_of(file: File) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
