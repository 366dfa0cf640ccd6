"""Addresses and stored filters that name a double: after the merge they mean what is kept."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from funding.enums import ListPage
from funding.exports.files import filterset_of
from funding.frozen import services as frozen
from funding.models import Funder, FundingLine, ListFile
from members.models import Organisation, SavedView
from tests.factories import OrganisationFactory, PositionFactory
from tests.funding import rows
from tests.members.merging import send
from tests.support.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(people: People) -> Organisation:
    return Organisation.objects.get(slug="atelier")


@pytest.fixture
def double(people: People) -> Organisation:
    made = OrganisationFactory(name="Atelier communs ruraux", slug="atelier-bis", member=True)
    Funder.objects.create(organisation=made, siret=rows.SIRET)
    return made


@pytest.fixture
def line(double: Organisation) -> FundingLine:
    return rows.line(of=rows.initiative(title="Four à pain"), by=double, due=())


def merge(animator: Client, double: Organisation) -> None:
    assert send(animator, double).status_code == 302


def test_saved_views_and_files_of_lists_name_what_is_kept(people, animator, kept, double, line):
    """A text that people search stays as it was typed, and what both were named is named once."""
    query = "q=atelier-bis&financeur=atelier-bis&financeur=atelier&region=84"
    view = SavedView.objects.create(
        owner=people.member, page=ListPage.INITIATIVES, name="Fonds", query=query, saved_at=timezone.now()
    )
    file = ListFile.objects.create(
        page=ListPage.DETAIL, query="financeur=atelier-bis", format="csv", by=people.member, asked_at=timezone.now()
    )
    merge(animator, double)
    view.refresh_from_db()
    file.refresh_from_db()
    assert view.query == "q=atelier-bis&financeur=atelier&region=84"
    found = filterset_of(file.page, file.query, people.member)
    assert (found.is_valid(), list(found.qs)) == (True, [line])


def test_frozen_figures_are_those_of_what_is_kept_and_compared_with_it(people, signed_in, animator, kept, double, line):
    """Its people go on reading them; nobody else does."""
    Funder.objects.create(organisation=kept, siret="")
    officer = PositionFactory(organisation=double).user
    figures = frozen.freeze(
        name="Bilan", as_of=timezone.localdate(), query="financeur=atelier-bis", organisation=double,
        audience="organisation", by=officer, now=timezone.now(),
    )  # fmt: skip
    merge(animator, double)
    reader = signed_in(people.member)
    assert figures.name in reader.get("/financements/arretes/").text
    address = figures.get_absolute_url()
    assert reader.get(address).status_code == 200
    page = reader.get(f"{address}ecarts/")
    found = page.context["differences"]
    assert (page.status_code, page.context["problem"], found[0].now) == (200, "", line.total)
    assert [(one.now, one.causes) for one in found] == [(one.figure.value, []) for one in found]
    assert animator.get(address).status_code == 404


def test_the_open_data_of_a_double_are_those_of_what_is_kept(animator, client, kept, double, line):
    merge(animator, double)
    answer = client.get("/api/v1/initiatives/?financeur=atelier-bis")
    assert (answer.status_code, [row["title"] for row in answer.json()["results"]]) == (200, ["Four à pain"])
    assert client.get("/api/v1/initiatives/?financeur=inconnu").status_code == 400


def test_of_one_who_funds_nothing_visitors_learn_nothing(animator, client, kept):
    merge(animator, OrganisationFactory(name="Discrète", slug="discrete", member=True))
    told = client.get("/api/v1/initiatives/?financeur=discrete")
    assert (told.status_code, "atelier" in told.text) == (400, False)


def test_every_part_of_an_address_is_led_on_at_once_by_one_query(animator, kept, double, line):
    merge(animator, double)
    other = OrganisationFactory(name="Autre", slug="autre")
    merge(animator, other)
    for old, new in (
        ("/financements/?financeur=atelier-bis&financeur=autre&avec=autre", "/financements/?financeur=atelier&avec=atelier"),
        ("/porteurs/autre/", "/porteurs/atelier/"),
    ):  # fmt: skip
        led = animator.get(old)
        assert (led.status_code, led["Location"]) == (301, new)
    with CaptureQueriesContext(connection) as asked:
        animator.get("/financements/?" + "&".join(f"financeur=inconnu-{number}" for number in range(20)))
    looked_up = [query for query in asked.captured_queries if '"merged_into_id" IS NOT NULL' in query["sql"]]
    assert len(looked_up) == 1
