"""Decisions and actions in few words: what stands first in the report, and in its short form on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.text import Truncator

MOST_LINES = 4  # of one decision or action
_OWN = 8  # letters that a reference takes of its line
_BETWEEN = 0.7  # of a line, around each


@dataclass(frozen=True)
class Line:
    reference: str
    text: str
    note: str  # who, until when, where it stood


@dataclass(frozen=True)
class Essentials:
    decisions: Sequence[Line]
    actions: Sequence[Line]
    more_decisions: int  # that found no place
    more_actions: int
    is_shortened: bool  # whether a text or a row was left out


def essentials(
    decisions: Sequence[dict[str, Any]], actions: Sequence[dict[str, Any]], *, lines: float, letters: int
) -> Essentials:
    """As much as `lines` of `letters` hold: texts as long as all find a place, then fewer of them."""
    told = [[Line(row["reference"], row["text"], row["note"]) for row in rows] for rows in (decisions, actions)]
    for most in range(MOST_LINES, 0, -1):
        short = [[_shortened(line, most * letters) for line in rows] for rows in told]
        if sum(_lines(line, letters) for rows in short for line in rows) <= lines:
            return _made(told, short)
    first, second = short
    wanted = sum(_lines(line, letters) for line in second)
    held = _fitting(first, lines - min(wanted, lines / 2), letters)
    rest = lines - sum(_lines(line, letters) for line in held)
    return _made(told, [held, _fitting(second, rest, letters)])


def _made(told: list[list[Line]], short: list[list[Line]]) -> Essentials:
    more = [len(rows) - len(held) for rows, held in zip(told, short, strict=True)]
    return Essentials(short[0], short[1], more[0], more[1], is_shortened=short != told)


def _shortened(line: Line, letters: int) -> Line:
    """Cut between words, but for one that is longer than all the room."""
    room = letters - _OWN - len(line.note)
    text = Truncator(line.text).chars(max(room, letters // 2), truncate="")
    if text != line.text:
        text = (text.rpartition(" ")[0] or text) + "…"
    return Line(line.reference, text, line.note)


def _lines(line: Line, letters: int) -> float:
    """A word longer than a line is broken: its letters count as any."""
    return ceil((len(line.text) + len(line.note) + _OWN) / letters) + _BETWEEN


def _fitting(rows: list[Line], lines: float, letters: int) -> list[Line]:
    held = []
    for row in rows:
        lines -= _lines(row, letters)
        if lines < 0:
            break
        held.append(row)
    return held
