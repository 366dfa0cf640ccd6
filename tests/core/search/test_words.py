"""What PostgreSQL takes for the same word, and what people send that is none."""

from __future__ import annotations

import pytest
from django.db import connection

from core.search import indexing


def finds(query: str, text: str, *, language: str = "fr") -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_vector('', %s, %s) @@ search_query(%s)", [text, language, query])
        return cursor.fetchone()[0]


def begins(query: str, text: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_vector('', %s, 'fr') @@ search_beginnings(%s, '~', ' & ')", [text, query])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ingénieries", "l’ingénierie de territoire"),
        ("ingenierie", "Les ingénieries locales"),
        ("INGÉNIERIE", "d'ingénierie"),
        ("l’ingénierie", "une ingénierie"),
        ("qu’une passation", "les passations"),
        ("co-financement", "un cofinancement public"),
        ("cofinancement", "le co-financement"),
        ("co financement", "des cofinancements"),
        ("financement", "le co-financement"),
        ("interassociatif", "un lieu inter-associatif"),
        ("multi-acteurs", "une démarche multiacteurs"),
        ("œuvre", "la mise en oeuvre"),
        ('"mise en réseau"', "la mise en réseau des acteurs"),
        ("réseau OR inconnu", "la mise en réseau"),
        ("D-21-03", "Décision D-21-03 du relevé"),
        ("21e session", "Minutes de la 21e session"),
    ],
)
def test_one_word_in_its_forms(db, query, text):
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ('"réseau en mise"', "la mise en réseau des acteurs"),
        ("réseau -acteurs", "la mise en réseau des acteurs"),
        ("passation", "le passage"),
        ("la", "la mise en réseau"),
    ],
)
def test_another_word(db, query, text):
    assert not finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ingé", "l’ingénierie de territoire"),
        ("inscriptions", "elle est inscrite"),
        ("fonds ter", "un fonds territorial"),
        ("d’ing", "des ingénieries"),
    ],
)
def test_while_typing_beginnings_find(db, query, text):
    assert begins(query, text)


@pytest.mark.parametrize(("query", "text"), [("needs of fundings", "The funding needed"), ("réports", "annual report")])
def test_english(db, query, text):
    assert finds(query, text, language="en")


def test_language_by_its_small_words():
    assert indexing.language_of("The needs of the members and what is to be done") == "en"
    assert indexing.language_of("Les besoins des membres et ce qui est à faire") == "fr"
    assert indexing.language_of("Budget 2024") == "fr"
