"""The gaps of French signs in a rich text: no line begins with ";" or ends with "«", wherever the text was pasted from."""

from __future__ import annotations

import re

_GAP = re.compile(r"<[^>]*>|(?<=\S)[ \n]+(?=[;:?!»](?![^\s<]))|(?<=«)[ \n]+(?=\S)")


def set_apart(html: str) -> str:
    """`html`, which `clean` gave, with a no-break space where French sets a sign apart; addresses are left alone."""
    return _GAP.sub(lambda found: found[0] if found[0].startswith("<") else "&nbsp;", html)
