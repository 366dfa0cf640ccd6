"""The space this deployment serves, read at most once a minute in each process."""

from __future__ import annotations

import time
from typing import Any

from core.models import Space

_KEEP_SECONDS = 60
_kept: tuple[float, Space] | None = None


def current_space() -> Space:
    """The space's row; before it is entered, an unsaved one with neutral names."""
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > _KEEP_SECONDS:
        found = Space.objects.filter(pk=1).select_related("logo").first()
        if found is None:
            return Space(pk=1, name="Espace d’articulation des ingénieries", short_name="L’espace d’articulation")
        _kept = (time.monotonic(), found)
    return _kept[1]


def printed_space() -> dict[str, Any]:
    """What documents print of the space: part of what tells whether one must be made anew."""
    space = current_space()
    names = {"name": space.name, "short_name": space.short_name, "subtitle": space.subtitle}
    return {**names, "demonstration": space.demonstration}


def forget() -> None:
    """Called after the row changed, and between tests."""
    global _kept
    _kept = None
