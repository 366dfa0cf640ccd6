"""A .docx as HTML of few elements: headings of six levels, paragraphs, lists, quotes, tables, links, bold,
italic, struck, raised and lowered words.

mammoth converts; this module tells it which styles are headings (whatever their language, and styles built on
them), mends what it leaves (notes, anchors, tables in tables), and counts what is left behind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.etree import ElementTree as ET

import mammoth
from django.utils.translation import gettext as _

from core.docx import looks, markup, traces
from core.docx.package import Package, W
from core.files.refusal import UploadRefused, damaged
from core.richtext.clean import cleaner

MOST_HTML = 1_000_000
"""Bytes of HTML of one document: it travels through a form between preview and confirmation."""

_HEADING = re.compile(r"(?:heading|titre) ?([1-6])", re.IGNORECASE)
_TITLES = {"title", "titre", "subtitle", "sous-titre"}
_QUOTES = {"quote", "intense quote", "citation", "citation intense", "quotations"}
_CONTENTS = re.compile(r"(?:toc|tm|contents) (?:heading|\d)|toc heading", re.IGNORECASE)
_UNKNOWN_ELEMENT = re.compile(r"unrecognised element was ignored: (?:\{[^}]*\}|\w+:)?(\w+)")
_UNKNOWN_STYLE = re.compile(r"Unrecognised paragraph style: '?(.+?)'? \(Style ID")
_NOTE = re.compile(r"#(?:footnote|endnote)-(.+)")

_clean = cleaner(frozenset({"h1", "h2", "h5", "h6"}))


@dataclass(frozen=True)
class Reading:
    """`html` is safe to show and to send through a form: what `recleaned` lets through."""

    html: str
    traces: traces.Traces


def recleaned(html: str) -> str:
    """What a form sent back of a reading, made safe again."""
    return _clean.clean(html)


def read(file: BinaryIO) -> Reading:
    """The text of a .docx and what it leaves behind. Raises `UploadRefused` where it cannot be read.

    Insertions under change tracking are accepted, deletions and comments are not: `traces` tells them.
    """
    package = Package(file)
    styles = dict(_styles(package))
    pictures: list[str] = []

    def keep_description(image: Any) -> list[Any]:
        pictures.append(" ".join((image.alt_text or "").split()))
        return []

    contents = _drop_contents(package, styles)
    spelled = looks.spelled_out(package)
    try:
        result = mammoth.convert_to_html(
            spelled.file,
            style_map="\n".join(_style_map(styles)),
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=keep_description,
            id_prefix="",
        )
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, RecursionError, OSError) as error:
        raise damaged() from error  # a sound archive whose parts contradict each other
    if len(result.value.encode()) > MOST_HTML:
        raise UploadRefused(_("This document is too long to be taken over at once: divide it."), "size")
    root = markup.parse(_with_notes(result.value))
    markup.tidy(root)
    unknown, unstyled = _told(result.messages)
    found = traces.look_for(
        package, pictures=pictures, contents=contents, unknown=unknown, styles=unstyled, hidden=spelled.hidden
    )
    return Reading(recleaned(markup.serialize(root)), found)


def _styles(package: Package) -> Iterator[tuple[str, str]]:
    """(name of a paragraph style, what it is): "h1" … "h6", "title", "quote" or "contents"; others are left out."""
    root = package.text_parts.get("word/styles.xml")
    if root is None:
        return
    by_id = {
        style.get(f"{W}styleId"): style for style in root.iter(f"{W}style") if style.get(f"{W}type") == "paragraph"
    }
    for style in by_id.values():
        name = _value(style, "name")
        if kind := _kind(style, by_id, 0):
            yield name, kind


def _kind(style: ET.Element, by_id: dict[str | None, ET.Element], depth: int) -> str:
    name = _value(style, "name").casefold()
    if match := _HEADING.fullmatch(name):
        return f"h{match[1]}"
    if name in _TITLES:
        return "title"
    if name in _QUOTES:
        return "quote"
    if _CONTENTS.fullmatch(name):
        return "contents"
    level = style.find(f"{W}pPr/{W}outlineLvl")
    if level is not None and level.get(f"{W}val") in ("0", "1", "2", "3", "4", "5"):
        return f"h{int(level.get(f'{W}val', '0')) + 1}"
    parent = by_id.get(_value(style, "basedOn"))
    return _kind(parent, by_id, depth + 1) if parent is not None and depth < 12 else ""


def _value(element: ET.Element, tag: str) -> str:
    child = element.find(f"{W}{tag}")
    return (child.get(f"{W}val") or "") if child is not None else ""


def _style_map(styles: dict[str, str]) -> Iterator[str]:
    targets = {"title": "p:fresh", "quote": "blockquote > p:fresh", "contents": "!"}
    for name, kind in styles.items():
        quoted = name.replace("\\", "\\\\").replace("'", "\\'")
        yield f"p[style-name='{quoted}'] => {targets.get(kind, f'{kind}:fresh')}"


def _drop_contents(package: Package, styles: dict[str, str]) -> int:
    """How many lines of a table of contents the document has; the style map drops them."""
    root, document = package.text_parts.get("word/styles.xml"), package.text_parts.get("word/document.xml")
    if document is None:
        raise damaged()
    if root is None:
        return 0
    ids = {
        style.get(f"{W}styleId") for style in root.iter(f"{W}style") if styles.get(_value(style, "name")) == "contents"
    }
    return sum(style.get(f"{W}val") in ids for style in document.iter(f"{W}pStyle"))


def _told(messages: list[Any]) -> tuple[Counter[str], list[str]]:
    """(elements mammoth did not know, styles whose text it kept as plain paragraphs)."""
    unknown: Counter[str] = Counter()
    styles: dict[str, None] = {}
    for message in messages:
        if match := _UNKNOWN_ELEMENT.search(message.message):
            unknown[match[1]] += 1
        elif match := _UNKNOWN_STYLE.search(message.message):
            styles[match[1]] = None
    return unknown, list(styles)


def _with_notes(html: str) -> str:
    """Foot- and endnotes, which mammoth lists at the end, follow the block that refers to them: "[1] The note"."""
    root = markup.parse(html)
    texts: dict[str, list[ET.Element]] = {}
    for block in list(root):
        if block.tag == "ol" and any(re.match(r"(foot|end)note-", item.get("id") or "") for item in block):
            root.remove(block)
            for item in block:
                texts[item.get("id") or ""] = list(item)
    for position, block in reversed(list(enumerate(root))):
        notes = [
            (text, texts[key[1:]])
            for link in block.iter("a")
            if _NOTE.fullmatch(key := link.get("href") or "") and key[1:] in texts and (text := markup.words(link))
        ]
        for offset, (mark, paragraphs) in enumerate(notes, start=1):
            note = ET.Element("p")
            note.text = f"{mark} " + " ".join(markup.words(each).removesuffix("↑").strip() for each in paragraphs)
            root.insert(position + offset, note)
    return markup.serialize(root)
