"""Partial dates as people write and read them, in the language of the page."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from django.utils import formats
from django.utils.dates import MONTHS
from django.utils.translation import get_language, gettext, override, pgettext

from . import values
from .values import PartialDate, Precision

_FRENCH_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_ENGLISH_MONTHS = "january february march april may june july august september october november december".split()
_SEASON_WORDS = {
    "debut": "early", "early": "early",
    "printemps": "spring", "spring": "spring",
    "milieu": "middle", "mid": "middle",
    "ete": "summer", "summer": "summer",
    "automne": "autumn", "autumn": "autumn",
    "fin": "late", "late": "late",
    "hiver": "winter", "winter": "winter",
}  # fmt: skip


def display(value: PartialDate | None) -> str:
    """ "12 novembre 2024", "novembre 2024", "été 2020", "2024"; "" where nothing is known."""
    if value is None:
        return ""
    kind, name = values.precision(value)
    first = value.lower
    if kind is Precision.DAY:
        return full_day(first)
    if kind is Precision.MONTH:
        return f"{MONTHS[first.month]} {first.year}" if get_language() != "fr" else _french_month(first)
    if kind is Precision.YEAR:
        return str(first.year)
    if kind is Precision.SEASON:
        return _season(name, first.year)
    return gettext("between %(first)s and %(last)s") % {
        "first": full_day(first),
        "last": full_day(values.last_day(value)),
    }


def full_day(value: dt.date) -> str:
    """A day in words; French writes the first of a month "1er"."""
    if (get_language() or "fr").startswith("fr"):
        number = "1er" if value.day == 1 else str(value.day)
        return f"{number} {_FRENCH_MONTHS[value.month - 1]} {value.year}"
    return formats.date_format(value, "j F Y")


def _french_month(value: dt.date) -> str:
    return f"{_FRENCH_MONTHS[value.month - 1]} {value.year}"


def _season(name: str, year: int) -> str:
    words = {
        "early": pgettext("partial date", "early %(year)s"),
        "spring": pgettext("partial date", "spring %(year)s"),
        "middle": pgettext("partial date", "mid %(year)s"),
        "summer": pgettext("partial date", "summer %(year)s"),
        "autumn": pgettext("partial date", "autumn %(year)s"),
        "late": pgettext("partial date", "late %(year)s"),
        "winter": pgettext("partial date", "winter %(year)s–%(next)s"),
    }
    return words[name] % {"year": year, "next": year + 1}


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.strip().lower())
    return re.sub(r"\s+", " ", "".join(c for c in decomposed if not unicodedata.combining(c)))


_MONTH_NUMBERS = {
    _plain(word): number for words in (_FRENCH_MONTHS, _ENGLISH_MONTHS) for number, word in enumerate(words, start=1)
}


def parse(text: str) -> PartialDate:
    """Reads "2024", "2024-11", "2024-11-12", "12/11/2024", "novembre 2024", "12 novembre 2024", "été 2020".

    Raises ValueError for anything else, also for a day that does not exist.
    """
    plain = _plain(text)
    if match := re.fullmatch(r"(\d{4})", plain):
        return values.year(_year(match[1]))
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", plain) or re.fullmatch(r"(?P<m>\d{1,2})/(?P<y>\d{4})", plain):
        numbers = match.groupdict()
        year, month = (numbers["y"], numbers["m"]) if numbers else match.groups()
        if not 1 <= int(month) <= 12:
            raise ValueError(text)
        return values.month(_year(year), int(month))
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain):
        return values.day(dt.date(_year(match[1]), int(match[2]), int(match[3])))
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", plain):
        return values.day(dt.date(_year(match[3]), int(match[2]), int(match[1])))
    if match := re.fullmatch(r"(?:(\d{1,2})(?:er)? )?([a-z]+) (\d{4})(?:[-–]\d{4})?", plain):
        number, word, year = match[1], match[2], _year(match[3])
        if month := _MONTH_NUMBERS.get(word):
            return values.day(dt.date(year, month, int(number))) if number else values.month(year, month)
        if not number and word in _SEASON_WORDS:
            return values.season(_SEASON_WORDS[word], year)
    raise ValueError(text)


def editable(value: PartialDate | None) -> str:
    """The text that `parse` reads back to the same value, for a form field, whatever the language."""
    if value is None:
        return ""
    if values.precision(value)[0] is Precision.DAY:
        return value.lower.strftime("%d/%m/%Y")
    with override(get_language() or "fr"):
        return display(value)


def _year(text: str) -> int:
    year = int(text)
    if not 1900 <= year <= 2200:
        raise ValueError(text)
    return year
