"""What a member does: find a session, read its minutes, take its documents along. Drafts are seen nowhere."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from sessions_app.enums import SessionFormat
from tests import factories


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_list_is_filtered_and_its_address_kept(portal, people, script):
    factories.SessionFactory(number=201, title="Partager les données", cycle__year=2023, cycle__theme="Données")
    factories.SessionFactory(number=202, title="Webinaire des métiers", format=SessionFormat.WEBINAR)
    page = portal.open(people.member, java_script_enabled=script)
    page.goto("/sessions/")
    expect(page.get_by_role("main")).to_contain_text("Partager les données")
    panel = page.get_by_role("complementary", name="Filtres")
    panel.get_by_label("Webinaire").check()
    panel.get_by_role("button", name="Appliquer les filtres").click()
    expect(page).to_have_url(re.compile("format_session=webinaire"))
    expect(page.get_by_role("main")).to_contain_text("Webinaire des métiers")
    expect(page.get_by_role("main")).not_to_contain_text("Partager les données")
    page.get_by_role("link", name="Tout effacer").first.click()
    expect(page.get_by_role("main")).to_contain_text("Partager les données")


def test_a_search_ignores_accents(portal, people):
    factories.SessionFactory(number=201, title="Évaluer les métiers")
    page = portal.open(people.member)
    page.goto("/sessions/?q=evaluer+METIERS")
    expect(page.get_by_role("main")).to_contain_text("Évaluer les métiers")


def test_nothing_found_says_so_and_how_to_go_on(portal, people):
    page = portal.open(people.member)
    page.goto("/sessions/?q=introuvable")
    expect(page.get_by_role("main")).to_contain_text("Rien ne correspond à ces filtres")


def test_a_member_reads_a_published_session(portal, people, scene, assert_accessible):
    session = scene.sessions["published"]
    page = portal.open(people.member)
    page.goto("/sessions/")
    page.get_by_role("link", name=session.title).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(session.title)
    expect(page.get_by_role("main")).to_contain_text("novembre 2024", ignore_case=True)
    expect(page.get_by_role("main")).to_contain_text("Texte du point 1.")
    assert_accessible(page)
    page.goto(f"/sessions/{session.number}/compte-rendu/")
    expect(page.get_by_role("main")).to_contain_text("Texte du point 2.")
    assert_accessible(page)


def test_drafts_are_invisible_to_members(portal, people, scene):
    draft, written = scene.sessions["draft"], scene.sessions["written"]
    page = portal.open(people.member)
    page.goto("/sessions/")
    expect(page.get_by_role("main")).not_to_contain_text(draft.title)
    assert page.goto(f"/sessions/{draft.number}/").status == 404
    page.goto(f"/sessions/{written.number}/")
    expect(page.get_by_role("main")).not_to_contain_text("Texte du point 1.")
    assert page.goto(f"/sessions/{written.number}/compte-rendu/").status == 403
    expect(page.get_by_role("main")).to_contain_text("pas encore publié")


@pytest.mark.parametrize("number", ["9999", "vingt", "21.5", "-1", "99999999999999999999"])
def test_a_session_that_does_not_exist(portal, people, number):
    page = portal.open(people.member)
    assert page.goto(f"/sessions/{number}/").status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette page n’existe pas")


def test_the_former_animator_is_told_why_and_what_to_do(portal, people, scene):
    page = portal.open(people.former_animator)
    assert page.goto(f"/sessions/{scene.sessions['written'].number}/compte-rendu/modifier/").status == 403
    main = page.get_by_role("main")
    expect(main).to_contain_text("du RAMEAU a pris fin")
    expect(main).to_contain_text("novembre 2024", ignore_case=True)
    expect(main).to_contain_text("Fondation des Territoires")
