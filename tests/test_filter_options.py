"""No filter tells by its options what its reader may not see: private values are planted, every filter is walked.

An option that only private rows have would stand in the list, and a word that answers 200 where others answer 400
would tell itself to whoever tries. Lists are found by the matrix: a page with a filter is walked from its first row on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from core.filters import FilterSet
from core.partial_dates import day
from funding.enums import LineState
from members.models import Organisation
from sessions_app.enums import SessionState
from tests import factories
from tests.funding import rows as funding
from tests.matrix.scene import Scene, build
from tests.support.pages import rows
from tests.support.people import ROLES, make_people

# Words that only private rows have; `PRIVATE` says which facets could tell them.
PRIVATE_YEARS = ("1993", "1994", "1995")
PRIVATE = {
    "annee": PRIVATE_YEARS,
    "financeur": ("bailleur-discret", "bailleur-hesitant"),
    "avec": ("bailleur-discret", "bailleur-hesitant"),
    "organisation": ("presente-au-brouillon",),
    "structure": ("charge-au-brouillon",),
}
WITHOUT_FACET = "nimportequoi"


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock(), transaction.atomic():
        built = build(make_people())
        plant(built)
        yield built
        transaction.set_rollback(True)


def plant(scene: Scene) -> None:
    """A draft with an agreed funding, a funding kept as a draft and a refusal, and a session that is a draft."""
    discreet = funding.funder(name="Bailleur discret", slug="bailleur-discret", siret="", member=True)
    draft = funding.initiative(draft_of=discreet)
    funding.line(of=draft, by=discreet, decided_on=dt.date(1994, 3, 1), signed_on=dt.date(1994, 4, 1), due=())
    hesitant = funding.funder(name="Bailleur hésitant", slug="bailleur-hesitant", siret="", member=True)
    shared = scene.other["funding"]["shared"]
    unsigned = {"signed_on": None, "due": (), "amount_agreed": None}
    refused = {"state": LineState.REFUSED, "decided_on": dt.date(1993, 3, 1), "reason": "Hors champ"}
    funding.line(of=shared, by=hesitant, **unsigned, **refused)
    funding.line(of=shared, by=hesitant, **unsigned, state=LineState.DRAFT, decided_on=None)
    session = factories.SessionFactory(number=901, state=SessionState.DRAFT, date=day(dt.date(1995, 5, 5)), items=1)
    present = factories.OrganisationFactory(name="Présente au brouillon", slug="presente-au-brouillon")
    factories.AttendanceFactory(session=session, organisation=present)
    charged = factories.OrganisationFactory(name="Chargée au brouillon", slug="charge-au-brouillon")
    for make in (factories.DecisionFactory, factories.ActionItemFactory):
        make(session=session, responsible=charged)


def client_of(scene: Scene, role: str) -> Client:
    client = Client()
    if role != "visitor":
        client.force_login(scene.people.role(role), backend="core.accounts.backends.SignInBackend")
    return client


@pytest.fixture(scope="module")
def lists(scene: Scene, django_db_blocker: Any) -> dict[str, type[FilterSet]]:
    """Address of each page that has a filter for somebody → the filter."""
    found: dict[str, type[FilterSet]] = {}
    with django_db_blocker.unblock():
        for role in ("animator", "funder", "administrator"):
            client = client_of(scene, role)
            for row in rows():
                if row.get and not row.file and not row.query and row.get[role] == 200:
                    address = reverse(row.url, args=row.arguments(scene))
                    filterset = filter_of(client, address)
                    if filterset is not None:
                        found[address] = type(filterset)
    return found


def filter_of(client: Client, address: str) -> FilterSet | None:
    """The filter of the page; None where this reader has none there."""
    answer = client.get(address)
    found = (answer.context or {}).get("filterset") if answer.status_code == 200 else None
    return found if isinstance(found, FilterSet) else None


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in ROLES if role != "animator"])
def test_no_option_is_a_private_value_and_none_answers_to_one(scene, lists, role):
    client, told = client_of(scene, role), []
    for address in lists:
        filterset = filter_of(client, address)
        for name, filter_ in (filterset.filters if filterset else {}).items():
            options = [str(word) for word, _label in getattr(filter_.field, "choices", ())]
            private = [word for words in PRIVATE.values() for word in words]
            told += [(address, name, word) for word in private if word in options]
            if not options or name not in PRIVATE:
                continue
            nonsense = client.get(address, {name: WITHOUT_FACET}).status_code
            assert nonsense == 400, (address, name)
            told += [
                (address, name, word)
                for word in PRIVATE[name]
                if client.get(address, {name: word}).status_code != nonsense
            ]
    assert told == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["visitor", "member"])
def test_the_interface_answers_to_no_private_value(scene, role):
    client = client_of(scene, role)
    address = reverse("api:initiatives")
    shared = {"annee": "2024", "financeur": "fonds-odd-17"}
    for name, known in shared.items():
        assert client.get(address, {name: known}).status_code == 200
        for word in PRIVATE[name]:
            answer = client.get(address, {name: word})
            assert (answer.status_code, word in answer.json()["error"]["message"]) == (400, True)


@pytest.mark.django_db
def test_whom_it_belongs_to_does_find_them(scene, lists):
    """Else the walk would prove nothing: the animator has what only drafts of sessions have."""
    client = client_of(scene, "animator")
    offered = {
        option.value
        for address in lists
        if (filterset := filter_of(client, address))
        for facet in filterset.facets
        for option in facet.options
    }
    assert {"1995", "presente-au-brouillon", "charge-au-brouillon"} <= offered


@pytest.mark.django_db
def test_the_private_funder_does_find_its_own(scene):
    """The years of its draft and of its refusal, and itself."""
    officer = factories.PositionFactory(organisation=Organisation.objects.get(slug="bailleur-discret")).user
    client = Client()
    client.force_login(officer, backend="core.accounts.backends.SignInBackend")
    for address in (reverse("funding:initiatives"), reverse("funding:dashboard"), reverse("funding:detail")):
        for name, word in {"annee": "1994", "financeur": "bailleur-discret"}.items():
            assert client.get(address, {name: word}).status_code == 200
        assert client.get(address, {"annee": "1993"}).status_code == 400


@pytest.mark.django_db
def test_every_filter_of_the_portal_is_walked(lists):
    ours = {kind for kind in _below(FilterSet) if not kind.__module__.startswith("tests.")}
    assert set(lists.values()) == ours


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)
