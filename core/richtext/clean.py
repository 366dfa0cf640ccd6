"""The allow-list. `frontend/src/rich_text/schema.js` lets the same things through: change both together."""

from __future__ import annotations

import re

import nh3

from core.text import without_controls

TAGS = frozenset(
    "p br strong em s sup sub h3 h4 ul ol li blockquote a table tbody thead tr th td".split()  # the page has h1 and h2 itself
)
ATTRIBUTES = {
    "a": {"href", "data-mention", "data-id"},
    "ol": {"start"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
MENTION_KINDS = frozenset({"organisation", "initiative", "veille", "session"})  # kinds of the search
# Their content is no text of the author's: it goes with the tag.
CONTENT_GOES = frozenset({"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math"})
SAME_TAG = {"b": "strong", "i": "em", "strike": "s", "del": "s"}  # a <del> that lost its mark would read as valid

_HREF = re.compile(r"(https?://|mailto:|/(?![/\\])|#)", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SPAN = re.compile(r"[1-9][0-9]?")
_START = re.compile(r"[1-9][0-9]{0,3}")
_CHECKS = {
    "href": lambda value: _HREF.match(value.strip()) is not None,
    "data-mention": lambda value: value in MENTION_KINDS,
    "data-id": lambda value: _ID.fullmatch(value) is not None,
    "colspan": lambda value: _SPAN.fullmatch(value) is not None,
    "rowspan": lambda value: _SPAN.fullmatch(value) is not None,
    "start": lambda value: _START.fullmatch(value) is not None,
}
_SYNONYMS = re.compile(r"<(/?)(b|i|strike|del)(?=[\s>/])", re.IGNORECASE)


def clean(html: str) -> str:
    """The same text with nothing in it but what the allow-list names: well-formed, safe to show, idempotent.

    Links lead to http, https, mailto or a path of this portal and carry `rel`; anything else loses its address
    and keeps its words.
    """
    html = _SYNONYMS.sub(lambda tag: f"<{tag[1]}{SAME_TAG[tag[2].lower()]}", without_controls(html))
    return without_controls(_cleaner.clean(html)).strip()  # again, for `&#11;` is a control character only now


def _attribute(tag: str, name: str, value: str) -> str | None:
    check = _CHECKS.get(name)
    return value if check is None or check(value) else None


def cleaner(extra_tags: frozenset[str] = frozenset()) -> nh3.Cleaner:
    """A cleaner with the allow-list, and perhaps a few tags more (the diff's)."""
    return nh3.Cleaner(
        tags=set(TAGS | extra_tags),
        clean_content_tags=set(CONTENT_GOES),
        attributes={"*": set(), **{tag: set(names) for tag, names in ATTRIBUTES.items()}},  # "*": else lang and title
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


_cleaner = cleaner()
