"""No cell of an export may become a program."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from core.tables import escape, unescape

DANGEROUS = "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize(
    "text", ["=1+1", "+33 1 23", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "'=1", "\ufeff=1", "\x00=1", "\x1f=1"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert escape(text).startswith("'")


@pytest.mark.parametrize("text", ["", "Le RAMEAU", "l’été", "'quoted'", "a=b", "12 500 €", "1er kilomètre"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert escape(text) == text


@given(st.text())
def test_nothing_dangerous_comes_first(text: str) -> None:
    assert not escape(text).lstrip(" \ufeff\u00a0").startswith(tuple(DANGEROUS))


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn"))))
def test_an_exported_text_reads_back_the_same(text: str) -> None:
    assert unescape(escape(text)) == text


@given(st.text(), st.text())
def test_two_texts_never_become_one(first: str, second: str) -> None:
    if escape(first) == escape(second):
        assert escape(unescape(escape(first))) == escape(unescape(escape(second)))
