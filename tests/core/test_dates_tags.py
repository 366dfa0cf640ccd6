"""Dates, clock times, ordinals and sizes in both languages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation
from django.utils.html import conditional_escape

from core import partial_dates
from core.formatting import dates

NBSP = "\u00a0"
MOMENT = dt.datetime(2024, 11, 12, 13, 5, tzinfo=dt.UTC)  # 14:05 in Paris
LATE = dt.datetime(2024, 6, 30, 22, 30, tzinfo=dt.UTC)  # 1 July, 0:30 in Paris


@pytest.fixture(params=["fr", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


def both(language, french, english):
    """In French a tilde stands for a no-break space."""
    return french.replace("~", NBSP) if language == "fr" else english


def test_clock(language):
    assert dates.clock(MOMENT) == both(language, f"14{NBSP}h{NBSP}05", "14:05")
    assert dates.clock(dt.time(9, 0)) == both(language, f"9{NBSP}h{NBSP}00", "09:00")
    assert dates.clock(None) == ""


def test_long_date_is_the_day_in_france(language):
    assert dates.long_date(MOMENT) == both(language, "12~novembre 2024", "12 November 2024")
    assert dates.long_date(LATE) == both(language, "1<sup>er</sup>~juillet 2024", "1 July 2024")
    assert dates.long_date(dt.date(2020, 3, 20)) == both(language, "20~mars 2020", "20 March 2020")
    assert dates.long_date(None) == ""


def test_weekday_date(language):
    assert dates.weekday_date(MOMENT) == both(language, "mardi 12~novembre 2024", "Tuesday 12 November 2024")
    assert dates.weekday_date(None) == ""


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (partial_dates.day(dt.date(2024, 11, 12)), "12~novembre 2024", "12 November 2024"),
        (partial_dates.day(dt.date(2024, 3, 1)), "1<sup>er</sup>~mars 2024", "1 March 2024"),
        (partial_dates.month(2024, 11), "novembre 2024", "November 2024"),
        (partial_dates.year(2024), "2024", "2024"),
        (None, "", ""),
    ],
)
def test_partial_date(language, value, french, english):
    assert dates.partial_date(value) == both(language, french, english)


def test_partial_date_first_begins_a_line(language):
    assert dates.partial_date_first(partial_dates.month(2024, 11)) == both(language, "Novembre 2024", "November 2024")
    first = partial_dates.day(dt.date(2024, 3, 1))
    assert dates.partial_date_first(first) == both(language, "1<sup>er</sup>~mars 2024", "1 March 2024")


@pytest.mark.parametrize(
    ("number", "gender", "french", "english"),
    [
        (1, "f", "1<sup>re</sup>", "1st"),
        (1, "m", "1<sup>er</sup>", "1st"),
        (2, "f", "2<sup>e</sup>", "2nd"),
        (3, "f", "3<sup>e</sup>", "3rd"),
        (11, "f", "11<sup>e</sup>", "11th"),
        (12, "f", "12<sup>e</sup>", "12th"),
        (21, "f", "21<sup>e</sup>", "21st"),
        (112, "f", "112<sup>e</sup>", "112th"),
    ],
)
def test_ordinal(language, number, gender, french, english):
    assert dates.ordinal(number, gender) == both(language, french, english)
    plain = french.replace("<sup>", "").replace("</sup>", "")
    assert dates.ordinal_text(number, gender) == both(language, plain, english)


def test_a_number_set_large_raises_its_ending(language):
    assert dates.ordinal_raised(23) == both(language, "23<sup>e</sup>", "23<sup>rd</sup>")
    assert dates.ordinal_raised(1) == both(language, "1<sup>re</sup>", "1<sup>st</sup>")
    assert dates.ordinal_raised(None) == ""


def test_raised_letters_are_markup_and_nothing_else_is(language):
    assert "&lt;" not in conditional_escape(dates.ordinal(21))
    assert dates.ordinal("") == dates.ordinal_text(None) == ""


@pytest.mark.parametrize(
    ("size", "french", "english"),
    [
        (0, "0 octets", "0 bytes"),
        (999, "999 octets", "999 bytes"),
        (1000, "1 ko", "1 kB"),
        (209_600, "210 ko", "210 kB"),
        (999_600, "1,0 Mo", "1.0 MB"),
        (1_234_567, "1,2 Mo", "1.2 MB"),
        (250_000_000, "250 Mo", "250 MB"),
        (3_000_000_000, "3,0 Go", "3.0 GB"),
        (None, "", ""),
    ],
)
def test_file_size(language, size, french, english):
    assert dates.file_size(size) == both(language, french, english).replace(" ", NBSP)
