"""Numbers by which French registers know organisations: SIREN and SIRET (INSEE), RNA (associations).

`core` knows no organisation; it only reads whether a number can be one.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (Luhn), as INSEE numbers organisations."""
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


LA_POSTE = "356000000"  # its establishments are numbered another way: the sum of their digits is a multiple of five


def check_siren(value: str) -> None:
    if not re.fullmatch(r"\d{9}", value):
        raise ValidationError(_("A SIREN has nine digits."))
    if not luhn(value):
        raise ValidationError(_("There is no such SIREN: its check digit is wrong."))


def check_siret(value: str) -> None:
    if not re.fullmatch(r"\d{14}", value):
        raise ValidationError(_("A SIRET has fourteen digits."))
    of_the_post = value.startswith(LA_POSTE) and sum(map(int, value)) % 5 == 0
    if not (luhn(value) or of_the_post):
        raise ValidationError(_("There is no such SIRET: its check digit is wrong."))


def check_rna(value: str) -> None:
    """W, the department ("2A" and "9R" exist, too), and the number of the association."""
    if not re.fullmatch(r"W\d[0-9A-Z]\d{7}", value):
        raise ValidationError(_("An RNA number is W and nine digits."))
