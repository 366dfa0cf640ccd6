"""The page of the search and what it offers while somebody types: as people and programs send it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.search import indexing
from tests import factories
from tests.support.people import People

PAGE, SUGGEST = "/recherche/", "/recherche/suggestions/"


@pytest.fixture
def member(people: People, signed_in) -> Client:
    return signed_in(people.member)


def sessions(number: int) -> None:
    """Sessions of two cycles, each with an item."""
    cycles = [factories.CycleFactory(year=year) for year in (2031, 2032)]
    for place in range(number):
        session = factories.SessionFactory(number=500 + place, cycle=cycles[place % 2], title=f"Compost {place}")
        factories.AgendaItemFactory(session=session, title=f"Le compost <b>n° {place}</b> & l’eau")
    indexing.index_pending()


def read(response: Any) -> str:
    """The page with plain blanks in place of those that French typography sets."""
    return response.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def test_hits_say_what_they_are_and_lead_there(member):
    sessions(1)
    text = read(member.get(PAGE, {"q": "composts"}))
    assert "Session 500 – Compost 0" in text
    assert 'href="/sessions/500/#ordre-du-jour"' in text
    assert "2 résultats" in text
    assert "Le compost &lt;b&gt;n° 0&lt;/b&gt; &amp; l’eau" in text


def test_words_found_are_marked_and_texts_escaped(member):
    factories.SessionFactory(number=500, title="Autre", summary="Un compost & des <i>vers</i> de terre")
    indexing.index_pending()
    text = member.get(PAGE, {"q": "composts"}).content.decode()
    assert "<mark>compost</mark> &amp; des &lt;i&gt;vers&lt;/i&gt; de terre" in text


def test_facets_narrow_and_count_under_each_other(member):
    sessions(5)
    found = member.get(PAGE, {"q": "compost", "cycle": "2032"}).context["found"]
    assert found.found == 4
    facets = {facet.name: {option.value: option.count for option in facet.options} for facet in found.panel.facets}
    assert facets["cycle"] == {"2031": 6, "2032": 4}
    assert facets["type"] == {"session": 4}
    assert member.get(PAGE, {"q": "compost", "type": "decision"}).context["found"].found == 0
    assert member.get(PAGE, {"q": "compost", "type": ["decision", "session"], "page": "1"}).context["found"].found == 10


def test_pages(member):
    sessions(15)
    first = member.get(PAGE, {"q": "compost"}).context["found"]
    second = member.get(PAGE, {"q": "compost", "page": "2"}).context["found"]
    assert (first.found, len(first.hits), len(second.hits)) == (30, 20, 10)
    assert not {hit.title for hit in first.hits} & {hit.title for hit in second.hits}
    assert member.get(PAGE, {"q": "compost", "page": "3"}).status_code == 404
    assert member.get(PAGE, {"q": "compost", "page": "x"}).status_code == 404


def test_a_slip_is_put_right(member):
    sessions(1)
    found = member.get(PAGE, {"q": "conpost"}).context["found"]
    assert (found.corrected, found.found) == ("compost", 2)
    assert "«\xa0compost\xa0»" in member.get(PAGE, {"q": "conpost"}).content.decode()


TYPED = [
    "",
    " ",
    "'",
    '"',
    '"compost',
    "-",
    "-compost",
    "compost -",
    "& | ! ( ) : *",
    "compost:*",
    "a'); DROP TABLE x; --",
    "\\",
    "\\'",
    "🌱",
    "compost 🌱",
    "le la les",
    "%",
    "_",
    "<script>",
    "OR",
    "compost OR",
    "compost OR OR eau",
    "«\xa0compost\xa0»",
    "C:\\compost\\eau",
    "http://compost.example/eau?x='1'",
    "compost\ttab",
    "~compos",
    "\u202ecompost",
    "ﬁ",
    "e\u0301te\u0301",
    "x" * 200,
]


def test_whatever_is_typed_is_answered(member):
    sessions(1)
    for text in TYPED:
        assert member.get(PAGE, {"q": text}).status_code == 200, text
        assert member.get(SUGGEST, {"q": text}).status_code == 200, text


def test_too_long_is_told_and_stays_typed_and_nul_is_refused(member):
    response = member.get(PAGE, {"q": "x" * 10_000})
    assert response.status_code == 422
    assert "200 caractères au plus" in response.content.decode()
    assert f'value="{"x" * 10_000}"' in response.content.decode()
    assert member.get(SUGGEST, {"q": "x" * 10_000}).status_code == 200
    assert member.get(PAGE, {"q": "com\x00post"}).status_code == 400


def test_quotation_marks_of_any_kind_make_a_phrase(member):
    factories.SessionFactory(number=500, summary="La mise en réseau des acteurs")
    factories.SessionFactory(number=501, summary="Les réseaux, leur mise et leur entrée")
    indexing.index_pending()
    for text in ('"mise en réseau"', "«\xa0mise en réseau\xa0»", "“mise en réseau”"):
        assert member.get(PAGE, {"q": text}).context["found"].found == 1, text


def test_suggestions_begin_as_typed(member):
    sessions(2)
    text = member.get(SUGGEST, {"q": "comp"}).content.decode()
    assert text.count('role="option"') == 2
    assert 'data-url="/sessions/500/' in text
    assert "2 suggestions" in text.replace("\xa0", " ")
    assert 'role="option"' not in member.get(SUGGEST, {"q": ""}).content.decode()


def test_nobody_searches_without_end(member, settings):
    settings.SEARCH_REQUESTS = 2
    assert [member.get(PAGE, {"q": "x"}).status_code for _time in range(3)] == [200, 200, 429]
    assert [member.get(SUGGEST, {"q": "x"}).status_code for _time in range(7)] == [200] * 6 + [429]
    assert Client().get(PAGE, {"q": "x"}).status_code == 200


def asked(client: Client, address: str, text: str) -> tuple[int, int]:
    """How many statements a request asks, and how many of them read the index, each with the condition of all sources."""
    client.get(address, {"q": text})
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, {"q": text}).status_code == 200
    return len(queries), sum("search_passage" in query["sql"] for query in queries)


def test_the_index_is_asked_twice_for_a_page_and_once_while_typing(member):
    sessions(5)
    assert asked(member, PAGE, "compost") == (8, 2)  # the hits, their excerpts
    assert asked(member, SUGGEST, "comp") == (6, 1)
    assert asked(member, PAGE, "composts 3") == (9, 3)  # few hold whole words: beginnings as well
    # nothing: whole words, beginnings, the likest words that may be found, the hits of those, their excerpts
    assert asked(member, PAGE, "conpost") == (12, 5)


def test_as_many_statements_for_three_hits_as_for_thirty(member):
    sessions(5)
    few = asked(member, PAGE, "compost")
    for place in range(20):
        factories.SessionFactory(number=600 + place, title=f"Un compost de plus {place}")
    indexing.index_pending()
    assert asked(member, PAGE, "compost") == few


def test_every_page_bears_the_box(member, client):
    for page in (member.get("/sessions/"), client.get("/donnees-ouvertes/")):
        text = page.content.decode()
        assert 'action="/recherche/"' in text
        assert 'data-suggestions="/recherche/suggestions/"' in text
