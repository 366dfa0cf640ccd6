"""Reads the text of one file, as a program of its own: `program.py KIND PAGES SIGNS SECONDS BYTES < file`.

It is started in a process that may use so much time and memory and no more, knows nothing of the portal and gets none of
its secrets: whatever a file does to a reader ends here. It writes one JSON object a line, each page as soon as it is
read, so that what ends it early leaves what it had. Imports nothing of ours.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

MOST_OUTPUT = 64 * 1024 * 1024  # bytes written by this program
MOST_PART = 50 * 1024 * 1024  # bytes of one part of an archive, unpacked
PIECE = 2_500  # signs, after which a text without pages goes on in the next piece
LONGEST_PARAGRAPH = 8_000  # signs
_CHUNK = 256 * 1024
# What readers of PDF let through on one broken page; the next one may be whole.
FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError, RecursionError,
          TypeError, ValueError, zlib.error)  # fmt: skip


class Ended(Exception):
    """No more is read; the text is the remark, "" where the file was read to its end."""


class Output:
    def __init__(self, pages: int, signs: int) -> None:
        self._pages, self._signs = pages, signs

    def say(self, **fact: Any) -> None:
        sys.stdout.write(json.dumps(fact) + "\n")
        sys.stdout.flush()

    def page(self, text: str) -> None:
        """Raises `Ended` before the page that would be too many."""
        if self._pages == 0:
            raise Ended("pages")
        if self._signs <= 0:
            raise Ended("length")
        self.say(text=text[: self._signs])
        self._pages -= 1
        self._signs -= len(text)


# --- PDF --------------------------------------------------------------------------------------------------------------


def read_pdf(file: IO[bytes], output: Output) -> None:
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, PyPdfError

    faults = (*FAULTS, PyPdfError)
    reader = PdfReader(file)
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise Ended("encrypted")
        count = len(reader.pages)
    except FileNotDecryptedError as error:
        raise Ended("encrypted") from error
    output.say(paged=True, count=count)
    for number in range(count):
        try:
            text = reader.pages[number].extract_text()
        except faults:
            text = ""
        output.page(text)


# --- archives of XML --------------------------------------------------------------------------------------------------
# One small walk serves them all: it holds no tree of the document, and refuses what declares a document type.


@dataclass(frozen=True)
class Rules:
    """By the local names of elements: signs within `texts` count, an element of `ends` closes a paragraph, what stands
    within `skips` is left out.
    """

    texts: frozenset[str]
    ends: frozenset[str]
    skips: frozenset[str]


OOXML = Rules(
    texts=frozenset({"t"}),
    ends=frozenset({"p"}),
    skips=frozenset({"Fallback"}),  # the same text once more, for old programs
)
ODF = Rules(
    texts=frozenset({"p", "h"}),
    ends=frozenset({"p", "h"}),
    skips=frozenset({"tracked-changes", "annotation", "notes"}),  # what was struck out, remarks, notes of who speaks
)
_BLANKS = frozenset({"tab", "br", "cr", "s", "line-break"})


class Walk:
    """The paragraphs of an XML part as it is read; None where an element `starts` begins (a slide)."""

    def __init__(self, rules: Rules, starts: str = "") -> None:
        self._rules, self._starts = rules, starts
        self._in_text = self._in_skipped = 0
        self._words: list[str] = []
        self._found: list[str | None] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._signs
        self._parser.StartDoctypeDeclHandler = self._refuse

    def paragraphs(self, part: IO[bytes]) -> Iterator[str | None]:
        taken = 0
        while chunk := part.read(_CHUNK):
            taken += len(chunk)
            if taken > MOST_PART:
                raise Ended("length")
            self._parser.Parse(chunk, False)
            yield from self._found
            self._found.clear()
        self._parser.Parse(b"", True)
        yield from self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        if name in self._rules.skips:
            self._in_skipped += 1
        if name in self._rules.texts:
            self._in_text += 1
        if name in _BLANKS:
            self._words.append(" ")
        if name == self._starts:
            self._found.append(None)

    def _end(self, name: str) -> None:
        name = name.rpartition(" ")[2]
        if name in self._rules.skips:
            self._in_skipped -= 1
        if name in self._rules.texts:
            self._in_text -= 1
        if name in self._rules.ends and not self._in_skipped and self._words:
            self._found.append("".join(self._words))
            self._words.clear()

    def _signs(self, text: str) -> None:
        if self._in_text and not self._in_skipped:
            self._words.append(text)

    def _refuse(self, *args: object) -> None:
        raise ValueError("a document type")


def read_docx(archive: zipfile.ZipFile, output: Output) -> None:
    def texts() -> Iterator[str | None]:
        for kind in ("document.main+xml", "footnotes+xml", "endnotes+xml"):
            for name in _parts(archive, f"wordprocessingml.{kind}"):
                with archive.open(name) as part:
                    yield from Walk(OOXML).paragraphs(part)

    in_pieces(texts(), output)


def read_odf(archive: zipfile.ZipFile, output: Output) -> None:
    with archive.open("content.xml") as part:
        in_pieces(Walk(ODF).paragraphs(part), output)


def read_odp(archive: zipfile.ZipFile, output: Output) -> None:
    output.say(paged=True)
    slide: list[str] = []
    begun = False
    with archive.open("content.xml") as part:
        for paragraph in Walk(ODF, starts="page").paragraphs(part):
            if paragraph is not None:
                slide.append(paragraph)
            else:
                if begun:
                    output.page("\n".join(slide))
                begun, slide = True, []
    output.page("\n".join(slide))


def read_pptx(archive: zipfile.ZipFile, output: Output) -> None:
    output.say(paged=True)
    for name in _slides(archive):
        with archive.open(name) as part:
            output.page("\n".join(text for text in Walk(OOXML).paragraphs(part) if text))


def read_xlsx(file: IO[bytes], output: Output) -> None:
    """Row by row, so that what stands beside a word is quoted with it."""
    from openpyxl import load_workbook

    def rows() -> Iterator[str]:
        for sheet in load_workbook(file, read_only=True, data_only=True).worksheets:
            yield sheet.title
            for row in sheet.iter_rows(values_only=True):
                if words := [str(value) for value in row if isinstance(value, str | int | float)]:
                    yield " ".join(words)

    in_pieces(rows(), output)


def in_pieces(texts: Iterator[str | None], output: Output) -> None:
    """A text without pages, cut where a paragraph ends; what is ended early leaves what it had."""
    piece: list[str] = []
    try:
        for text in filter(None, texts):
            for start in range(0, len(text), LONGEST_PARAGRAPH):
                piece.append(text[start : start + LONGEST_PARAGRAPH])
                if sum(map(len, piece)) >= PIECE:
                    whole, piece = piece, []
                    output.page("\n".join(whole))
    finally:
        if piece:
            output.page("\n".join(piece))


def _parts(archive: zipfile.ZipFile, content_type: str) -> list[str]:
    """The parts whose declared type ends so."""
    types = _tree(archive, "[Content_Types].xml")
    found = [
        each.get("PartName", "").lstrip("/") for each in types if each.get("ContentType", "").endswith(content_type)
    ]
    return [name for name in found if name in archive.NameToInfo]


def _slides(archive: zipfile.ZipFile) -> list[str]:
    """In the order in which they are shown."""
    main = next(iter(_parts(archive, "presentationml.presentation.main+xml")))
    folder, _slash, name = main.rpartition("/")
    targets = {each.get("Id"): each.get("Target", "") for each in _tree(archive, f"{folder}/_rels/{name}.rels")}
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    asked = [each.get(relation) for each in _tree(archive, main).iter() if each.tag.endswith("}sldId")]
    paths = [targets[key] for key in asked if key in targets]
    names = [path.lstrip("/") if path.startswith("/") else f"{folder}/{path}" for path in paths]
    return [name for name in names if name in archive.NameToInfo]


def _tree(archive: zipfile.ZipFile, name: str) -> ET.Element:
    """A small part that says where things stand; the upload refused what declares a document type."""
    with archive.open(name) as part:
        return ET.fromstring(part.read(_CHUNK * 8))  # noqa: S314  expat's own guard against swelling, and limits


# --- within limits ----------------------------------------------------------------------------------------------------

_OF_FILES: dict[str, Callable[[IO[bytes], Output], None]] = {"pdf": read_pdf, "xlsx": read_xlsx}
_OF_ARCHIVES: dict[str, Callable[[zipfile.ZipFile, Output], None]] = {
    "docx": read_docx,
    "pptx": read_pptx,
    "odt": read_odf,
    "ods": read_odf,
    "odp": read_odp,
}


def limit(seconds: int, memory: int) -> None:
    """Before anything of the file is read. A clock besides that of the processor: what waits is ended, too."""
    os.nice(10)  # pages are served first
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_OUTPUT, MOST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    signal.alarm(2 * seconds + 10)


def main(kind: str, pages: str, signs: str, seconds: str, memory: str) -> None:
    limit(int(seconds), int(memory))
    output = Output(int(pages), int(signs))
    try:
        if kind in _OF_FILES:
            _OF_FILES[kind](sys.stdin.buffer, output)
        else:
            with zipfile.ZipFile(sys.stdin.buffer) as archive:
                _OF_ARCHIVES[kind](archive, output)
    except Ended as ended:
        output.say(end=str(ended))
    except MemoryError:
        output.say(end="effort")
    else:
        output.say(end="")


if __name__ == "__main__":
    main(*sys.argv[1:])
