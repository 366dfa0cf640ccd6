"""`core.text.name_key` as the database works it out, for generated columns and unique constraints over names."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Lower, Replace, Trim

from core.text import APOSTROPHES, DASHES, SOFT_HYPHEN


def _replaced(expression: Any, pattern: str, by: str) -> Func:
    return Func(expression, Value(pattern), Value(by), Value("g"), function="regexp_replace")


def name_key_of(column: str) -> Func:
    """What makes two names in `column` the same, without capitals, accents, kinds of apostrophes, dashes and blanks."""
    signs = f"{APOSTROPHES}{DASHES}{SOFT_HYPHEN}"
    plain = "'" * len(APOSTROPHES) + "-" * len(DASHES)
    key = Func(F(column), Value(signs), Value(plain), function="translate")
    key = Lower(_replaced(Func(key, template="normalize(%(expressions)s, NFKD)"), "[\\u0300-\\u036f]", ""))
    for ligature, letters in (("œ", "oe"), ("æ", "ae")):
        key = Replace(key, Value(ligature), Value(letters))
    return Trim(_replaced(key, "\\s+", " "), output_field=CharField())
