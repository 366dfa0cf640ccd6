"""Partial dates as people write and read them, in the language of the page."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext, gettext_lazy as _, override, pgettext

from core.dates import FIRST_DAY, LAST_DAY, OUT_OF_BOUNDS

from . import values
from .values import PartialDate, Precision

FRENCH_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_ENGLISH_MONTHS = "january february march april may june july august september october november december".split()
_FRENCH_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
_ENGLISH_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
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
    if kind is Precision.DAYS:
        return _days(first, values.last_day(value))
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
        return f"{number} {FRENCH_MONTHS[value.month - 1]} {value.year}"
    return formats.date_format(value, "j F Y")


lazy_day = lazy(full_day, str)


def _days(first: dt.date, last: dt.date) -> str:
    """ "12 et 13 novembre 2027", "du 30 novembre au 2 décembre 2027": month and year once where they are the same."""
    start = full_day(first)
    if first.year == last.year:
        start = start.rpartition(" ")[0]
        if first.month == last.month:
            start = start.partition(" ")[0]
    pattern = pgettext("days", "%(first)s and %(last)s")
    if (last - first).days > 1:
        pattern = pgettext("days", "%(first)s to %(last)s")
    return pattern % {"first": start, "last": full_day(last)}


def _french_month(value: dt.date) -> str:
    return f"{FRENCH_MONTHS[value.month - 1]} {value.year}"


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


class UnreadableDate(ValueError):
    """It is clear what is missing or wrong: `refusal` says it to people."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.refusal = ValidationError(message, code="unreadable", params=params)


def plain_text(text: str) -> str:
    """In small letters, without accents, each blank a single one."""
    decomposed = unicodedata.normalize("NFKD", text.strip().lower())
    return re.sub(r"\s+", " ", "".join(c for c in decomposed if not unicodedata.combining(c)))


def _numbers(*languages: list[str]) -> dict[str, int]:
    """Every name and every abbreviation of three letters or more → its number from 1."""
    found: dict[str, int] = {}
    clashing = set()
    for words in languages:
        for number, word in enumerate(map(plain_text, words), start=1):
            for length in range(3, len(word) + 1):
                if found.setdefault(word[:length], number) != number:
                    clashing.add(word[:length])
    return {word: number for word, number in found.items() if word not in clashing}


_MONTHS = _numbers(FRENCH_MONTHS, _ENGLISH_MONTHS)
_WEEKDAYS = _numbers(_FRENCH_DAYS, _ENGLISH_DAYS)
_DAY_NUMBER = r"(?P<day>\d{1,2})(?:er|e|st|nd|rd|th)?"
_WITH_WEEKDAY = re.compile(
    r"(?:(?:le|the|on) )?(?P<weekday>[a-z]{3,9})[.,]* ?(?:(?:le|the) )?(?P<rest>(?:\d|[a-z]+ \d).*)"
)
_DAYS = [
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2}) ?([/.-]) ?(?P<month>\d{1,2})(?: ?\2 ?(?P<year>\d{4}|\d{2}))?"),
    re.compile(rf"{_DAY_NUMBER} (?P<word>[a-z]{{3,9}})\.?(?:,? (?P<year>\d{{4}}|\d{{2}}))?"),
    re.compile(rf"(?P<word>[a-z]{{3,9}})\.? {_DAY_NUMBER}(?:,? (?P<year>\d{{4}}))?"),
]


def parse(text: str, *, coming: dt.date | None = None) -> PartialDate:
    """Reads "2024", "2024-11", "11/2024", "novembre 2024", "nov. 2024", "été 2020", and every day `parse_day` reads.

    Raises ValueError for anything else, also for a day that does not exist: `UnreadableDate` where people can be told
    what is wrong. A day without its year is the next one from `coming` on, where the field means one that comes.
    """
    plain = plain_text(text).strip(" .,;")
    if match := re.fullmatch(r"(\d{4})", plain):
        return values.year(_year(match[1]))
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", plain) or re.fullmatch(r"(?P<m>\d{1,2})[/.](?P<y>\d{4})", plain):
        numbers = match.groupdict()
        year, month = (numbers["y"], numbers["m"]) if numbers else match.groups()
        if not 1 <= int(month) <= 12:
            raise ValueError(text)
        return values.month(_year(year), int(month))
    if match := re.fullmatch(r"(?:en )?([a-z]+)\.? (\d{4})(?:[-–]\d{4})?", plain):
        word, year = match[1], _year(match[2])
        if month := _MONTHS.get(word):
            return values.month(year, month)
        if word in _SEASON_WORDS:
            return values.season(_SEASON_WORDS[word], year)
    return values.day(parse_day(text, coming=coming))


def parse_day(text: str, *, coming: dt.date | None = None) -> dt.date:
    """Reads "2024-11-12", "12/11/2024", "12.11.24", "le 12 novembre 2024", "mardi 12 nov. 2024", "November 12, 2024".

    A day of the week is checked; a year of two digits lies between 1970 and 2069. Raises as `parse`.
    """
    plain = plain_text(text).strip(" .,;")
    weekday = None
    if (match := _WITH_WEEKDAY.fullmatch(plain)) and match["weekday"] in _WEEKDAYS:
        weekday, plain = _WEEKDAYS[match["weekday"]], match["rest"]
    plain = re.sub(r"^(?:le|the|on|du) (?=\S)", "", plain)
    found = next((match for pattern in _DAYS if (match := pattern.fullmatch(plain))), None)
    if found is None:
        raise ValueError(text)
    given = found.groupdict()
    month = int(given["month"]) if "month" in given else _MONTHS.get(given["word"])
    if month is None:
        raise ValueError(text)
    number = int(given["day"])
    if given["year"] is None:
        day = _next(number, month, coming or dt.date(2024, 1, 1))  # a leap year: every day of the year exists
        if coming is None:
            raise UnreadableDate(_("The year is missing: write it after the month."))
    else:
        day = dt.date(_year(given["year"]), month, number)
    if weekday is not None and day.isoweekday() != weekday:
        message = _("%(day)s is a %(weekday)s: check the day or the date.")
        raise UnreadableDate(message, day=lazy_day(day), weekday=WEEKDAYS[day.weekday()])
    return day


def _next(number: int, month: int, start: dt.date) -> dt.date:
    """The first such day from `start` on; 29 February may be some years away."""
    if not (1 <= month <= 12 and 1 <= number <= values.last_of_month(2024, month)):
        raise ValueError(f"{number}/{month}")
    years = (year for year in range(start.year, start.year + 9) if number <= values.last_of_month(year, month))
    return next(day for year in years if (day := dt.date(year, month, number)) >= start)


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
    if len(text) == 2:
        year += 2000 if year < 70 else 1900
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise UnreadableDate(OUT_OF_BOUNDS, first=FIRST_DAY.year, last=LAST_DAY.year)
    return year
