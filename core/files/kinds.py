"""The kinds of files the portal takes, and how their first bytes look."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_OOXML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class FileKind:
    """`inner_type` is what an archive says of itself: ODF's mimetype, OOXML's type of the main part."""

    name: str
    label: str | Promise = field(compare=False)  # its hash would be another one in each language
    extensions: tuple[str, ...]  # the first is the ordinary one
    content_type: str
    inner_type: str = ""
    shows_inline: bool = False  # a browser may show it without running anything

    def __str__(self) -> str:
        return f"{self.label} (.{self.extensions[0]})"


PDF = FileKind("pdf", _("PDF document"), ("pdf",), "application/pdf", shows_inline=True)
PNG = FileKind("png", _("PNG image"), ("png",), "image/png", shows_inline=True)
JPEG = FileKind("jpeg", _("JPEG image"), ("jpg", "jpeg"), "image/jpeg", shows_inline=True)
WEBP = FileKind("webp", _("WebP image"), ("webp",), "image/webp", shows_inline=True)


def _opendocument(extension: str, label: str | Promise, name: str) -> FileKind:
    content_type = f"application/vnd.oasis.opendocument.{name}"
    return FileKind(extension, label, (extension,), content_type, content_type)


def _ooxml(extension: str, label: str | Promise, name: str, main: str) -> FileKind:
    return FileKind(extension, label, (extension,), f"{_OOXML}{name}", f"{_OOXML}{main}.main+xml")


OPENDOCUMENT = frozenset(
    {
        _opendocument("odt", _("OpenDocument text"), "text"),
        _opendocument("ods", _("OpenDocument spreadsheet"), "spreadsheet"),
        _opendocument("odp", _("OpenDocument presentation"), "presentation"),
    }
)
OOXML = frozenset(
    {
        _ooxml("docx", _("Word document"), "wordprocessingml.document", "wordprocessingml.document"),
        _ooxml("xlsx", _("Excel workbook"), "spreadsheetml.sheet", "spreadsheetml.sheet"),
        _ooxml("pptx", _("PowerPoint presentation"), "presentationml.presentation", "presentationml.presentation"),
    }
)
DOCUMENTS = frozenset({PDF}) | OPENDOCUMENT | OOXML
IMAGES = frozenset({PNG, JPEG, WEBP})
ARCHIVES = OPENDOCUMENT | OOXML

ZIP_START = b"PK\x03\x04"
OLD_OFFICE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, .xls, .ppt, and OOXML under a password
HEAD = 16  # bytes that tell the kinds apart


def by_head(head: bytes) -> FileKind | None:
    """The kind that `head` (the first bytes) announces; an archive has to be opened."""
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return None
