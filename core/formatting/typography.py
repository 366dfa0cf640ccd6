"""French typography for text that people typed as it came: for print, and for pages that want it.

Only spaces, apostrophes and the letters of ordinals are touched, never a word. Sources: the Imprimerie
nationale's "Lexique des règles typographiques", with U+00A0 everywhere, because the fonts of the portal have
no U+202F. All functions are idempotent.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from django.utils.safestring import SafeString, mark_safe

NBSP = "\u00a0"
_BLANK = "[ \u00a0\u202f\u2009]"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("\u202f|\u2009"), NBSP),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"\.\.\.(?!\.)"), "…"),
    # inside guillemets, and before the signs that French sets apart
    (re.compile(rf"«{_BLANK}*(?=\S|$)"), f"«{NBSP}"),
    (re.compile(rf"((?<=\S)|^){_BLANK}*»"), f"{NBSP}»"),
    (re.compile(rf"((?<=\S)|^){_BLANK}+(?=[;:?!%€])"), NBSP),  # a text may begin behind <strong>
    (re.compile(r"(?<=[^\W_])(?=[;?!]+(?:\s|$|[)»]))"), NBSP),
    (re.compile(r"(?<=[^\W\d_])(?=:(?:\s|$))"), NBSP),
    (re.compile(r"(?<=\d)(?=[%€](?:\W|$))"), NBSP),
    # what must not part at the end of a line
    (re.compile(rf"(?<=\d){_BLANK}(?=\d{{3}}(?!\d))"), NBSP),
    (re.compile(rf"(?<=\d){_BLANK}(?=(?:h|min|Mo|ko|Go|km|M€|k€)\b)"), NBSP),
    (re.compile(rf"(?<=\bh){_BLANK}(?=\d\d\b)"), NBSP),
    (re.compile(rf"(?<![\d,.])(\d{{1,3}}){_BLANK}(?=[a-zà-ÿœ]{{2}})"), rf"\1{NBSP}"),
    (re.compile(rf"(?<![\w,.])(\d{{1,4}}(?:er|re|ère|e|ème)s?){_BLANK}(?=[a-zà-ÿœ]{{2}})"), rf"\1{NBSP}"),
    (re.compile(rf"\b(M\.|MM\.|Mme|Mmes|Dr|Pr|n°|nos|p\.|art\.){_BLANK}(?=\S)"), rf"\1{NBSP}"),
)  # fmt: skip
_ORDINAL = re.compile(r"(?<![\w,.])(\d{1,4})(ers?|res?|ères?|nde?s?|èmes?|e|es)(?!\w)")
_ENDINGS = {"ère": "re", "ères": "res", "ème": "e", "èmes": "es"}


def french(text: str) -> str:
    """`text` with no-break spaces, apostrophes and ellipses as French prints them; plain text in and out."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def french_html(text: str) -> SafeString:
    """Plain text as HTML: escaped, set as `french` does, with raised ordinals (21<sup>e</sup>, 1<sup>er</sup>)."""
    return mark_safe(_raised(escape(french(text), quote=False)))  # noqa: S308  (escaped just here)


def _raised(escaped: str) -> str:
    return _ORDINAL.sub(lambda found: f"{found[1]}<sup>{_ENDINGS.get(found[2], found[2])}</sup>", escaped)


class Typesetter(HTMLParser):
    """Sets the text of well-formed HTML and writes its tags back; subclasses may change tags on the way.

    Works on cleaned rich text (`core.richtext.clean`): whatever tags are in it come out again, so it must not
    be fed what nobody cleaned.
    """

    def __init__(self, *, is_french: bool = True) -> None:
        super().__init__(convert_charrefs=True)
        self._is_french = is_french
        self._out: list[str] = []
        self._text: list[str] = []

    def typeset(self, html: str) -> SafeString:
        self.feed(html)
        self.close()
        self._flush()
        return mark_safe("".join(self._out))  # noqa: S308  (cleaned before, text escaped in _flush)

    def start(self, tag: str, attrs: dict[str, str | None]) -> tuple[str, dict[str, str | None]] | None:
        """The tag to write instead, or None for none (its content stays)."""
        return tag, attrs

    def end(self, tag: str) -> str | None:
        return tag

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._flush()
        replaced = self.start(tag, dict(attrs))
        if replaced is not None:
            name, values = replaced
            written = "".join(f' {key}="{escape(value or "")}"' for key, value in values.items())
            self._out.append(f"<{name}{written}>")

    def handle_endtag(self, tag: str) -> None:
        self._flush()
        name = self.end(tag)
        if name is not None:
            self._out.append(f"</{name}>")

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def _flush(self) -> None:
        text, self._text = "".join(self._text), []
        if text:
            self._out.append(french_html(text) if self._is_french else escape(text, quote=False))
