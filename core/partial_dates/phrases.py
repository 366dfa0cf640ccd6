"""A partial date with the preposition before it: "depuis le 29 novembre 2026", but "depuis novembre 2024".

French changes the words between preposition and date with the precision; every sentence that says since when, from
when, until when or on what date takes its words here (`pattern` leaves the place of the date open, for markup).
"""

from __future__ import annotations

from enum import Enum

from django.utils.dates import MONTHS
from django.utils.translation import pgettext

from core.partial_dates import text, values
from core.partial_dates.values import PartialDate, Precision


class Preposition(Enum):
    SINCE = "since"
    FROM = "from"
    UNTIL = "until"
    ON = "on"
    FOR = "for"
    OF = "of"


def since(value: PartialDate) -> str:
    return _filled(Preposition.SINCE, value)


def from_(value: PartialDate) -> str:
    return _filled(Preposition.FROM, value)


def until(value: PartialDate) -> str:
    return _filled(Preposition.UNTIL, value)


def on(value: PartialDate) -> str:
    return _filled(Preposition.ON, value)


def for_(value: PartialDate) -> str:
    return _filled(Preposition.FOR, value)


def of(value: PartialDate) -> str:
    return _filled(Preposition.OF, value)


def _filled(preposition: Preposition, value: PartialDate) -> str:
    return pattern(preposition, value).replace("{}", text.display(value))


def pattern(preposition: Preposition, value: PartialDate) -> str:
    """The phrase with "{}" where `display(value)` stands."""
    return _PATTERNS[_shape(value)]()[preposition]


def _shape(value: PartialDate) -> str:
    """What decides the words before the date; a month also by its first letter, in the language of the moment."""
    kind, name = values.precision(value)
    if kind is Precision.SEASON:
        return {"spring": "spring", "early": "edge", "middle": "edge", "late": "edge"}.get(name, "season")
    if kind is Precision.MONTH:
        return "vowel month" if str(MONTHS[value.lower.month])[0] in "aeiouAEIOU" else "month"
    if kind is Precision.DAYS:
        return "two days" if (value.upper - value.lower).days == 2 else "more days"
    return {Precision.DAY: "day", Precision.YEAR: "year"}.get(kind, "span")


def _of(since: str, from_: str, until: str, on: str, for_: str, of: str) -> dict[Preposition, str]:
    return dict(zip(Preposition, (since, from_, until, on, for_, of), strict=True))


_PATTERNS = {
    "day": lambda: _of(
        pgettext("before a day", "since {}"),
        pgettext("before a day", "from {} on"),
        pgettext("before a day", "until {}"),
        pgettext("before a day", "on {}"),
        pgettext("before a day", "for {}"),
        pgettext("before a day", "of {}"),
    ),
    "month": lambda: _of(
        pgettext("before a month", "since {}"),
        pgettext("before a month", "from {} on"),
        pgettext("before a month", "until {}"),
        pgettext("before a month", "in {}"),
        pgettext("before a month", "for {}"),
        pgettext("before a month", "of {}"),
    ),
    "vowel month": lambda: _of(
        pgettext("before a month", "since {}"),
        pgettext("before a month that begins with a vowel", "from {} on"),
        pgettext("before a month", "until {}"),
        pgettext("before a month", "in {}"),
        pgettext("before a month", "for {}"),
        pgettext("before a month that begins with a vowel", "of {}"),
    ),
    "year": lambda: _of(
        pgettext("before a year", "since {}"),
        pgettext("before a year", "from {} on"),
        pgettext("before a year", "until {}"),
        pgettext("before a year", "in {}"),
        pgettext("before a year", "for {}"),
        pgettext("before a year", "of {}"),
    ),
    "spring": lambda: _of(
        pgettext("before spring", "since {}"),
        pgettext("before spring", "from {} on"),
        pgettext("before spring", "until {}"),
        pgettext("before spring", "in {}"),
        pgettext("before spring", "for {}"),
        pgettext("before spring", "of {}"),
    ),
    "season": lambda: _of(
        pgettext("before summer, autumn or winter", "since {}"),
        pgettext("before summer, autumn or winter", "from {} on"),
        pgettext("before summer, autumn or winter", "until {}"),
        pgettext("before summer, autumn or winter", "in {}"),
        pgettext("before summer, autumn or winter", "for {}"),
        pgettext("before summer, autumn or winter", "of {}"),
    ),
    "edge": lambda: _of(
        pgettext("before early, mid or late", "since {}"),
        pgettext("before early, mid or late", "from {} on"),
        pgettext("before early, mid or late", "until {}"),
        pgettext("before early, mid or late", "in {}"),
        pgettext("before early, mid or late", "for {}"),
        pgettext("before early, mid or late", "of {}"),
    ),
    "span": lambda: _of(
        pgettext("before two days", "since a day {}"),
        pgettext("before two days", "from a day {} on"),
        pgettext("before two days", "until a day {}"),
        pgettext("before two days", "on a day {}"),
        pgettext("before two days", "for a day {}"),
        pgettext("before two days", "of a day {}"),
    ),
    "two days": lambda: _of(
        pgettext("before two days in a row", "since {}"),
        pgettext("before two days in a row", "from {} on"),
        pgettext("before two days in a row", "until {}"),
        pgettext("before two days in a row", "on {}"),
        pgettext("before two days in a row", "for {}"),
        pgettext("before two days in a row", "of {}"),
    ),
    "more days": lambda: _of(
        pgettext("before a first and a last day", "since {}"),
        pgettext("before a first and a last day", "from {} on"),
        pgettext("before a first and a last day", "until {}"),
        pgettext("before a first and a last day", "from {}"),
        pgettext("before a first and a last day", "for {}"),
        pgettext("before a first and a last day", "of {}"),
    ),
}
