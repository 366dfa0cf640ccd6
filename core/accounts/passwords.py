"""Passwords that many people choose: Django's list of English ones, words of French ones, and either with a tail."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FRENCH = Path(__file__).parent / "data" / "mots-courants.list"
# what people write for a letter: "m0tdep@sse"
_LETTERS = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s", "!": "i", "€": "e"})
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")


class CommonWordsValidator(CommonPasswordValidator):
    """Refuses a common password also with digits or signs around it, doubled, or with signs for letters."""

    def validate(self, password: str, user: Any = None) -> None:
        if _variants(password) & (self.passwords | french_words()):
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def get_error_message(self) -> str:
        return _("This password is one that many people choose, even with figures behind it.")

    def get_help_text(self) -> str:
        return _("Words that everybody uses, such as “motdepasse12”, are not taken.")


@cache
def french_words() -> frozenset[str]:
    lines = FRENCH.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _variants(password: str) -> set[str]:
    """The forms of `password` that are looked up: as it is, and what is left of it without its ornaments."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", password.casefold()) if not unicodedata.combining(letter)
    )
    bare = _AROUND.sub("", plain)
    found = {password.lower().strip(), plain.strip(), bare}
    for form in (bare, plain):
        for letters in (form, form.translate(_LETTERS)):
            joined = re.sub(r"[\W_]+", "", letters)
            found |= {joined, _once(joined), _once(_AROUND.sub("", letters))}
    return found - {""}


def _once(text: str) -> str:
    """ "azertyazerty" → "azerty"."""
    repeated = re.fullmatch(r"(.+?)\1+", text)
    return repeated[1] if repeated else text
