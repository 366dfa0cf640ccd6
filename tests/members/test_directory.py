"""The directory in the browser and as a file."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape
from openpyxl import load_workbook

from members.enums import Engineering, World
from tests.factories import MembershipFactory, OrganisationFactory, SchemeFactory
from tests.support.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(people: People, signed_in: Any) -> Client:
    return signed_in(people.member)


def names(response: Any) -> list[str]:
    return [organisation.name for organisation in response.context["page"].object_list]


def table(response: Any) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_it_lists_the_members_of_today_by_name(member: Client) -> None:
    OrganisationFactory(name="Financeur extérieur")
    MembershipFactory(organisation=OrganisationFactory(name="Ancien membre"), ended=True)
    found = names(member.get("/membres/"))
    assert found == ["Atelier des communs ruraux", "Fondation des Territoires", "Fonds ODD 17", "Le RAMEAU"]


def test_filters_narrow_it_and_both_views_show_the_same(member: Client) -> None:
    OrganisationFactory(name="Élan", world=World.FIELD, member=True)
    for view in ("", "&vue=tableau"):
        response = member.get(f"/membres/?monde=terrain{view}")
        assert names(response) == ["Élan"]
        assert "Élan" in response.content.decode()


def test_a_wrong_filter_lists_nothing_and_gives_no_file(member: Client) -> None:
    for address in ("/membres/?monde=x", "/membres/?monde=x&format=csv", "/membres/?region=75&monde=x&format=xlsx"):
        response = member.get(address)
        assert (response.status_code, names(response)) == (400, [])
        (message,) = response.context["filterset"].messages
        assert escape(message) in response.content.decode()


@pytest.mark.parametrize("page", ["0", "99", "abc", "-1"])
def test_a_page_that_does_not_exist_is_not_found(member: Client, page: str) -> None:
    assert member.get(f"/membres/?page={page}").status_code == 404


def test_pages_keep_the_filters(member: Client) -> None:
    for number in range(25):
        OrganisationFactory(name=f"Terrain {number:02}", world=World.FIELD, member=True)
    first = member.get("/membres/?monde=terrain")
    assert len(names(first)) == 24
    assert 'href="?monde=terrain&amp;page=2"' in first.content.decode()
    assert names(member.get("/membres/?monde=terrain&page=2")) == ["Terrain 24"]


def test_the_file_holds_exactly_the_filtered_list(member: Client) -> None:
    for number in range(40):
        made = OrganisationFactory(name=f"Terrain {number:02}", world=World.FIELD, member=True, regions=["11", "53"])
        SchemeFactory(organisation=made, name=f"Dispositif {number}", engineerings=[Engineering.PUBLIC])
    rows = table(member.get("/membres/?monde=terrain&q=terrain&format=csv&page=2"))
    assert [row[0] for row in rows[1:]] == [f"Terrain {number:02}" for number in range(40)]
    assert rows[1][6] == "Île-de-France, Bretagne"
    assert rows[1][7] == "Dispositif 0"
    assert rows[1][10] == "2020-03-20"


def test_a_name_that_is_a_formula_stays_a_name(member: Client) -> None:
    OrganisationFactory(name="=cmd|'/c calc'!A1", slug="calc", world=World.FIELD, member=True)
    rows = table(member.get("/membres/?monde=terrain&format=csv"))
    assert rows[1][0] == "'=cmd|'/c calc'!A1"
    response = member.get("/membres/?monde=terrain&format=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).worksheets[0]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("'=cmd|'/c calc'!A1", "s")


def test_the_workbook_says_what_was_filtered(member: Client) -> None:
    response = member.get("/membres/?monde=terrain&q=x&format=xlsx")
    notes = load_workbook(io.BytesIO(b"".join(response.streaming_content))).worksheets[1]
    assert next(notes.iter_rows())[1].value == "x"


def test_the_file_asks_the_database_little(member: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        SchemeFactory(organisation=OrganisationFactory(member=True, regions=["11"]), name=str(number))
    with django_assert_max_num_queries(12):
        table(member.get("/membres/?format=csv"))


@pytest.mark.parametrize("address", ["/membres/", "/membres/?vue=tableau&monde=terrain"])
def test_the_list_asks_as_often_for_three_as_for_one(
    member: Client, assert_constant_queries: Any, address: str
) -> None:
    def add() -> None:
        made = OrganisationFactory(world=World.FIELD, member=True, regions=["11", "24"])
        SchemeFactory(organisation=made)

    assert_constant_queries(member, address, add)


def test_the_day_of_entry_is_the_first_of_all_memberships(member: Client) -> None:
    again = OrganisationFactory(name="Revenue", world=World.FIELD)
    MembershipFactory(organisation=again, ended=True)
    MembershipFactory(organisation=again, period=(dt.date(2026, 11, 1), None))
    (found,) = member.get("/membres/?monde=terrain").context["page"].object_list
    assert found.joined_on == dt.date(2020, 3, 20)
