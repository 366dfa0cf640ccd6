"""File names as people may see and save them."""

from __future__ import annotations

import re
import unicodedata

MOST = 120  # characters
MOST_BYTES = 220  # file systems stop at 255
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)  # devices on Windows
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, direction marks, lone surrogates, line ends


def clean(name: str, *, fallback: str = "document") -> str:
    """`name` without path, control and direction characters; never empty, never long, safe on every system."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).rsplit("/", 1)[-1]
    name = "".join(" " if character in "\t\n\r" else character for character in name)
    name = "".join(character for character in name if unicodedata.category(character) not in _UNSEEN)
    name = " ".join(_FORBIDDEN.sub("-", name).split())
    stem, extension = split(name)
    stem = stem.strip(" .")
    if not stem:
        stem = fallback
    if _RESERVED.fullmatch(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    return _shortened(stem, extension)


def split(name: str) -> tuple[str, str]:
    """(stem, extension in lower case without its dot); an extension is short and plain, else there is none."""
    stem, dot, extension = name.strip(" .").rpartition(".")
    if dot and re.fullmatch(r"[A-Za-z0-9]{1,8}", extension):
        return stem, extension.lower()
    return name, ""


def _shortened(stem: str, extension: str) -> str:
    ending = f".{extension}" if extension else ""
    stem = stem[: MOST - len(ending)]
    while len((stem + ending).encode()) > MOST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(" .") + ending
