"""Several days in a row as people write and read them; a gap, a wrong order and a wrong weekday are told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation

from core.partial_dates import Days, DaysFormField, PartialDate, day, days, display, month, parse, phrases
from core.partial_dates.days import parse_days
from core.partial_dates.text import editable
from core.partial_dates.values import as_json, days_of, from_json, is_day, is_days, some_day

NOVEMBER = [dt.date(2027, 11, number) for number in range(1, 31)]
TWELVE, THIRTEEN, FOURTEEN = NOVEMBER[11:14]
TWO, THREE = days(TWELVE, THIRTEEN), days(TWELVE, FOURTEEN)
OVER_MONTHS = days(NOVEMBER[29], dt.date(2027, 12, 1))
OVER_YEARS = days(dt.date(2027, 12, 31), dt.date(2028, 1, 1))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12 et 13 novembre 2027", TWO),
        ("Les 12 et 13 novembre 2027", TWO),
        ("12 & 13 nov. 2027", TWO),
        ("12-13 novembre 2027", TWO),
        ("12 – 13 novembre 2027", TWO),
        ("12-13/11/2027", TWO),
        ("12/11/2027 et 13/11/2027", TWO),
        ("12/11 et 13/11/2027", TWO),
        ("12-11-2027 au 13-11-2027", TWO),
        ("2027-11-12 - 2027-11-13", TWO),
        ("vendredi 12 et samedi 13 novembre 2027", TWO),
        ("vendredi 12 novembre et samedi 13 novembre 2027", TWO),
        ("le 12 novembre 2027 et le 13 novembre 2027", TWO),
        ("12 et 13 novembre", TWO),
        ("12 and 13 November 2027", TWO),
        ("du 12 au 14 novembre 2027", THREE),
        ("du vendredi 12 au dimanche 14 novembre 2027", THREE),
        ("12 au 14/11/27", THREE),
        ("12, 13 et 14 novembre 2027", THREE),
        ("from 12 to 14 November 2027", THREE),
        ("12\u00a0et\u00a013 novembre 2027", TWO),
        ("30 novembre et 1er décembre 2027", OVER_MONTHS),
        ("du 30/11 au 01/12/2027", OVER_MONTHS),
        ("31 décembre et 1er janvier 2028", OVER_YEARS),
        ("31 décembre 2027 au 1er janvier 2028", OVER_YEARS),
        ("du 12 au 12 novembre 2027", day(TWELVE)),
        ("12-11-2027", day(TWELVE)),
        ("le 12 novembre 2027", day(TWELVE)),
        ("novembre 2027", month(2027, 11)),
    ],
)
def test_reading(written: str, value: PartialDate) -> None:
    found = parse_days(written, coming=dt.date(2027, 3, 1))
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("12 et 14 novembre 2027", "Ces jours ne se suivent pas"),
        ("12, 13 et 15 novembre 2027", "Ces jours ne se suivent pas"),
        ("du 14 au 12 novembre 2027", "Le dernier jour précède le premier"),
        ("jeudi 12 et samedi 13 novembre 2027", "est un vendredi"),
        ("12 et 13 novembre", "Il manque l’année"),
        ("bientôt et 13 novembre 2027", "Écrivez un jour, plusieurs jours"),
        ("30 et 31 novembre 2027", "Écrivez un jour, plusieurs jours"),
        ("novembre et décembre 2027", "Écrivez un jour, plusieurs jours"),
    ],
)
def test_what_cannot_be_read_is_told(written: str, told: str) -> None:
    words = {"unreadable": "Écrivez un jour, plusieurs jours de suite."}
    with translation.override("fr"), pytest.raises(ValidationError) as refused:
        DaysFormField(error_messages=words).clean(written)
    assert told in refused.value.messages[0]


def test_a_field_for_one_day_takes_no_two() -> None:
    with pytest.raises(ValueError, match="12 et 13"):
        parse("12 et 13 novembre 2027")


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (TWO, "12 et 13 novembre 2027", "12 and 13 November 2027"),
        (THREE, "du 12 au 14 novembre 2027", "12 to 14 November 2027"),
        (OVER_MONTHS, "30 novembre et 1er décembre 2027", "30 November and 1 December 2027"),
        (OVER_YEARS, "31 décembre 2027 et 1er janvier 2028", "31 December 2027 and 1 January 2028"),
    ],
)
def test_writing_and_reading_back(value: PartialDate, french: str, english: str) -> None:
    for language, text in (("fr", french), ("en", english)):
        with translation.override(language):
            assert display(value) == text
            assert parse_days(editable(value)) == value
    assert from_json(as_json(value)) == value
    assert isinstance(from_json(as_json(value)), Days)


def test_the_words_before() -> None:
    with translation.override("fr"):
        assert [phrases.on(TWO), phrases.for_(TWO), phrases.of(TWO)] == [
            "les 12 et 13 novembre 2027",
            "pour les 12 et 13 novembre 2027",
            "des 12 et 13 novembre 2027",
        ]
        assert [phrases.on(THREE), phrases.for_(THREE), phrases.of(THREE)] == [
            "du 12 au 14 novembre 2027",
            "pour les journées du 12 au 14 novembre 2027",
            "des journées du 12 au 14 novembre 2027",
        ]
        assert [phrases.for_(day(TWELVE)), phrases.of(day(TWELVE))] == [
            "pour le 12 novembre 2027",
            "du 12 novembre 2027",
        ]
        assert phrases.of(month(2027, 10)) == "d’octobre 2027"


def test_as_a_filter_days_are_set_as_one_is() -> None:
    shown = Template("{% load dates %}{{ days|partial_date_first }}|{{ days|on_date }}")
    with translation.override("fr"):
        text = shown.render(Context({"days": OVER_MONTHS}))
    both = "30\u00a0novembre et 1<sup>er</sup>\u00a0décembre 2027"
    assert text == f"{both}|les {both}"


def test_a_span_is_one_day_of_several_and_days_are_all() -> None:
    assert (is_day(TWO), is_days(TWO), is_days(some_day(TWO)), is_days(day(TWELVE))) == (False, True, False, True)
    assert (days_of(THREE), days_of(day(TWELVE))) == ([TWELVE, THIRTEEN, FOURTEEN], [])
    assert as_json(day(TWELVE)) == {"from": "2027-11-12", "before": "2027-11-13"}
    with translation.override("fr"):
        assert display(some_day(TWO)) == "entre le 12 novembre 2027 et le 13 novembre 2027"
