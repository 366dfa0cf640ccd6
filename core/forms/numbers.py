"""Numbers as people type them, made readable to Python; what they mean is checked by who asked for them."""

from __future__ import annotations

import re

BLANKS = r"[\s\u00a0\u202f\u2007\u2009]"  # what people and their programs put between thousands
_MINUS = re.compile(r"^[−–‒]")  # U+2212 of typography and of text processors, dashes that stand for it


def plain_number(text: str) -> str:
    """ "1 200,50 €" → "1200.50", "−500" → "-500"; a point and a comma together: the last one is before the decimals.

    What is no number stays what it is, without its blanks, so that it is refused.
    """
    digits = re.sub(rf"{BLANKS}|€|EUR(OS?)?$", "", text, flags=re.IGNORECASE)
    digits = _MINUS.sub("-", digits)
    if "," in digits and "." in digits and digits.rfind(".") > digits.rfind(","):
        digits = digits.replace(",", "")
    elif "," in digits:
        digits = digits.replace(".", "").replace(",", ".")
    return digits
