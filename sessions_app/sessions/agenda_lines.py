"""An agenda as people paste it: one line an item, with or without number, bullet and duration. No database."""

from __future__ import annotations

import re
from dataclasses import dataclass

# "1. ", "2) ", "3 – ", "- ", "• " before the words
_MARK = re.compile(r"^(?:[-–—•*·▪◦►]\s*|\d{1,2}\s*[.)°]\s*|\d{1,2}\s+[-–—]\s+)+")
# "20 min", "(20 mn)", ", 1 h", "– 1 h 30", "45'" at the end of the line
_DURATION = re.compile(
    r"[\s,;:–—(\[-]*\b(?:(?P<hours>\d{1,2})\s*h(?:eures?)?(?:\s*(?P<over>\d{1,2}))?"
    r"|(?P<minutes>\d{1,3})\s*(?:min(?:utes?)?\.?|mns?\.?|['’′]))\s*[)\]]?\.?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """One item as it was written; `minutes` is None where no duration was."""

    title: str
    minutes: int | None


def read_lines(text: str) -> list[Line]:
    """The items of a list, blank lines left out."""
    return [line for line in (_line(row) for row in text.splitlines()) if line is not None]


def _line(row: str) -> Line | None:
    title = _MARK.sub("", " ".join(row.split()))
    found = _DURATION.search(title)
    minutes = None
    if found and (before := title[: found.start()].strip()):
        minutes = int(found["minutes"]) if found["minutes"] else int(found["hours"]) * 60 + int(found["over"] or 0)
        title = before
    return Line(title, minutes or None) if title else None
