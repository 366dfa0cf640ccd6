"""Icons from the sprite that `frontend/icons.txt` names, for the eye only: a word stands beside each."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SPRITE = "icons.svg"


class UnknownIcon(LookupError):
    """The sprite has no icon of this name: add it to `frontend/icons.txt` and build."""


@cache
def icon_names() -> frozenset[str]:
    """The names of the icons in the sprite, read once."""
    path = finders.find(SPRITE)
    if path is None:
        return frozenset()
    return frozenset(re.findall(r'<symbol id="i-([a-z0-9-]+)"', Path(path).read_text(encoding="utf-8")))


def icon(name: str, css: str = "") -> SafeString | str:
    """An icon from the sprite, for the eye only: a word stands beside it or names what holds it.

    `css` adds classes, for instance "icon-l" or "spin". An unknown name fails while developing and in tests;
    in production a page without an icon is better than no page.
    """
    if name not in icon_names():
        if settings.DEBUG or settings.PROFILE == "test":
            raise UnknownIcon(name)
        return ""
    return _drawn(name, css)


@lru_cache(maxsize=512)
def _drawn(name: str, css: str) -> SafeString:
    """A list draws a hundred icons of ten kinds: each is put together once in a process."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#i-{}"/></svg>',
        f"icon {css}".rstrip(),
        static(SPRITE),
        name,
    )
