"""How the text of one cell is read. Every reader takes a text that is not blank and raises ValueError with words.

An amount whose separator could mean two things is refused, never guessed: "12.500" is 12 500 € to one person
and 12,50 € to another.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.enums import SDG
from core.partial_dates import PartialDate, parse
from core.partial_dates.text import UnreadableDate, parse_day
from core.text import name_key

_FIRST_DAY = dt.date(1899, 12, 30)  # of Excel's count, as everybody since has counted
_MIDNIGHT = re.compile(r" 00:00(:00)?$")  # what some programs write behind a day
_BLANKS = r"[\s\u00a0\u202f\u2007\u2009'’]"  # what people and their programs put between thousands
_GROUPED = {".": r"\d{1,3}(\.\d{3})+", ",": r"\d{1,3}(,\d{3})+"}
_COUNTRY = frozenset({"france", "fr", "france entiere", "toute la france", "national"})


def plain(text: str) -> str:
    """Small letters without accents, one blank between words: how headers and choices are compared."""
    return name_key(text.replace("_", " "))


def amount(text: str) -> Decimal:
    """ "12 500,50 €", "12500.5", "12.500,50", "12,500.50" → euros with cents."""
    shown = {"text": text.strip()}
    digits = re.sub(rf"{_BLANKS}|€|EUR(OS?)?", "", text, flags=re.IGNORECASE)
    sign, digits = ("-", digits[1:]) if digits[:1] in ("-", "−") else ("", digits)
    if not re.fullmatch(r"\d[\d.,]*", digits):
        raise ValueError(_("“%(text)s” is not an amount in euros.") % shown)
    return Decimal(sign + _with_point(digits, shown))


def _with_point(digits: str, shown: Mapping[str, str]) -> str:
    """`digits` with a point before the cents and nothing between the thousands."""
    points, commas = digits.count("."), digits.count(",")
    whole, separator, cents = digits, "", ""
    if points and commas:
        separator = max(".,", key=digits.rfind)
        other = "," if separator == "." else "."
        whole, _sign, cents = digits.partition(separator)
        if not re.fullmatch(_GROUPED[other], whole) or not cents.isdigit():
            raise ValueError(_("“%(text)s” is not an amount in euros.") % shown)
        whole = whole.replace(other, "")
    elif points + commas > 1:  # several of one kind stand between thousands
        only = "." if points else ","
        if not re.fullmatch(_GROUPED[only], digits):
            raise ValueError(_("“%(text)s” is not an amount in euros.") % shown)
        whole = digits.replace(only, "")
    elif points or commas:
        separator = "." if points else ","
        if re.fullmatch(rf"[1-9]\d{{0,2}}\{separator}\d{{3}}", digits):
            message = _("“%(text)s” can be read in two ways: write “12 500” for thousands, “12,50” for cents.")
            raise ValueError(message % shown)
        whole, _sign, cents = digits.partition(separator)
    if len(cents) > 2 or (separator and not cents):
        raise ValueError(_("“%(text)s” does not have one or two digits after the decimal sign.") % shown)
    return f"{whole}.{cents or 0}"


def date(text: str) -> dt.date:
    """ "31/12/2024", "2024-12-31" and the like, and the number that a spreadsheet counts days by ("45657")."""
    if re.fullmatch(r"[1-7]\d{4}", text.strip()):
        return _FIRST_DAY + dt.timedelta(days=int(text))
    try:
        return parse_day(_MIDNIGHT.sub("", text.strip()))
    except UnreadableDate as error:
        raise ValueError(" ".join(error.refusal.messages)) from None
    except ValueError:
        raise ValueError(_("“%(text)s” is not a date (day/month/year).") % {"text": text}) from None


def partial_date(text: str) -> PartialDate:
    """A day, a month, a season or a year, as people write them."""
    try:
        return parse(text)
    except UnreadableDate as error:
        raise ValueError(" ".join(error.refusal.messages)) from None
    except ValueError:
        message = _("Write a day, a month, a season or a year: 12/11/2024, November 2024, summer 2020, 2024.")
        raise ValueError(message) from None


def whole_number(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text.strip()):
        raise ValueError(_("“%(text)s” is not a whole number.") % {"text": text})
    return int(text)


def digits(text: str) -> str:
    """A SIREN, SIRET or RNA number without the blanks people write in it."""
    if re.fullmatch(r"\d([.,]\d+)?E\+?\d+", text.strip(), flags=re.IGNORECASE):
        message = _(
            "“%(text)s”: Excel has shortened this number, its last digits are lost. Give the column the format “Text”,"
            " type the number again, and save the file anew."
        )
        raise ValueError(message % {"text": text.strip()})
    return re.sub(_BLANKS, "", text).upper()


def one_of(words: Mapping[str, Any], others: Mapping[str, Any] | None = None) -> Callable[[str], Any]:
    """A reader of the words in `words`, whatever their capitals and accents; `others` are known and not offered."""
    known = {plain(word): value for word, value in {**(others or {}), **words}.items()}

    def read(text: str) -> Any:
        if plain(text) not in known:
            message = _("“%(text)s” is not a possible value: %(values)s.")
            raise ValueError(message % {"text": text, "values": ", ".join(words)})
        return known[plain(text)]

    return read


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;/|]", text) if part.strip()]


def regions(text: str) -> list[str]:
    """INSEE codes between commas, sorted; "France" gives ["FR"], the whole country. A code is never completed."""
    if plain(text) in _COUNTRY:
        return ["FR"]
    return sorted(set(_parts(text)))


def goals(text: str) -> list[int]:
    """Numbers of SDGs between commas, the main one first."""
    found = []
    for part in _parts(text):
        number = part.upper().removeprefix("ODD").strip()
        if not (number.isdecimal() and len(number) < 3) or int(number) not in SDG.values:
            raise ValueError(_("“%(text)s” is not the number of an SDG (1 to 17).") % {"text": part})
        found.append(int(number))
    return list(dict.fromkeys(found))
