"""Since when, from when, until when, on what date: the words before a date follow its precision."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from core.partial_dates import PartialDate, day, month, phrases, season, year

DAY, FIRST = day(dt.date(2026, 11, 29)), day(dt.date(2024, 3, 1))
FRENCH = [
    # value, since, from, until, on
    (DAY, "depuis le 29 novembre 2026", "à partir du 29 novembre 2026", "jusqu’au 29 novembre 2026", "le 29 novembre 2026"),
    (FIRST, "depuis le 1er mars 2024", "à partir du 1er mars 2024", "jusqu’au 1er mars 2024", "le 1er mars 2024"),
    (month(2024, 11), "depuis novembre 2024", "à partir de novembre 2024", "jusqu’en novembre 2024", "en novembre 2024"),
    (month(2024, 8), "depuis août 2024", "à partir d’août 2024", "jusqu’en août 2024", "en août 2024"),
    (month(2024, 4), "depuis avril 2024", "à partir d’avril 2024", "jusqu’en avril 2024", "en avril 2024"),
    (month(2024, 10), "depuis octobre 2024", "à partir d’octobre 2024", "jusqu’en octobre 2024", "en octobre 2024"),
    (year(2024), "depuis 2024", "à partir de 2024", "jusqu’en 2024", "en 2024"),
    (season("spring", 2020), "depuis le printemps 2020", "à partir du printemps 2020", "jusqu’au printemps 2020", "au printemps 2020"),
    (season("summer", 2020), "depuis l’été 2020", "à partir de l’été 2020", "jusqu’à l’été 2020", "à l’été 2020"),
    (season("early", 2020), "depuis début 2020", "à partir de début 2020", "jusqu’à début 2020", "début 2020"),
    (season("late", 2020), "depuis fin 2020", "à partir de fin 2020", "jusqu’à fin 2020", "fin 2020"),
    (
        PartialDate(dt.date(2024, 11, 5), dt.date(2024, 11, 9)),
        "depuis un jour entre le 5 novembre 2024 et le 8 novembre 2024",
        "à partir d’un jour entre le 5 novembre 2024 et le 8 novembre 2024",
        "jusqu’à un jour entre le 5 novembre 2024 et le 8 novembre 2024",
        "un jour entre le 5 novembre 2024 et le 8 novembre 2024",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("value", "since", "from_", "until", "on"), FRENCH)
def test_in_french(value: PartialDate, since: str, from_: str, until: str, on: str) -> None:
    with translation.override("fr"):
        assert (phrases.since(value), phrases.from_(value)) == (since, from_)
        assert (phrases.until(value), phrases.on(value)) == (until, on)


@pytest.mark.parametrize(
    ("value", "on"), [(DAY, "on 29 November 2026"), (month(2024, 8), "in August 2024"), (year(2024), "in 2024")]
)
def test_in_english(value: PartialDate, on: str) -> None:
    with translation.override("en"):
        assert phrases.on(value) == on
        assert phrases.since(value) == f"since {on.partition(' ')[2]}"
        assert phrases.until(value) == f"until {on.partition(' ')[2]}"
        assert phrases.from_(value) == f"from {on.partition(' ')[2]} on"


def test_as_a_filter_the_day_is_set_as_elsewhere() -> None:
    shown = Template("{% load dates %}{{ day|since_date }}|{{ none|until_date }}|{{ month|from_date|capfirst }}")
    with translation.override("fr"):
        text = shown.render(Context({"day": FIRST, "none": None, "month": month(2024, 8)}))
    assert text == "depuis le 1<sup>er</sup>\u00a0mars 2024||À partir d’août 2024"


PREPOSITIONS = re.compile(r"\b(since|from|until|From|Until|Since|on|in)\b[\s\"%}]*\{\{ *(\w+)")


def test_no_sentence_puts_its_own_preposition_before_a_partial_date() -> None:
    """In templates: the value of a `partial_date` filter never stands behind since, from, until, on or in."""
    wrong = []
    for path in sorted(Path(settings.BASE_DIR, "templates").rglob("*.html")):
        for block in re.findall(
            r"\{% blocktranslate([^%]*)%\}(.*?)\{% endblocktranslate %\}", path.read_text(), re.DOTALL
        ):
            names = set(re.findall(r"(\w+)=[\w.]+\|partial_date\b", block[0]))
            wrong += [f"{path.name}: {block[1]}" for _word, name in PREPOSITIONS.findall(block[1]) if name in names]
    assert wrong == []
