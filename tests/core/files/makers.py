"""Small files of every kind, made in memory: good ones, and each thing that may be wrong with one."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
_MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation.main+xml"),
}
_ODF = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}
Parts = Mapping[str, bytes]


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def archive(parts: Parts, *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", compression) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return output.getvalue()


def ooxml(extension: str, extra: Parts | None = None, *, main_type: str = "") -> bytes:
    part, inner = _MAIN[extension]
    content_type = main_type or f"application/vnd.openxmlformats-officedocument.{inner}"
    types = f'<Types><Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    return archive({"[Content_Types].xml": types.encode(), part: b"<x/>", **(extra or {})})


def opendocument(extension: str, extra: Parts | None = None, *, manifest: bytes = b"<manifest/>") -> bytes:
    said = f"application/vnd.oasis.opendocument.{_ODF[extension]}"
    parts = {"mimetype": said.encode(), "content.xml": b"<x/>", "META-INF/manifest.xml": manifest}
    return archive({**parts, **(extra or {})})


def image(kind: str, *, size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    output = io.BytesIO()
    Image.new(mode, size).save(output, kind, **options)
    return output.getvalue()


def png_bomb(side: int) -> bytes:
    """A PNG of a few bytes that says it is `side` pixels wide and high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def good(extension: str) -> bytes:
    """A file of each kind that is taken."""
    if extension == "pdf":
        return PDF
    if extension in _MAIN:
        return ooxml(extension)
    if extension in _ODF:
        return opendocument(extension)
    return image({"jpg": "JPEG", "jpeg": "JPEG"}.get(extension, extension.upper()))
