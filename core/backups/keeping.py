"""Which archives stay: the newest of each of the last days, weeks and months that have one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from core.backups import history


@dataclass(frozen=True)
class Rule:
    """How many days, weeks and months; the newest archive stays whatever the rule says."""

    days: int
    weeks: int
    months: int

    def keeps(self, found: list[tuple[dt.datetime, Path]]) -> set[Path]:
        """`found` is newest first."""
        kept = {path for _moment, path in found[:1]}
        for number, form in ((self.days, "%Y-%m-%d"), (self.weeks, "%G-%V"), (self.months, "%Y-%m")):
            newest: dict[str, Path] = {}
            for moment, path in found:
                newest.setdefault(f"{moment:{form}}", path)
            kept |= set(list(newest.values())[:number])
        return kept


def forget_old(folder: Path, rule: Rule) -> tuple[list[Path], list[Path]]:
    """Removes what the rule does not keep; what went, and what could not be removed.

    Files of other names are nobody's business here.

    The note of the archive that was last restored stays when its archive goes: that day is still true.
    """
    found = history.archives(folder)
    kept = rule.keeps(found)
    removed, stuck = [], []
    for _moment, path in found:
        if path not in kept:
            (removed if _unlinked(path) else stuck).append(path)
    notes = sorted(folder.glob(f"portail-*{history.NOTE}"), key=lambda note: note.stat().st_mtime, reverse=True)
    for note in notes[1:]:
        if not note.with_name(note.name.removesuffix(history.NOTE)).exists():
            _unlinked(note)
    return removed, stuck


def _unlinked(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
