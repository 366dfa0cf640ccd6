"""French typography: only spaces, apostrophes and ordinals, and twice is once."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given, strategies as st

from core.formatting.typography import Typesetter, french, french_html
from core.templatetags.typography import typeset


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Vraiment ?", "Vraiment\u00a0?"),
        ("Vraiment? Oui!", "Vraiment\u00a0? Oui\u00a0!"),
        ("Trois points : un ; deux", "Trois points\u00a0: un\u00a0; deux"),
        ("«Bien»", "«\u00a0Bien\u00a0»"),
        ("« Bien »", "«\u00a0Bien\u00a0»"),
        ("12 500 €, 40 %", "12\u00a0500\u00a0€, 40\u00a0%"),
        ("12€", "12\u00a0€"),
        ("12 novembre 2024", "12\u00a0novembre 2024"),
        ("14 h 05", "14\u00a0h\u00a005"),
        ("aux 21 dispositifs", "aux 21\u00a0dispositifs"),
        ("la 21e session, 1er mars", "la 21e\u00a0session, 1er\u00a0mars"),
        ("l'eau d'été...", "l’eau d’été…"),
        ("M. Martin, n° 3", "M.\u00a0Martin, n°\u00a03"),
        ("espace\u202ffine", "espace\u00a0fine"),
        ("https://exemple.example/?a=1&b=2", "https://exemple.example/?a=1&b=2"),
        ("à 14:05", "à 14:05"),
    ],
)
def test_what_is_set(typed: str, set_: str) -> None:
    assert french(typed) == set_


@pytest.mark.parametrize(
    ("typed", "raised"),
    [
        ("la 21e session", "la 21<sup>e</sup>\u00a0session"),
        ("le 1er kilomètre", "le 1<sup>er</sup>\u00a0kilomètre"),
        ("la 1ère, la 21ème", "la 1<sup>re</sup>, la 21<sup>e</sup>"),
        ("2nde", "2<sup>nde</sup>"),
        ("3.5e et a4e", "3.5e et a4e"),
        ("a < b & c", "a &lt; b &amp; c"),
    ],
)
def test_ordinals_are_raised(typed: str, raised: str) -> None:
    assert french_html(typed) == raised


@given(st.text(alphabet=st.sampled_from("ab «»;:?!%€'’.…12 \u00a0\u202f\nè<&"), max_size=30))
def test_twice_is_once_and_no_word_changes(text: str) -> None:
    once = french(text)

    assert french(once) == once
    kept = str.maketrans(dict.fromkeys(" \u00a0\u202f") | {"'": "’", ".": None, "…": None})
    assert once.translate(kept) == text.translate(kept)


def test_english_is_left_alone() -> None:
    with translation.override("en"):
        assert typeset("Really ? <b>") == "Really ? &lt;b&gt;"


def test_text_between_tags_is_set_and_tags_are_kept() -> None:
    html = "<p>Voir <strong>cela</strong> : <em>« oui »</em> &amp; 1er<br>a &lt; b</p>"

    assert Typesetter().typeset(html) == (
        "<p>Voir <strong>cela</strong>\u00a0: <em>«\u00a0oui\u00a0»</em> &amp; 1<sup>er</sup><br>a &lt; b</p>"
    )
