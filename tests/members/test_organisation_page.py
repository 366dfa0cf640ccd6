"""The page of one organisation."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from core.partial_dates import month
from members.enums import PositionRole
from tests.factories import (
    MandateFactory,
    MembershipFactory,
    OrganisationFactory,
    PositionFactory,
    SchemeFactory,
    SpaceFactory,
    UserFactory,
    days,
    since,
)
from tests.support.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(people: People, signed_in: Any) -> Client:
    return signed_in(people.member)


def page(client: Client, slug: str) -> Any:
    response = client.get(f"/membres/{slug}/")
    assert response.status_code == 200
    return response


def test_it_says_who_it_is(member: Client) -> None:
    made = OrganisationFactory(
        name="Élan",
        slug="elan",
        presentation="Une ligne.\n\n<script>",
        siren="900000019",
        rna="W000000017",
        regions=["53"],
    )
    MembershipFactory(organisation=made, period=since(dt.date(2020, 3, 20), dt.date(2022, 1, 1)))
    SchemeFactory(organisation=made, name="Premiers pas")
    content = page(member, "elan").content.decode()
    for text in (
        "900\u00a0000\u00a0019",
        "W000000017",
        "Bretagne",
        "Premiers pas",
        "<p>Une ligne.</p>",
        "&lt;script&gt;",
    ):
        assert text in content
    assert "décembre 2021" in content  # the last day of a half-open period, not the day after it


def test_people_in_position_come_by_role_and_without_their_address(member: Client) -> None:
    made = OrganisationFactory(slug="elan")
    roles = (PositionRole.OBSERVER, PositionRole.SUBSTITUTE, PositionRole.REPRESENTATIVE)
    for number, role in enumerate(roles):
        user = UserFactory(email=f"secret-{number}@exemple.example", last_name=f"Nom {number}")
        PositionFactory(organisation=made, user=user, role=role)
    PositionFactory(organisation=made, ended=True, user=UserFactory(last_name="Parti"))
    PositionFactory(organisation=made, period=since(days(10)), user=UserFactory(last_name="Arrive"))
    response = page(member, "elan")
    assert [position.role for position in response.context["present"]] == list(reversed(roles))
    assert [position.user.last_name for position in response.context["former"]] == ["Parti"]
    content = response.content.decode()
    assert "secret" not in content
    assert "Arrive" not in content


def test_mandates_are_shown_as_governance_knows_them(people: People, member: Client) -> None:
    content = page(member, "fondation").content.decode()
    assert 'id="mandates"' in content
    assert "knot-full" in content
    assert "knot-turn" in page(member, "le-rameau").content.decode()
    assert 'id="mandates"' not in page(member, "atelier").content.decode()


def test_a_handover_yet_to_come_changes_nothing_on_the_page(people: People, member: Client) -> None:
    MandateFactory(organisation=people.formerly_animating, planned=True, started_on=month(2030, 1))
    assert "2030" not in page(member, "le-rameau").content.decode()
    assert "2030" not in page(member, "fondation").content.decode()


@pytest.mark.parametrize("slug", ["inconnue", "fondation-2"])
def test_an_unknown_organisation_is_not_found(member: Client, slug: str) -> None:
    assert member.get(f"/membres/{slug}/").status_code == 404


def test_queries_do_not_grow_with_people_and_schemes(member: Client, assert_constant_queries: Any) -> None:
    SpaceFactory()  # a space that is entered is read once a minute, not once a page
    made = OrganisationFactory(slug="elan", member=True, regions=["11"])

    def add() -> None:
        PositionFactory(organisation=made)
        SchemeFactory(organisation=made)

    assert_constant_queries(member, "/membres/elan/", add, most=14)  # where it is mentioned is one
