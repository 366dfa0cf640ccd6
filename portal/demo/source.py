"""Reads the data files; whatever was typed with a plain keyboard comes out in correct French typography."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"
_NBSP = "\u00a0"  # not the narrow one: the portal's fonts have no glyph for it
_RULES = [
    (re.compile("'"), "’"),
    (re.compile(r" ([:;?!»%€])"), rf"{_NBSP}\1"),
    (re.compile(r"« "), f"«{_NBSP}"),
    (re.compile(r"(?<=\d) (?=\d{3}\b)"), _NBSP),
    (
        re.compile(r"(?<=\d) h(?: (?=\d\d\b))?"),
        lambda match: f"{_NBSP}h{_NBSP}" if match[0].endswith(" ") else f"{_NBSP}h",
    ),
]


def french(text: str) -> str:
    """Curly apostrophes, and no-break spaces where French typography wants them."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def _refined(value: Any) -> Any:
    if isinstance(value, str):
        return french(value)
    if isinstance(value, list):
        return [_refined(item) for item in value]
    if isinstance(value, dict):
        return {key: _refined(item) for key, item in value.items()}
    return value


@cache
def table(name: str) -> dict[str, Any]:
    """The content of `data/<name>.toml`. Read once; callers do not change it."""
    return _refined(tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8")))


def names(folder: str, suffix: str = ".toml") -> list[str]:
    """Names (without suffix, with folder) of the files of `data/<folder>`, in alphabetical order."""
    return [f"{folder}/{path.stem}" for path in sorted((DATA / folder).glob(f"*{suffix}"))]


def prose(name: str) -> str:
    """The text of `data/<name>.md`, or "" where there is none."""
    path = DATA / f"{name}.md"
    return french(path.read_text(encoding="utf-8")) if path.exists() else ""
