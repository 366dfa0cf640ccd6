"""An empty list says what is missing and whose turn it is; where a filter left nothing, it says how to take it away."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from lxml import html

from funding.models import Funder
from tests.support.people import People
from tests.test_growth import ARGUMENTS, LISTS

READERS = {name: role for name, (role, _make, _most) in LISTS.items()} | {
    "funding:lines": "funder",
    "governance:journal": "animator",
}
# a page that is not there without its first row
OF_SOMETHING = {
    "sessions:cycle",
    "sessions:cycle-proceedings",
    "sessions:minutes-history",
    "funding:funder",
    "funding:bearer",
    "funding:region",
}
# its rows are there before anybody enters something: all regions, who reads the page, what made the account
NEVER_EMPTY = {"funding:regions", "administration:people", "governance:journal", "members:directory"}
FILTERED = {  # a filter that leaves nothing
    "administration:jobs": "etat=en-cours",
    "administration:mails": "etat=en-cours",
    "funding:detail": "region=11",
    "funding:initiatives": "q=zzzz",
    "funding:lines": "region=11",
    "governance:journal": "jusqu_au=2001-01-01",
    "members:directory": "q=zzzz",
    "administration:people": "etat=ferme",
    "sessions:actions": "statut=fait",
    "sessions:decisions": "statut=fait",
    "sessions:list": "q=zzzz",
}
TAKE_AWAY = "Retirez-en un, ou repartez de la liste entière."


def opened(response: HttpResponse) -> tuple[list[str], list[str]]:
    """(the words of what stands for an empty list, where it leads)."""
    boxes = html.fromstring(response.content).find_class("empty")
    return (
        [" ".join(text.split()) for box in boxes for text in box.xpath(".//p/text()")],
        [link for box in boxes for link in box.xpath(".//a/@href")],
    )


def get(signed_in: Any, people: People, name: str, query: str = "") -> HttpResponse:
    if READERS[name] == "funder":
        Funder.objects.get_or_create(organisation=people.funder.positions.get().organisation)
    address = reverse(name, args=ARGUMENTS.get(name))
    return signed_in(people.role(READERS[name])).get(f"{address}?{query}" if query else address)


@pytest.mark.parametrize("name", sorted(READERS.keys() - OF_SOMETHING - NEVER_EMPTY))
def test_without_a_filter_it_says_what_is_missing(people, signed_in, name):
    response = get(signed_in, people, name)
    words, _ways = opened(response)
    assert response.status_code == 200
    assert len(words) == 2, "what is missing, and whose turn it is"
    assert "ces filtres" not in " ".join(words)
    assert TAKE_AWAY not in words
    assert ("filterset" in response.context) == (name in FILTERED), "each list with filters is opened with one below"


@pytest.mark.parametrize("name", sorted(FILTERED))
def test_with_a_filter_it_says_how_to_take_it_away(people, signed_in, name):
    response = get(signed_in, people, name, FILTERED[name])
    words, ways = opened(response)
    assert response.status_code == 200
    assert words == ["Rien ne correspond à ces filtres", TAKE_AWAY]
    [way] = ways
    assert "=" not in way, "the whole list"


@pytest.mark.parametrize("name", sorted(FILTERED))
def test_with_a_filter_that_cannot_be_read(people, signed_in, name):
    parameter = FILTERED[name].partition("=")[0]
    wrong = "tri" if parameter == "q" else parameter
    response = get(signed_in, people, name, f"{wrong}=zzzz")
    words, [way] = opened(response)
    assert response.status_code == 400
    assert words[0] == "Ces filtres ne peuvent pas être lus"
    assert "=" not in way
