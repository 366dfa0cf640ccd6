"""A scheme counts on the day that is looked at: a session's own, today in the table of attendance."""

from __future__ import annotations

import pytest

from core.partial_dates import month, year
from sessions_app.models import Session
from tests.factories import AttendanceFactory, OrganisationFactory, SchemeFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(people):
    made = SessionFactory(number=201, date=month(2024, 11))
    for name, ended_on in (("Court toujours", None), ("Finie après", year(2025)), ("Finie avant", year(2023))):
        organisation = OrganisationFactory(name=name, member=True)
        SchemeFactory(organisation=organisation, ended_on=ended_on)
        AttendanceFactory(session=made, organisation=organisation)
    return made


def test_a_session_shows_who_ran_a_scheme_on_its_day(session):
    cards = Session.objects.with_attendance_cards().get(pk=session.pk).attendance_cards
    assert {card["organisation"]: card["runs_scheme"] for card in cards} == {
        "Court toujours": True,
        "Finie après": True,
        "Finie avant": False,
    }


def test_the_table_of_attendance_narrows_to_who_runs_one_today(people, signed_in, session):
    page = signed_in(people.animator).get("/sessions/assiduite/?dispositif=oui").text
    assert "Court toujours" in page
    assert "Finie après" not in page
    assert "Finie avant" not in page
