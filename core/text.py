"""Small helpers for text in the reader's language."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

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
