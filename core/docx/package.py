"""The parts of a .docx: XML files in a ZIP archive, each read once, none larger than a person writes."""

from __future__ import annotations

import re
import zipfile
from functools import cached_property
from typing import BinaryIO
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from core.files import xml
from core.files.refusal import UploadRefused, damaged

MOST_PART = 8 * 1024 * 1024
"""Bytes of one XML part: some 400 pages of text. Pictures are not read and may be larger."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXTS = re.compile(r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*|styles)\d*\.xml")


class Package:
    """A .docx whose archive is sound; `text_parts` are those that hold what people wrote, by name."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        self.file = file
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            large = [name for name in names if name.endswith(".xml") and archive.getinfo(name).file_size > MOST_PART]
            if large:
                raise UploadRefused(_("This document is too long to be taken over at once: divide it."), "size")
            texts = {name: archive.read(name) for name in names if name.endswith((".xml", ".rels"))}
        for content in texts.values():
            xml.refuse_document_type(content)
        self._raw = {name: content for name, content in texts.items() if _TEXTS.fullmatch(name)}

    @cached_property
    def text_parts(self) -> dict[str, ET.Element]:
        try:
            return {
                name: ET.fromstring(content)  # noqa: S314 (nothing with a document type comes this far)
                for name, content in sorted(self._raw.items())
            }
        except ET.ParseError as error:
            raise damaged() from error


def words_of(element: ET.Element, tag: str = "t") -> str:
    """The words under `element`: those of `w:t`, or of `w:delText`; paragraphs and breaks make a space."""
    parts: list[str] = []
    for child in element.iter():
        if child.tag == f"{W}{tag}":
            parts.append(child.text or "")
        elif child.tag in (f"{W}p", f"{W}br", f"{W}tab"):
            parts.append(" ")
    return " ".join("".join(parts).split())
