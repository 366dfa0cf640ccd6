"""File names: shown to people, saved on any system, never a path."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st

from core.files import names


@pytest.mark.parametrize(
    ("given_name", "clean"),
    [
        ("Compte rendu.pdf", "Compte rendu.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\camille\\Été 2024.PDF", "Été 2024.pdf"),
        ("rapport\u202efdp.exe", "rapportfdp.exe"),
        ("a\x00b\tc\nd.pdf", "ab c d.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ('a<b>:"c|d?*.pdf', "a-b---c-d--.pdf"),
        (".htaccess", "htaccess"),
        ("...", "document"),
        ("", "document"),
        (".pdf", "pdf"),
        ("  espaces   partout .pdf ", "espaces partout.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("sans point final.", "sans point final"),
        ("archive.tar.gz", "archive.tar.gz"),
        ("nom.avec des mots", "nom.avec des mots"),
    ],
)
def test_examples(given_name: str, clean: str) -> None:
    assert names.clean(given_name) == clean


@given(st.text(max_size=400))
def test_whatever_the_sender_wrote_the_name_is_safe(text: str) -> None:
    name = names.clean(text)
    assert 0 < len(name) <= names.MOST
    assert len(name.encode()) <= names.MOST_BYTES
    assert not set(name) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in name)
    assert name == name.strip()
    assert not name.startswith(".")
    assert not name.endswith(".")


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = names.clean(text)
    assert names.clean(once) == once


@given(st.text(min_size=1, max_size=300), st.sampled_from(["pdf", "docx"]))
def test_a_long_name_keeps_its_ending(stem: str, extension: str) -> None:
    assert names.clean(f"{stem}a.{extension}").endswith(f".{extension}")
