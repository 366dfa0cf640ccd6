"""Documents of an initiative: a file or a link, who may read it; added and taken away by who keeps the initiative."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from core import files
from core.accounts import rights
from core.files import CheckedUpload
from funding.models import Initiative, InitiativeDocument

if TYPE_CHECKING:
    from core.accounts.models import User

EDIT = "funding.edit_initiative"


@transaction.atomic
def add_document(
    *,
    initiative: Initiative,
    title: str,
    upload: CheckedUpload | None,
    link: str,
    is_reserved: bool,
    by: User,
    now: dt.datetime,
) -> InitiativeDocument:
    """Raises `ValidationError`, `UploadRefused` (disk full), `PermissionRefused`."""
    rights.check_for_writing(by, EDIT, initiative)
    document = InitiativeDocument(
        initiative=initiative,
        title=title,
        file=files.store(file=upload, by=by, now=now) if upload else None,
        link=link,
        is_reserved=is_reserved,
    )
    document.full_clean()
    document.save()
    return document


@transaction.atomic
def set_audience(*, document: InitiativeDocument, is_reserved: bool, by: User) -> InitiativeDocument:
    rights.check_for_writing(by, EDIT, document.initiative)
    document = InitiativeDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    document.is_reserved = is_reserved
    document.full_clean()
    document.save()
    return document


@transaction.atomic
def remove_document(*, document: InitiativeDocument, by: User) -> None:
    """The bytes stay on the disk, out of reach."""
    rights.check_for_writing(by, EDIT, document.initiative)
    InitiativeDocument.objects.filter(pk=document.pk).delete()
