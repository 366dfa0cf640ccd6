"""Text as it enters (cleaned once, where it is sent) and as it is compared; small helpers for the reader's language."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from django.utils.functional import lazy


def lazy_text(function: Callable[..., str]) -> Callable[..., str]:
    """Puts off `function` until its text is shown, so that it is written in the reader's language."""
    return lazy(function, str)


def alphabetical(text: str) -> tuple[str, str]:
    """A sort key as a French reader expects: accents and capitals ignored, then the text itself to settle ties."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return plain.replace("œ", "oe").replace("Œ", "oe").replace("’", "'").casefold(), text


def initials(name: str) -> str:
    """Two letters for a square or a disc: of the first two words that bear a capital, else the first two of the name."""
    words = [
        word for word in name.replace("’", " ").replace("'", " ").split() if word[:1].isupper() or word[:1].isdigit()
    ]
    if len(words) > 1:
        return words[0][0] + words[1][0]
    return (words[0] if words else name)[:2]


# --- cleaned where it enters --------------------------------------------------------------------------------------
# Neither XML (feeds, Word, Excel) nor PostgreSQL holds all that a program may paste. What breaks a line in another
# program (a vertical tab in PowerPoint, a form feed, Unicode's own separators) is a line end here.
_LINE_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls, but for the tab and the ends of lines
    "\u200b\u2060\ufeff"  # of no width: two names that look the same would differ
    "\ud800-\udfff\ufffe\uffff]"  # halves of a sign, and no signs at all
)
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # in a line of its own they would turn what follows on the page
_BLANKS = re.compile(r"\s+")
_NO_BREAK = "\u00a0\u202f"
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # what PostgreSQL and UTF-8 cannot hold


def without_controls(text: str) -> str:
    """`text` without what no one sees and some program cannot hold; its lines stay lines."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def lines(text: str) -> str:
    """A text of several lines as it is stored: composed signs (NFC), no control characters."""
    return unicodedata.normalize("NFC", without_controls(text))


def one_line(text: str) -> str:
    """A text of one line as it is stored: as `lines`, each run of blanks one blank, none at the ends.

    A no-break space is French typography and stays.
    """
    return _BLANKS.sub(_one_blank, _TURNS.sub("", lines(text))).strip()


def _one_blank(run: re.Match[str]) -> str:
    return next((sign for sign in run[0] if sign in _NO_BREAK), " ")


def from_json(text: str) -> Any:
    """What a form sent as JSON; its escapes could bring in what was kept out of the form's text. Raises ValueError."""
    try:
        return _cleaned(json.loads(text))
    except RecursionError as error:  # "[[[[…"
        raise ValueError("too deep") from error


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {without_controls(key): _cleaned(item) for key, item in value.items()}
    return value


# --- compared -----------------------------------------------------------------------------------------------------
APOSTROPHES, DASHES, SOFT_HYPHEN = "’‘ʼ′`´＇", "‐‑‒–—−", "\u00ad"
_SIGNS = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(DASHES, "-") | {SOFT_HYPHEN: None})


def name_key(text: str, *, accents: bool = False) -> str:
    """What makes two spellings one name: capitals, composed and decomposed signs, kinds of apostrophes, dashes and
    blanks do not tell them apart; nor do accents and ligatures, which capitals often lack, unless `accents`.
    """
    key = unicodedata.normalize("NFKC", without_controls(text).translate(_SIGNS)).casefold()
    if not accents:
        key = unicodedata.normalize("NFKD", key.replace("œ", "oe").replace("æ", "ae"))
        key = "".join(sign for sign in key if not unicodedata.combining(sign))
    return " ".join(unicodedata.normalize("NFKC", key).split())
