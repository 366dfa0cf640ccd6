"""A look into ODF and OOXML files, which are ZIP archives: what they say they are, and what they must not hold.

Nothing is written to disk. Sizes are checked first as declared, then by reading every entry to its end, so
that an archive that lies about itself is refused too.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Collection
from typing import BinaryIO

from django.utils.translation import gettext as _

from core.files import xml
from core.files.kinds import OPENDOCUMENT, FileKind
from core.files.refusal import UploadRefused, damaged

MOST_ENTRIES = 5_000
MOST_UNPACKED = 200 * 1024 * 1024  # bytes
MOST_RATIO = 150  # unpacked to packed, asked of entries beyond `SMALL`
SMALL = 4 * 1024 * 1024  # bytes
_CHUNK = 256 * 1024
_PART = 2 * 1024 * 1024  # bytes read of a part that is searched
_ENCRYPTED = 0x1
_MACROS = re.compile(
    r"(^|/)(vbaproject[^/]*\.bin|vbadata\.xml|macrosheets?/.*|activex/.*|basic/.*|scripts/.*)$", re.IGNORECASE
)
_MACRO_TYPES = re.compile(rb"macroenabled|ms-excel\.macrosheet|vbaproject|intlmacrosheet", re.IGNORECASE)
_REMOTE_TEMPLATE = re.compile(rb"<[^>]*/attachedTemplate\"[^>]*>", re.IGNORECASE)


def look_into(file: BinaryIO, kinds: Collection[FileKind]) -> FileKind | None:
    """The kind the archive says it is, None where it is none of `kinds`. Raises UploadRefused."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check_entries(archive)
            found = _kind(archive, kinds)
            if found is not None:
                _read_to_the_end(archive)
                _refuse_programs(archive, found)
                _refuse_document_types(archive)
            return found
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError, OSError) as error:
        raise damaged() from error


def _check_entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    bomb = UploadRefused(_("This file would unpack to far too much; it was not opened."), "bomb")
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise bomb
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise bomb
        if entry.flag_bits & _ENCRYPTED:
            raise UploadRefused(_("This file is protected by a password; send it without one."), "encrypted")
    if len(set(names)) != len(names) or any(_leaves(name) for name in names):
        raise damaged()


def _leaves(name: str) -> bool:
    """Whether an entry would be unpacked outside of where one unpacks."""
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]


def _kind(archive: zipfile.ZipFile, kinds: Collection[FileKind]) -> FileKind | None:
    names = archive.namelist()
    if "mimetype" in names:
        said = _part(archive, "mimetype").decode("ascii", "replace").strip()
        return next((kind for kind in kinds if kind in OPENDOCUMENT and kind.inner_type == said), None)
    if "[Content_Types].xml" not in names:
        return None
    types = xml.in_utf8(_part(archive, "[Content_Types].xml"))
    if _MACRO_TYPES.search(types):
        raise _macros()
    found = [kind for kind in kinds if kind.inner_type and f'"{kind.inner_type}"'.encode() in types]
    return found[0] if len(found) == 1 else None


def _read_to_the_end(archive: zipfile.ZipFile) -> None:
    """Checks every entry's size and checksum as it really is."""
    total = 0
    for entry in archive.infolist():
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                total += len(chunk)
                if total > MOST_UNPACKED:
                    raise UploadRefused(_("This file would unpack to far too much; it was not opened."), "bomb")


def _refuse_document_types(archive: zipfile.ZipFile) -> None:
    """OpenOffice 1 to 3 declared one in its list of files, which is only searched here; pictures may have one."""
    for name in archive.namelist():
        part = _part(archive, name)
        if name != "META-INF/manifest.xml" and not name.lower().endswith(".svg") and xml.is_meant(name, part):
            xml.refuse_document_type(part)


def _refuse_programs(archive: zipfile.ZipFile, kind: FileKind) -> None:
    if any(_MACROS.search(name) for name in archive.namelist()):
        raise _macros()
    if kind in OPENDOCUMENT:
        if b"encryption-data" in xml.in_utf8(_part(archive, "META-INF/manifest.xml")):
            raise UploadRefused(_("This file is protected by a password; send it without one."), "encrypted")
        return
    for name in archive.namelist():
        if name.endswith(".rels"):
            for link in _REMOTE_TEMPLATE.findall(xml.in_utf8(_part(archive, name))):
                if re.search(rb"\bTarget\s*=\s*[\"'](https?:|ftp:|\\\\|//)", link, re.IGNORECASE):
                    raise UploadRefused(
                        _("This document loads its template from elsewhere; save it without that template."), "remote"
                    )


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """An entry's bytes, at most `_PART` of them; b"" where it is missing."""
    try:
        with archive.open(name) as part:
            return part.read(_PART)
    except KeyError:
        return b""


def _macros() -> UploadRefused:
    return UploadRefused(_("This file holds macros; save it without them (.docx, .xlsx, .pptx, .odt…)."), "macros")
