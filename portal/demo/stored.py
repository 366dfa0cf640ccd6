"""Puts the files that the demonstration makes where uploaded ones lie."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core.models import StoredFile, storage_name
from portal.demo.context import DemoContext

if TYPE_CHECKING:
    from core.accounts.models import User


def store(
    context: DemoContext,
    public_id: uuid.UUID,
    *,
    content: bytes,
    content_type: str,
    name: str,
    by: User,
    at: dt.datetime,
) -> StoredFile:
    """The stored file `public_id`; written where it is not there yet."""
    path = storage_name(StoredFile(public_id=public_id), "")
    if not StoredFile.objects.filter(public_id=public_id).exists() and default_storage.exists(path):
        default_storage.delete(path)  # left by a load that was undone
    return context.add(
        StoredFile,
        {"public_id": public_id},
        file=ContentFile(content, name=public_id.hex),
        original_name=name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        uploaded_at=at,
    )
