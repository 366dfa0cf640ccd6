"""Names of organisations within a sentence."""

from __future__ import annotations

import pytest
from django.utils import translation

from core.formatting import names


@pytest.mark.parametrize(
    ("name", "subject", "of", "to"),
    [
        ("Le RAMEAU", "Le RAMEAU", "du RAMEAU", "au RAMEAU"),
        ("Les Semis", "Les Semis", "des Semis", "aux Semis"),
        ("La Fonda", "La Fonda", "de La Fonda", "à La Fonda"),
        (
            "Fondation des Territoires",
            "la Fondation des Territoires",
            "de la Fondation des Territoires",
            "à la Fondation des Territoires",
        ),
        ("Fonds ODD 17", "le Fonds ODD 17", "du Fonds ODD 17", "au Fonds ODD 17"),
        (
            "Médiateur des entreprises",
            "le Médiateur des entreprises",
            "du Médiateur des entreprises",
            "au Médiateur des entreprises",
        ),
        ("École des communs", "l’École des communs", "de l’École des communs", "à l’École des communs"),
        ("Juristes du commun", "les Juristes du commun", "des Juristes du commun", "aux Juristes du commun"),
        ("ADEME", "l’ADEME", "de l’ADEME", "à l’ADEME"),
        ("Avise", "Avise", "d’Avise", "à Avise"),
        ("France Active", "France Active", "de France Active", "à France Active"),
    ],
)
def test_french_gives_the_article_and_melts_it(name, subject, of, to):
    with translation.override("fr"):
        assert (names.subject(name), names.of(name), names.from_(name), names.to(name)) == (subject, of, of, to)
        assert names.subject(name, first=True)[0].isupper()


def test_english_only_puts_its_preposition():
    with translation.override("en"):
        name = "Fondation des Territoires"
        assert names.subject(name) == name
        assert (names.of(name), names.from_(name), names.to(name)) == (f"of {name}", f"from {name}", f"to {name}")


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        (
            "fr",
            {
                "holder": "la Fondation des Territoires",
                "Holder": "La Fondation des Territoires",
                "of_holder": "de la Fondation des Territoires",
                "from_holder": "de la Fondation des Territoires",
                "to_holder": "à la Fondation des Territoires",
            },
        ),
        (
            "en",
            {
                "holder": "Fondation des Territoires",
                "Holder": "Fondation des Territoires",
                "of_holder": "of Fondation des Territoires",
                "from_holder": "from Fondation des Territoires",
                "to_holder": "to Fondation des Territoires",
            },
        ),
    ],
)
def test_every_form_a_message_may_need(language: str, forms: dict[str, str]) -> None:
    with translation.override(language):
        assert names.in_sentence(holder="Fondation des Territoires") == forms
