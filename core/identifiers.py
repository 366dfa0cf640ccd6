"""Numbers by which French registers know organisations: SIREN and SIRET (INSEE), RNA (associations).

`core` knows no organisation; it only reads whether a number can be one.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import luhn
from stdnum.fr import siren

LA_POSTE = "356000000"  # its establishments are numbered another way: the sum of their digits is a multiple of five


def check_siren(value: str) -> None:
    if not re.fullmatch(r"\d{9}", value):
        raise ValidationError(_("A SIREN has nine digits."))
    if not siren.is_valid(value):
        raise ValidationError(_("There is no such SIREN: its check digit is wrong."))


def check_siret(value: str) -> None:
    if not re.fullmatch(r"\d{14}", value):
        raise ValidationError(_("A SIRET has fourteen digits."))
    of_the_post = value.startswith(LA_POSTE) and sum(map(int, value)) % 5 == 0
    if not (luhn.is_valid(value) or of_the_post):
        raise ValidationError(_("There is no such SIRET: its check digit is wrong."))


def check_rna(value: str) -> None:
    """W, the department ("2A" and "9R" exist, too), and the number of the association."""
    if not re.fullmatch(r"W\d[0-9A-Z]\d{7}", value):
        raise ValidationError(_("An RNA number is W and nine digits."))
