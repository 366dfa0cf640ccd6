"""A file on the disk, and on its way to a reader."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone

from core.files import UploadRefused, serve, store, validate_upload
from core.models import StoredFile
from tests.core.files.makers import PDF, good, upload
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def kept(name: str = "Compte rendu été.pdf", content: bytes = PDF) -> StoredFile:
    return store(file=validate_upload(upload(name, content)), by=UserFactory(), now=timezone.now())


def body(response: Any) -> bytes:
    try:
        return b"".join(response.streaming_content) if response.streaming else response.content
    finally:
        response.close()


def test_the_row_tells_what_the_disk_holds() -> None:
    stored = kept()
    assert Path(stored.file.path).read_bytes() == PDF
    assert (stored.original_name, stored.content_type, stored.size) == (
        "Compte rendu été.pdf",
        "application/pdf",
        len(PDF),
    )
    assert stored.sha256 == hashlib.sha256(PDF).hexdigest()


def test_nothing_the_sender_chose_reaches_the_disk() -> None:
    path = Path(kept("../../x.pdf").file.path)
    assert path.is_relative_to(Path(settings.MEDIA_ROOT) / "files")
    assert path.suffix == ""
    assert "x" not in path.name


def test_the_stored_image_is_the_redrawn_one() -> None:
    stored = kept("a.png", good("png") + b"hidden")
    assert b"hidden" not in Path(stored.file.path).read_bytes()
    assert stored.size == Path(stored.file.path).stat().st_size


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_told_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    before = files_on_disk()

    def full(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UploadRefused) as refused:
        kept()
    assert refused.value.code == "room"
    assert files_on_disk() == before
    assert not StoredFile.objects.exists()


def test_other_troubles_of_the_disk_are_not_the_senders(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(descriptor: int) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="broken"):
        kept()


def files_on_disk() -> list[str]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path) for path in root.rglob("*") if path.is_file()) if root.exists() else []


def test_a_name_that_is_taken_gets_another() -> None:
    first = default_storage.save("probe/a", ContentFile(b"1"))
    second = default_storage.save("probe/a", ContentFile(b"2"))
    assert first != second
    assert (Path(default_storage.path(first)).read_bytes(), Path(default_storage.path(second)).read_bytes()) == (
        b"1",
        b"2",
    )


def test_a_download_runs_nothing_in_the_browser() -> None:
    response = serve(kept(), request=RequestFactory().get("/"))
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Compte%20rendu%20%C3%A9t%C3%A9.pdf")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Type"] == "application/pdf"
    assert int(response["Content-Length"]) == len(PDF)
    assert "no-cache" in response["Cache-Control"]
    assert body(response) == PDF


def test_only_pdf_and_images_are_shown_in_the_browser() -> None:
    request = RequestFactory().get("/")
    shown = {
        extension: serve(kept(f"a.{extension}", good(extension)), request=request, inline=True)
        for extension in ("pdf", "png", "docx", "odt")
    }
    kinds = {extension: response["Content-Disposition"].split(";")[0] for extension, response in shown.items()}
    assert kinds == {"pdf": "inline", "png": "inline", "docx": "attachment", "odt": "attachment"}
    assert "sandbox" in shown["png"]["Content-Security-Policy"]
    assert "script-src" not in shown["pdf"]["Content-Security-Policy"]
    for response in shown.values():
        response.close()


def test_an_unchanged_file_is_not_sent_again() -> None:
    stored = kept()
    first = serve(stored, request=RequestFactory().get("/"))
    first.close()
    again = serve(stored, request=RequestFactory().get("/", headers={"If-None-Match": first["ETag"]}))
    assert (again.status_code, body(again)) == (304, b"")


def test_another_name_may_be_given() -> None:
    response = serve(kept(), request=RequestFactory().get("/"), filename="Session 21.pdf")
    assert response["Content-Disposition"] == 'attachment; filename="Session 21.pdf"'
    response.close()


def test_bytes_that_are_gone_are_told() -> None:
    stored = kept()
    Path(stored.file.path).unlink()
    with pytest.raises(Http404):
        serve(stored, request=RequestFactory().get("/"))
