"""Whether a file may be taken: what it is, by content and by name, and how large."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from core.files import kinds, names
from core.files.archives import look_into
from core.files.images import LONGEST_SIDE, redraw
from core.files.kinds import ARCHIVES, DOCUMENTS, IMAGES, PDF, FileKind
from core.files.refusal import UploadRefused
from core.formatting.dates import file_size

__all__ = ["CheckedUpload", "UploadRefused", "validate_upload"]
_TAIL = 2048  # bytes at the end of a PDF in which its end mark stands


@dataclass(frozen=True)
class CheckedUpload:
    """A file that may be stored: its clean name, what it is, and the bytes to keep."""

    name: str
    kind: FileKind
    file: File

    @property
    def size(self) -> int:
        return self.file.size


def validate_upload(
    file: File,
    allowed: Collection[FileKind] = DOCUMENTS | IMAGES,
    *,
    most: int | None = None,
    longest: int = LONGEST_SIDE,
) -> CheckedUpload:
    """Checks `file` (as Django hands over an upload) and returns what to store.

    `most` is in bytes, `longest` the longer side of what is kept of a picture, in pixels.

    Raises UploadRefused (a ValidationError), whose code is one of: empty, size, type, extension, damaged,
    encrypted, macros, remote, bomb, pixels.
    """
    most = settings.UPLOAD_MAX_BYTES if most is None else most
    name = names.clean(file.name or "")
    if not file.size:
        raise UploadRefused(_("This file is empty."), "empty")
    if file.size > most:
        raise UploadRefused(
            _("This file is too large: %(size)s, at most %(most)s."),
            "size",
            {"size": file_size(file.size), "most": file_size(most)},
        )
    kind = _kind_of(file, allowed)
    extension = names.split(name)[1]
    if kind is None and any(extension in each.extensions for each in allowed):
        raise UploadRefused(
            _("Whatever its name says, this is not a .%(extension)s file. Accepted: %(kinds)s."),
            "type",
            {"extension": extension, "kinds": _listed(allowed)},
        )
    if kind is None or kind not in allowed:
        raise UploadRefused(
            _("Files of this kind are not taken. Accepted: %(kinds)s."), "type", {"kinds": _listed(allowed)}
        )
    if extension not in kind.extensions:
        raise UploadRefused(
            _("The name does not fit the content: this is a file of the kind “%(kind)s”."), "extension", {"kind": kind}
        )
    if kind in IMAGES:
        return CheckedUpload(name, kind, redraw(file, kind, longest=longest))
    file.seek(0)
    return CheckedUpload(name, kind, file)


def _kind_of(file: File, allowed: Collection[FileKind]) -> FileKind | None:
    file.seek(0)
    head = file.read(kinds.HEAD)
    if head.startswith(kinds.OLD_OFFICE_START):
        raise UploadRefused(
            _("An old Office format, or a file under a password. Save it as .docx, .xlsx, .pptx or OpenDocument."),
            "type",
        )
    if head.startswith(kinds.ZIP_START):
        file.seek(0)
        return look_into(file, [kind for kind in ARCHIVES if kind in allowed])
    kind = kinds.by_head(head)
    if kind == PDF:
        _refuse_cut_pdf(file)
    return kind


def _refuse_cut_pdf(file: File) -> None:
    file.seek(max(0, file.size - _TAIL))
    if b"%%EOF" not in file.read(_TAIL):
        raise UploadRefused(_("This PDF is incomplete; send it again."), "damaged")


def _listed(allowed: Collection[FileKind]) -> str:
    return ", ".join(f".{extension}" for extension in sorted(kind.extensions[0] for kind in allowed))
