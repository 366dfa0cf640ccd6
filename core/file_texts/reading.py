"""Starts `program` for one file and takes what it wrote, whole or up to where it was ended."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from core.file_texts.enums import Remark
from core.text import SOFT_HYPHEN, one_line

_PROGRAM = Path(__file__).with_name("program.py")
_BROKEN_WORD = re.compile(rf"(?<=\w)(-|‐|{SOFT_HYPHEN})[ \t]*\r?\n[ \t]*(?=(\w))")
_ENVIRONMENT = {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}  # nothing of the portal's own


@dataclass(frozen=True)
class Limits:
    pages: int = 500
    signs: int = 2_000_000
    seconds: int = 60  # of the processor; twice as many of the clock
    memory: int = 768 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Reading:
    """`remark` is set where there is less than the whole text; `is_readable` tells whether there is any use of it."""

    pages: list[str] = field(default_factory=list)
    is_paged: bool = False
    page_count: int | None = None
    remark: str = ""

    @property
    def is_readable(self) -> bool:
        return bool(self.pages) or self.remark in ("", Remark.NO_TEXT)


def read(file: IO[bytes], kind: str, limits: Limits | None = None) -> Reading:
    """The text of `file`, which is a `kind` of `registry.READABLE`; never raises for what stands in it."""
    limits = limits or Limits()
    given = [str(number) for number in (limits.pages, limits.signs, limits.seconds, limits.memory)]
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as written:
        shutil.copyfileobj(file, source)
        source.seek(0)
        ended = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM), kind, *given],
            stdin=source,
            stdout=written,
            stderr=subprocess.DEVNULL,  # it quotes the file
            cwd="/",
            env=_ENVIRONMENT,
            check=False,
            start_new_session=True,
        )
        written.seek(0)
        return _taken(written, was_killed=ended.returncode < 0)


def _taken(lines: Iterable[bytes], *, was_killed: bool) -> Reading:
    pages: list[str] = []
    facts: dict[str, object] = {}
    for line in lines:
        try:
            fact = json.loads(line)
        except ValueError:  # it was ended in the middle of a line
            break
        if "text" in fact:
            pages.append(tidy(fact["text"]))
        else:
            facts.update(fact)
    cut_short = Remark.EFFORT if was_killed else Remark.DAMAGED
    remark = str(facts.get("end", cut_short))
    if not any(pages):
        pages = []
        remark = _OF_NOTHING.get(remark, remark)
    elif remark == Remark.DAMAGED:
        remark = Remark.PART
    count = facts.get("count", len(pages) if facts.get("paged") else None)
    return Reading(pages, bool(facts.get("paged")), count, str(remark))


_OF_NOTHING = {
    "": Remark.NO_TEXT,
    Remark.PAGES: Remark.NO_TEXT,
    Remark.LENGTH: Remark.TOO_HEAVY,
    Remark.EFFORT: Remark.TOO_HEAVY,
}


def tidy(text: str) -> str:
    """One line: words that a line's end broke in two are whole again, so that they are found, and names are erased."""
    return one_line(_BROKEN_WORD.sub(_joined, text))


def _joined(end: re.Match[str]) -> str:
    """A hyphen at the end of a line is the printer's, but before a capital or a number it is the name's own."""
    return "" if end[1] == SOFT_HYPHEN or end[2].islower() else "-"
