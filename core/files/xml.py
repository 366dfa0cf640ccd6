"""XML inside of documents, looked at before anything reads it: its encoding, and that it declares no document type."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from core.files.refusal import damaged

_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # marks of an encoding, empty bytes of a wide one, blanks


def is_meant(name: str, part: bytes) -> bool:
    """Whether a part is XML by its name, or by how it starts: a document may name its parts as it likes."""
    return bool(part) and (name.lower().endswith((".xml", ".rels")) or part[:64].lstrip(_BEFORE_XML).startswith(b"<"))


def in_utf8(part: bytes) -> bytes:
    """`part` where a search for bytes finds what it says; XML may be written in UTF-16."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        return part.decode("utf-16", "replace").encode()
    if part.startswith((b"<\0", b"\0<")):
        return part.decode("utf-16-le" if part[1:2] == b"\0" else "utf-16-be", "replace").encode()
    return part


def refuse_document_type(part: bytes) -> None:
    """Raises UploadRefused where `part` declares a document type, whose entities may swell or reach out.

    The parser decodes; it is stopped at the first element, since a declaration can only stand before it. What it
    cannot read is refused as well: another reader might.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _stop(_Declared)
    parser.StartElementHandler = _stop(_Begun)
    try:
        parser.Parse(part, False)
    except _Begun:
        return
    except (_Declared, expat.ExpatError) as error:
        raise damaged() from error
    raise damaged()  # nothing began within what was handed in


class _Begun(Exception):
    """The first element."""


class _Declared(Exception):
    """A document type."""


def _stop(reason: type[Exception]) -> Callable[..., None]:
    def handler(*args: object) -> None:
        raise reason

    return handler
