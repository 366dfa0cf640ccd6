"""The table of what is held, as the privacy page and the register of processing print it."""

from __future__ import annotations

from dataclasses import dataclass

from core.lifecycle import retention
from core.lifecycle.retention import Text
from core.personal_data.retention import services


@dataclass(frozen=True)
class Line:
    what: Text
    whose: Text
    why: Text
    basis: Text
    readers: Text
    until: str


def lines() -> list[Line]:
    """All of them, with the periods of the space in words; one query."""
    periods = services.days()
    found = []
    for holding in retention.holdings():
        until = str(holding.until)
        if holding.is_setting:
            until %= {"period": retention.in_words(periods[holding.key])}
        found.append(Line(holding.what, holding.whose, holding.why, holding.basis, holding.readers, until))
    return found
