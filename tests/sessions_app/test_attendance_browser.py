"""The attendance form by keyboard alone, in Chromium."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from core import partial_dates
from sessions_app.models import Attendance
from tests import factories
from tests.support.people import make_people


@pytest.mark.parametrize("width", [1280, 360])
def test_rows_are_recorded_by_keyboard_as_one_goes(browsing, assert_accessible, width):
    people = make_people()
    factories.SpaceFactory()
    session = factories.SessionFactory(date=partial_dates.day(factories.days(-1)))
    page = browsing.open(people.animator, width=width)
    page.goto(reverse("sessions:attendance-edit", args=[session.number]))
    assert_accessible(page)
    rows = page.locator("[data-attendance-row]")
    assert rows.count() == 4  # by name: Atelier, Fondation, Fonds, Le RAMEAU
    rows.nth(0).locator("input[type=radio]:checked").focus()
    for letter in "sde":
        page.keyboard.press(letter)
        page.keyboard.press("ArrowDown")
    page.keyboard.press("p")
    expect(rows.nth(3).locator(".invalid")).to_have_count(1)  # by whom?
    rows.nth(3).locator("[name=represented_by]").fill("Atelier des communs ruraux")
    page.keyboard.press("Enter")
    expect(rows.nth(3).locator(".invalid")).to_have_count(0)
    expect(page.locator("#att-tally")).to_contain_text("2")
    rows.nth(0).locator("[name=names]").fill("Jeanne; Paul")
    with page.expect_response(lambda response: "Jeanne" in (response.request.post_data or "")) as saved:
        page.keyboard.press("Enter")
    assert saved.value.status == 200
    page.wait_for_load_state("networkidle")
    found = dict(Attendance.objects.values_list("organisation__slug", "presence"))
    assert found == {"atelier": "onsite", "fondation": "remote", "fonds-odd-17": "excused", "le-rameau": "represented"}
    assert Attendance.objects.get(organisation__slug="atelier").people.count() == 2
