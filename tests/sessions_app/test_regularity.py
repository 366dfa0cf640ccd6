"""Organisation × session: what is counted, who sees whose rate, the file."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from core import partial_dates
from sessions_app.attendance.matrix import MARKS, Rate, matrix
from sessions_app.enums import Presence
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "sessions:regularity"


def held(number, year, month, **fields):
    cycle = factories.CycleFactory(year=year)
    return factories.SessionFactory(number=number, cycle=cycle, date=partial_dates.month(year, month), **fields)


def table(**options):
    return matrix(
        **{"year": None, "with_scheme": False, "day": timezone.localdate(), "may_see": lambda one: True, **options}
    )


def line(found, slug):
    return next(line for line in found.lines if line.organisation.slug == slug)


@pytest.fixture
def scene(people):
    """Three sessions; Atelier came once, was represented once, and once nothing is recorded."""
    atelier = people.member.positions.get().organisation
    late = factories.OrganisationFactory(slug="tardive", name="Tardive", with_scheme=True)
    factories.MembershipFactory(organisation=late, period=factories.since(dt.date(2023, 5, 1)))
    sessions = [held(1, 2021, 3), held(2, 2022, 4), held(3, 2023, 5)]
    factories.SessionFactory(announced=True, number=4)
    factories.AttendanceFactory(session=sessions[0], organisation=atelier)
    factories.AttendanceFactory(
        session=sessions[1], organisation=atelier, presence=Presence.REPRESENTED, represented_by=people.animating
    )
    factories.AttendanceFactory(session=sessions[1], organisation=people.animating, presence=Presence.EXCUSED)
    factories.AttendanceFactory(session=sessions[0], organisation=late)  # before it was a member
    factories.AttendanceFactory(session=sessions[2], organisation=late, presence=Presence.ABSENT)
    return people


def test_rates_count_recorded_sessions_within_the_membership(scene):
    found = table()
    assert [session.number for session in found.sessions] == [1, 2, 3]
    assert [cell.presence for cell in line(found, "atelier").cells] == ["onsite", "represented", "unrecorded"]
    assert line(found, "atelier").rate == Rate(2, 2)
    assert line(found, "fondation").rate == Rate(0, 1)
    assert line(found, "le-rameau").rate.percent is None
    late = line(found, "tardive")
    assert [(cell.presence, cell.counts) for cell in late.cells] == [
        ("onsite", False),
        ("not-member", False),
        ("absent", True),
    ]
    assert [total.there for total in found.totals] == [1, 1, 0]
    assert found.overall == Rate(2, 4)
    assert line(found, "atelier").last_there.number == 2


def test_a_cycle_and_schemes_narrow_the_table(scene):
    found = table(year=2023, with_scheme=True)
    assert ([session.number for session in found.sessions], [one.organisation.slug for one in found.lines]) == (
        [3],
        ["tardive"],
    )
    assert [(group.year, group.span) for group in table().groups] == [(2021, 1), (2022, 1), (2023, 1)]


def test_a_month_that_the_membership_touches_counts(people):
    joined = factories.OrganisationFactory(slug="mi-mois")
    factories.MembershipFactory(organisation=joined, period=factories.since(dt.date(2024, 11, 20), dt.date(2025, 1, 1)))
    for number, month in ((1, 10), (2, 11), (3, 12)):
        held(number, 2024, month)
    held(4, 2025, 1)
    cells = line(table(), "mi-mois").cells
    assert [cell.presence for cell in cells] == ["not-member", "unrecorded", "unrecorded", "not-member"]


def test_rates_are_named_to_animators_and_ones_own_organisation(scene, signed_in):
    def named(user):
        found = signed_in(user).get(reverse(ADDRESS)).context["matrix"]
        return sorted(line.organisation.slug for line in found.lines if line.rate)

    assert len(named(scene.animator)) == 5
    assert named(scene.member) == ["atelier"]
    assert named(scene.administrator) == []
    page = signed_in(scene.funder).get(reverse(ADDRESS)).content.decode()
    assert "100&nbsp;%" not in page
    assert "50&nbsp;%" in page  # all organisations together


def test_small_groups_have_no_rate_of_their_own(scene):
    assert table().worlds == [("ingénieries", 5, Rate(2, 4))] or len(table().worlds) == 1
    assert table(with_scheme=True).worlds == []


def test_the_file_keeps_the_same_secret(scene, signed_in):
    def sheet(user):
        response = signed_in(user).get(reverse(ADDRESS) + "?format=xlsx")
        return list(openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).worksheets[0].values)

    rows = {row[0]: row for row in sheet(scene.animator)}
    assert rows["Atelier des communs ruraux"][1:4] == tuple(
        str(MARKS[presence][1]) for presence in ("onsite", "represented", "unrecorded")
    )
    assert rows["Atelier des communs ruraux"][-1] == 100
    rows = {row[0]: row for row in sheet(scene.member)}
    assert rows["Atelier des communs ruraux"][-1] == 100
    assert rows["Tardive"][-1] is None
    assert len(next(iter(sheet(scene.administrator)))) == 4


def test_the_table_asks_the_same_number_of_queries(scene, signed_in, assert_constant_queries):
    def add():
        factories.AttendanceFactory(session=factories.SessionFactory(date=partial_dates.month(2022, 6)))

    assert_constant_queries(signed_in(scene.member), reverse(ADDRESS), add)


def test_sessions_are_filtered_by_who_was_present(scene, signed_in):
    page = signed_in(scene.member).get(reverse("sessions:list") + "?organisation=atelier")
    assert [session.number for session in page.context["page"].object_list] == [1]
    facet = next(facet for facet in page.context["filterset"].facets if facet.name == "organisation")
    assert {option.value: option.count for option in facet.options} == {"atelier": 1, "tardive": 1}
    assert signed_in(scene.member).get(reverse("sessions:list") + "?organisation=inconnue").status_code == 400


def test_the_page_of_an_organisation_shows_its_own_row(scene, signed_in):
    """Everybody of the space sees the marks; the rate only the organisation itself and the animators."""
    page = reverse("members:organisation", args=["atelier"])
    own = signed_in(scene.member).get(page).content.decode()
    assert "2 sur\u00a02" in own
    assert own.count('<li class="cell">') == 3
    assert "2 sur\u00a02" in signed_in(scene.animator).get(page).content.decode()
    other = signed_in(scene.funder).get(page).content.decode()
    assert "2 sur\u00a02" not in other
    assert other.count('<li class="cell">') == 3
