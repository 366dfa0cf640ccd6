"""Dates, clock times, ordinals and sizes as each language writes them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.partial_dates import PartialDate, display, phrases
from core.partial_dates.phrases import Preposition
from core.partial_dates.text import full_day

NBSP = "\u00a0"
_FIRST = SafeString("1<sup>er</sup>")
_FRENCH_DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()


def _french() -> bool:
    return (get_language() or "fr").startswith("fr")


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


def _day(value: dt.date | dt.datetime) -> dt.date:
    value = _local(value)
    return value.date() if isinstance(value, dt.datetime) else value


def _set(text: str) -> str | SafeString:
    """As French prints it: "1er mars 2024" with the letters raised, a day never parted from its month."""
    if not _french():
        return text
    text = re.sub(r"\b(\d{1,2}(?:er)?) (?=[^\W\d])", rf"\1{NBSP}", text)
    pieces = re.split(r"\b1er\b", text)
    return format_html_join(_FIRST, "{}", ((piece,) for piece in pieces)) if len(pieces) > 1 else text


def partial_date(value: PartialDate | None) -> str | SafeString:
    """A partial date to its precision: "12 novembre 2024", "novembre 2024", "été 2020"; "" where unknown."""
    return _set(display(value))


def partial_date_first(value: PartialDate | None) -> str | SafeString:
    """As `partial_date`, to stand first in a line: "Novembre 2024"."""
    text = display(value)
    return _set(text[:1].upper() + text[1:])


def _phrase(preposition: Preposition, value: PartialDate | None) -> str | SafeString:
    return format_html(phrases.pattern(preposition, value), _set(display(value))) if value else ""


def since_date(value: PartialDate | None) -> str | SafeString:
    """ "depuis le 12 novembre 2024", "depuis novembre 2024", "depuis l’été 2020"; "" where unknown, as those below."""
    return _phrase(Preposition.SINCE, value)


def from_date(value: PartialDate | None) -> str | SafeString:
    """ "à partir du 12 novembre 2024", "à partir d’août 2024"."""
    return _phrase(Preposition.FROM, value)


def until_date(value: PartialDate | None) -> str | SafeString:
    """ "jusqu’au 12 novembre 2024", "jusqu’en novembre 2024"."""
    return _phrase(Preposition.UNTIL, value)


def on_date(value: PartialDate | None) -> str | SafeString:
    """ "le 12 novembre 2024", "en novembre 2024", "les 12 et 13 novembre 2027"."""
    return _phrase(Preposition.ON, value)


def long_date(value: dt.date | dt.datetime | None) -> str | SafeString:
    """ "12 novembre 2024", "12 November 2024"; a moment by the day it is in France."""
    return "" if not value else _set(full_day(_day(value)))


def weekday_date(value: dt.date | dt.datetime | None) -> str:
    """ "jeudi 20 mars 2025", "Thursday 20 March 2025"."""
    if not value:
        return ""
    day = _day(value)
    return (
        f"{_FRENCH_DAYS[day.weekday()]} {full_day(day).replace(' ', NBSP, 1)}"
        if _french()
        else formats.date_format(day, "l j F Y")
    )


def clock(value: dt.datetime | dt.time | None) -> str:
    """ "14 h 05" in French, "14:05" in English; a moment by the clock in France."""
    if value is None or value == "":
        return ""
    moment = _local(value) if isinstance(value, dt.datetime) else value
    if _french():
        return f"{moment.hour}{NBSP}h{NBSP}{moment.minute:02d}"
    return f"{moment.hour:02d}:{moment.minute:02d}"


def moment_date(value: dt.datetime) -> SafeString:
    """As `long_date`, of something done or saved: the browser shows its reader the day by his or her own clock."""
    return format_html('<time datetime="{}" data-moment="date">{}</time>', value.isoformat(), long_date(value))


def moment_clock(value: dt.datetime) -> SafeString:
    """As `clock`, in the same way."""
    return format_html('<time datetime="{}" data-moment="clock">{}</time>', value.isoformat(), clock(value))


def ordinal(value: Any, gender: str = "f") -> str | SafeString:
    """21 → 21<sup>e</sup>, 1 → 1<sup>re</sup> (or 1<sup>er</sup> with `"m"`); 21st in English."""
    if value is None or value == "":
        return ""
    number = int(value)
    if _french():
        ending = ("er" if gender == "m" else "re") if number == 1 else "e"
        return format_html("{}<sup>{}</sup>", number, ending)
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def ordinal_raised(value: Any) -> str | SafeString:
    """As `ordinal`, its ending raised in every language: for numbers set large, where "23rd" on one line has no room."""
    text = ordinal_text(value)
    digits = text.rstrip("abcdefghijklmnopqrstuvwxyz")
    return format_html("{}<sup>{}</sup>", digits, text.removeprefix(digits)) if text else ""


def ordinal_text(value: Any, gender: str = "f") -> str:
    """As `ordinal` without markup, for titles and attributes: "21e", "1re", "21st"."""
    if value is None or value == "":
        return ""
    if _french():
        return f"{int(value)}" + (("er" if gender == "m" else "re") if int(value) == 1 else "e")
    return str(ordinal(value))


def file_size(value: int | None) -> str:
    """Bytes in decimal units: "1,2 Mo", "210 ko" in French, "1.2 MB", "210 kB" in English."""
    if value is None or value == "":
        return ""
    units = ("octets", "ko", "Mo", "Go") if _french() else ("bytes", "kB", "MB", "GB")
    size, step = float(value), 0
    while size >= 999.5 and step < len(units) - 1:
        size, step = size / 1000, step + 1
    digits = 1 if step >= 2 and size < 100 else 0
    return f"{formats.number_format(round(size, digits), digits)}{NBSP}{units[step]}"
