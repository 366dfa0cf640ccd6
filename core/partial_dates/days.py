"""Reads a day, several days in a row, or a partial date, as people write them: "12 et 13 novembre 2027"."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from core.partial_dates import text, values
from core.partial_dates.text import UnreadableDate
from core.partial_dates.values import PartialDate

# Words first: "12-11-2027 au 14-11-2027" has dashes of its own.
_BETWEEN = (
    (re.compile(r" (?:et|and) | ?& ?"), False),
    (re.compile(r" (?:jusqu['’]au|au|a|to|until) "), True),
    (re.compile(r" ?[-–—] ?"), True),
)
_BEFORE = re.compile(r"^(?:les|du|from|the|entre) (?=\S)")
_COMMA = re.compile(r"(?<=[\da-z]) ?, ?(?=(?:[a-z]+\.? )?\d)")
_LACKS_YEAR = re.compile(r"\d{1,2}(?:er|st|nd|rd|th)? [a-z]{3,9}\.?")
_LACKS_YEAR_IN_NUMBERS = re.compile(r"\d{1,2} ?([/.-]) ?\d{1,2}")
_NUMBER_ALONE = re.compile(r"(?:\D*\s)?\d{1,2}(?:er|st|nd|rd|th)?")


def parse_days(written: str, *, coming: dt.date | None = None) -> PartialDate:
    """Reads what `text.parse` reads, and "12 et 13 novembre 2027", "du 12 au 14 novembre 2027", "12-13/11/2027".

    Several days follow one another; each of them may bear its day of the week. Raises as `text.parse`.
    """
    try:
        return text.parse(written, coming=coming)
    except UnreadableDate:
        raise
    except ValueError:
        pass
    plain = _BEFORE.sub("", text.plain_text(written).strip(" .,;"))
    for pattern, spans in _BETWEEN:
        for match in pattern.finditer(plain):
            if (found := _read(plain[: match.start()], plain[match.end() :], coming)) is not None:
                return _in_a_row(found, spans=spans)
    raise ValueError(written)


def _read(left: str, right: str, coming: dt.date | None) -> list[dt.date] | None:
    """The days on both sides; None where this was not the sign between two days."""
    try:
        last = text.parse_day(right, coming=coming)
        return [*(_complete(part, last) for part in _COMMA.split(left)), last]
    except UnreadableDate:
        raise
    except ValueError:
        return None


def _complete(part: str, last: dt.date) -> dt.date:
    """A day that leaves month or year to the one it is written before: "30 novembre" before "1er décembre 2027"."""
    part = _BEFORE.sub("", part.strip())
    bare = re.sub(r"^(?:le |the |on )?(?:[a-z]+[.,]* )?(?=\d)", "", part)
    if match := _LACKS_YEAR_IN_NUMBERS.fullmatch(bare):
        ending = f"{match[1]}{{}}"
    elif _LACKS_YEAR.fullmatch(bare):
        ending = " {}"
    elif _NUMBER_ALONE.fullmatch(bare):
        ending = f" {text.plain_text(text.FRENCH_MONTHS[last.month - 1])} {{}}"
    else:
        return text.parse_day(part)
    day = text.parse_day(bare + ending.format(last.year))
    year = last.year - 1 if day > last and day.month != last.month else last.year  # "31 décembre et 1er janvier 2028"
    return text.parse_day(part + ending.format(year))


def _in_a_row(found: list[dt.date], *, spans: bool) -> PartialDate:
    first, last = found[0], found[-1]
    if last < first:
        raise UnreadableDate(_("The last day comes before the first: check both."))
    steps = {(later - earlier).days for earlier, later in pairwise(found)}
    if steps - {0, 1} and not (spans and len(found) == 2):
        raise UnreadableDate(_("These days do not follow one another: write “from the 12 to the 14”, or one of them."))
    return values.days(first, last)
