"""The minutes' rich text as the report prints it: set in French, headings under those of the report."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.safestring import SafeString

from core import richtext
from core.formatting.typography import Typesetter

_HEADINGS = {"h3": "h4", "h4": "h5"}  # h3 is the title of the item


def for_print(html: str) -> SafeString:
    """Stored minutes, cleaned again, ready for the template."""
    return _PrintTypesetter().typeset(richtext.clean(html))


class _PrintTypesetter(Typesetter):
    def __init__(self) -> None:
        super().__init__()
        self._in_head = False
        self._links: list[bool] = []  # for each open <a> whether it is written

    def start(self, tag: str, attrs: dict[str, str | None]) -> tuple[str, dict[str, str | None]] | None:
        if tag == "a":
            address = _address(attrs.get("href"))
            self._links.append(address is not None)
            return None if address is None else ("a", {"href": address})
        if tag == "thead":
            self._in_head = True
        if tag == "th":
            attrs = {**attrs, "scope": "col" if self._in_head else "row"}
        return _HEADINGS.get(tag, tag), attrs

    def end(self, tag: str) -> str | None:
        if tag == "a":
            return tag if self._links and self._links.pop() else None
        if tag == "thead":
            self._in_head = False
        return _HEADINGS.get(tag, tag)


def _address(href: str | None) -> str | None:
    """An address that holds outside the portal; None for one that leads nowhere on paper."""
    if not href or href.startswith("#"):
        return None
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme in {"http", "https"}:
        return href if parts.netloc else None
    if parts.scheme == "mailto":
        return href
    return f"{settings.BASE_URL}{href}" if href.startswith("/") and not parts.scheme else None
