"""Text that stays text in a spreadsheet.

Excel and LibreOffice run a cell that begins with = + - @ (also full width), a tab or a line end; blanks
before it don't help. Such text gets an apostrophe in front, the sign for "this is text". `unescape` takes
exactly that apostrophe away again, so that an exported table can be read back.
Source: OWASP, "CSV Injection".
"""

from __future__ import annotations

import re

_DANGEROUS = re.compile(r"['\s\ufeff]*[=+\-@\t\r\n＝＋－＠]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


def escape(text: str) -> str:
    """`text` without control characters, and with an apostrophe in front where a program might run it."""
    text = _CONTROLS.sub("", text)
    return f"'{text}" if _DANGEROUS.match(text) else text


def unescape(text: str) -> str:
    """The text that `escape` was given (control characters apart)."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text[1:]) else text
