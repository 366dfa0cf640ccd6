"""An empty list says what is missing and whose turn it is; where a filter left nothing, it says how to take it away."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from lxml import html

from funding.models import Funder
from tests import factories
from tests.support.addresses import all_addresses
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
    "funding:import-preview",
    "members:import-preview",
    "watch:history",
}
# its rows are there before anybody enters something: all regions, who reads the page, what made the account
NEVER_EMPTY = {
    "funding:regions",
    "administration:people",
    "governance:journal",
    "members:directory",
    "members:people",
    "members:invite-chosen",
}
FILTERED = {  # a filter that leaves nothing
    "administration:jobs": "etat=en-cours",
    "administration:mails": "etat=en-cours",
    "funding:detail": "region=11",
    "funding:initiatives": "q=zzzz",
    "funding:lines": "region=11",
    "governance:journal": "jusqu_au=2001-01-01",
    "members:directory": "q=zzzz",
    "members:outside": "etat=ancien",
    "members:people": "compte=ferme",
    "administration:people": "etat=ferme",
    "sessions:actions": "statut=fait",
    "sessions:decisions": "statut=fait",
    "sessions:list": "q=zzzz",
    "watch:list": "q=zzzz",
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


@pytest.fixture
def empty_space(db: None) -> Any:
    """A space on its first morning: one administrator, and nothing else."""
    return factories.UserFactory(email="anne@exemple.example", administrator=True, signs_in=True)


OWN_PAGES = ("account_", "mfa_", "socialaccount_", "openid_", "usersessions_", "health-")


def pages_of(client: Any) -> dict[str, HttpResponse]:
    """Every page without an argument that the client may read."""
    found = {}
    for address in all_addresses():
        if "(" in address.name or address.name.startswith(OWN_PAGES) or address.redirects:
            continue
        try:
            path = reverse(address.name)
        except NoReverseMatch:
            continue
        response = client.get(path)
        assert response.status_code < 500, path
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            found[path] = response
    return found


NOBODY_YET = "Aucune organisation n’anime encore l’espace : un administrateur confie d’abord l’animation."


def test_on_the_first_morning_every_empty_page_says_what_comes_first(empty_space, signed_in):
    pages = pages_of(signed_in(empty_space))
    assert {"/", "/sessions/", "/decisions/", "/actions/", "/membres/", "/gouvernance/", "/initiatives/"} <= set(pages)
    empty = {path: opened(response) for path, response in pages.items() if b'class="empty"' in response.content}
    assert len(empty) >= 15
    for path, (words, ways) in empty.items():
        if path == "/style/":
            continue
        assert NOBODY_YET in [word.replace("\u00a0", " ") for word in words], path
        assert "/administration/demarrage/" in ways, path


def test_others_hear_it_too_and_are_not_led_where_they_may_not_go(empty_space, signed_in):
    outsider = factories.UserFactory(email="b@exemple.example", signs_in=True)
    organisation = factories.OrganisationFactory(member=True)
    member = factories.PositionFactory(organisation=organisation, user__signs_in=True).user
    for user in (outsider, member):
        pages = pages_of(signed_in(user))
        for path, response in pages.items():
            words, ways = opened(response)
            assert "/administration/demarrage/" not in ways, path
            if words and path != "/style/":
                assert NOBODY_YET in [word.replace("\u00a0", " ") for word in words], path
    assert "/sessions/" in pages, "the member's"


def test_once_somebody_animates_it_is_said_no_more(people, signed_in):
    for path in ("/sessions/", "/decisions/", "/gouvernance/", "/"):
        words, _ways = opened(signed_in(people.administrator).get(path))
        assert NOBODY_YET not in [word.replace("\u00a0", " ") for word in words], path
