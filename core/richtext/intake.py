"""What a form sends, made a rich text: HTML from the editor, plain text from a browser without script."""

from __future__ import annotations

import re
from html import escape

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.text import lines as cleaned_lines

from .clean import clean
from .gaps import set_apart
from .marks import struck_again
from .mentions import found_again, settled
from .text import MAX_DEPTH, depth, to_text

MAX_BYTES = 200_000
"""Largest text of one field, in bytes of cleaned UTF-8: some 30,000 words. Raw input may be four times as large."""

HTML = "html"
PLAIN = "plain"

_EMPTY_ENDS = ("<p></p>", "<p><br></p>")
_ITEM = re.compile(r"(?:(?P<bullet>[-*•])|(?P<number>\d{1,4})[.)])[ \t]+(?P<text>.*)")


class RichTextTooLong(ValidationError):
    """The text is more than a field takes: larger than `MAX_BYTES`."""

    def __init__(self) -> None:
        message = _("This text is too long: %(limit)s kB at most. Spread it over several items.")
        super().__init__(message, code="too_long", params={"limit": MAX_BYTES // 1000})


class RichTextTooDeep(RichTextTooLong):
    """Elements stand deeper in each other than `MAX_DEPTH`: nobody writes so, but a paste may."""

    def __init__(self) -> None:
        ValidationError.__init__(
            self, _("Too many lists or quotes stand inside each other in this text."), code="too_deep"
        )


def from_form(text: str, text_format: str, *, stored: str = "") -> str:
    """The clean HTML to store for what a form sent.

    `text_format` is the form's hidden field: "html" once the editor has taken over, else "plain". Plain text
    that nobody changed gives back `stored`, so that its formatting survives a browser without script; mentions survive
    a change, too.
    Raises `RichTextTooLong`, of which `RichTextTooDeep` is a kind.
    """
    if len(text.encode()) > 4 * MAX_BYTES:
        raise RichTextTooLong
    text = cleaned_lines(text)
    if text_format == HTML:
        html = set_apart(_without_empty_end(settled(clean(text))))
    elif stored and _lines(text) == _lines(to_text(stored)):
        return stored
    else:
        html = found_again(set_apart(from_plain(text)), [stored])
    if len(html.encode()) > MAX_BYTES:
        raise RichTextTooLong
    if depth(html) > MAX_DEPTH:
        raise RichTextTooDeep
    return html


def _without_empty_end(html: str) -> str:
    end = len(html)
    while tail := next((tail for tail in _EMPTY_ENDS if html.endswith(tail, 0, end)), ""):
        end -= len(tail)
    return html[:end]


def from_plain(text: str) -> str:
    """Paragraphs at empty lines, breaks at line ends; lines that begin by "- ", "1. " or "> " as `to_text` writes them."""
    blocks = re.split(r"\n[ \t]*\n", "\n".join(_lines(text)))
    return clean("".join(_block(block.split("\n")) for block in blocks if block.strip()))


def _block(lines: list[str]) -> str:
    if all(line.startswith(">") for line in lines):
        inner = _block([_unquoted(line) for line in lines])
        return f"<blockquote>{inner}</blockquote>"
    if items := _items(lines):
        return items
    return _paragraph(lines)


def _unquoted(line: str) -> str:
    # One level only: "> > x" would else nest as deep as a line is long.
    return line.lstrip("> ")


def _items(lines: list[str]) -> str:
    """A list where each line is an item of one kind, or goes on with the item above; "" where they are none."""
    first = _ITEM.fullmatch(lines[0].strip())
    if first is None:
        return ""
    ordered = first["number"] is not None
    items: list[list[str]] = []
    for line in lines:
        match = _ITEM.fullmatch(line.strip())
        if match is not None and (match["number"] is not None) == ordered:
            items.append([match["text"]])
        else:
            items[-1].append(line)
    start = f' start="{first["number"]}"' if ordered and int(first["number"]) > 1 else ""
    content = "".join(f"<li>{_paragraph(item)}</li>" for item in items)
    return f"<ol{start}>{content}</ol>" if ordered else f"<ul>{content}</ul>"


def _paragraph(lines: list[str]) -> str:
    return "<p>" + "<br>".join(struck_again(escape(line.strip(), quote=False)) for line in lines) + "</p>"


def _lines(text: str) -> list[str]:
    """The lines of a text as browsers send it, without invisible differences at their ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return [line.rstrip() for line in text.strip().split("\n")]
