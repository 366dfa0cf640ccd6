"""Materials whose text stands in the database as the worker leaves it there, without a worker and without bytes."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from core.file_texts.enums import TextState
from core.file_texts.models import FileText
from core.files.kinds import PDF, FileKind
from core.models import StoredFile
from sessions_app.models import Material, Session
from tests import factories


def file_with_text(*pages: str, kind: FileKind = PDF) -> StoredFile:
    now, number = timezone.now(), StoredFile.objects.count() + 1
    file = StoredFile.objects.create(
        original_name=f"{number}.{kind.name}",
        content_type=kind.content_type,
        size=9,
        sha256=f"{number:064}",
        file=f"files/{number}",
    )
    FileText.objects.create(
        file=file, state=TextState.READ, asked_at=now, read_at=now, pages=list(pages), is_paged=kind == PDF
    )
    return file


def material_with_text(session: Session, title: str, *pages: str, kind: FileKind = PDF, **given: Any) -> Material:
    return factories.MaterialFactory(
        session=session, title=title, link="", file=file_with_text(*pages, kind=kind), **given
    )
