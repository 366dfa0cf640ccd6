"""Mentions as people write them: typed or by the toolbar, chosen by keys or by a touch, read as links by whoever may follow."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from core.search import indexing
from members.models import Organisation
from sessions_app.models import MinutesEntry, Session
from tests import factories


@pytest.fixture
def atelier(scene) -> Organisation:
    factories.SessionFactory(number=610, title="Les composteurs de quartier")
    indexing.rebuild()
    return Organisation.objects.get(slug="atelier")


def editor(portal, people, scene, **options) -> Page:
    page = portal.open(people.animator, **options)
    page.goto(f"/sessions/{scene.sessions['written'].number}/compte-rendu/modifier/?point=1")
    return page


def sheet_of(page: Page):
    return page.get_by_role("textbox", name="Texte du point")


def stored(scene) -> str:
    return MinutesEntry.objects.get(item__session=scene.sessions["written"], item__position=1).body


def until_stored(page: Page, scene, text: str) -> str:
    """The text once it was saved with `text` in it, by autosave."""
    for _try in range(100):
        if text in (body := stored(scene).replace("&nbsp;", " ")):
            return body
        page.wait_for_timeout(100)
    raise AssertionError(body)


def offer(page: Page, name: str):
    return page.locator(".mention-list").get_by_role("option", name=re.compile(name))


def test_by_keyboard_alone(portal, people, scene, atelier, assert_accessible):
    page = editor(portal, people, scene)
    sheet = sheet_of(page)
    sheet.press("Control+End")
    sheet.press_sequentially(" Avec @commun")
    option = offer(page, "Atelier des communs ruraux")
    expect(option).to_be_visible()
    expect(option).to_have_attribute("aria-selected", "true")
    expect(option).to_contain_text("organisation")
    assert sheet.get_attribute("aria-activedescendant") == option.get_attribute("id")
    expect(page.locator("[data-live]").first).to_contain_text(re.compile(r"Propositions.: 1\."))
    assert_accessible(page)
    sheet.press("Enter")
    expect(option).to_be_hidden()
    expect(page.locator("[data-live]").first).to_have_text("Mention ajoutée\u00a0: Atelier des communs ruraux")
    sheet.press_sequentially("puis #610")
    expect(offer(page, "Les composteurs de quartier")).to_be_visible()
    sheet.press("Tab")
    sheet.press_sequentially("fin.")
    body = until_stored(page, scene, "</a> fin.")
    rel = 'rel="noopener noreferrer"'
    organisation = f'<a data-mention="organisation" data-id="{atelier.pk}" {rel}>@Atelier des communs ruraux</a>'
    session = Session.objects.get(number=610)
    named = f'<a data-mention="session" data-id="{session.pk}" {rel}>#Session 610 – Les composteurs de quartier</a>'
    assert body == f"<p>Texte du point 1. Avec {organisation} puis {named} fin.</p>"
    page.reload()
    expect(sheet_of(page)).to_contain_text("@Atelier des communs ruraux")


def test_escape_and_what_nobody_is_called_leave_words(portal, people, scene, atelier):
    page = editor(portal, people, scene)
    sheet = sheet_of(page)
    sheet.press("Control+End")
    sheet.press_sequentially(" @commun")
    option = offer(page, "Atelier des communs ruraux")
    expect(option).to_be_visible()
    sheet.press("Escape")
    expect(option).to_be_hidden()
    sheet.press_sequentially("s et #zzyzx, aussi a@commun.example")
    page.wait_for_timeout(600)
    expect(page.locator(".mention-list")).to_be_hidden()
    sheet.press("Enter")
    sheet.press_sequentially("Suite.")
    body = until_stored(page, scene, "Suite.")
    assert body.endswith(" @communs et #zzyzx, aussi a@commun.example</p><p>Suite.</p>")


def test_on_a_phone_by_the_toolbar_and_a_touch(portal, people, scene, atelier):
    page = editor(portal, people, scene, width=360)
    sheet = sheet_of(page)
    sheet.press("Control+End")
    page.get_by_role("button", name="Mentionner une organisation").click()
    sheet.press_sequentially("atelier")
    option = offer(page, "Atelier des communs ruraux")
    expect(option).to_be_visible()
    box = option.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["height"] >= 32
    option.click()
    until_stored(page, scene, f'data-mention="organisation" data-id="{atelier.pk}"')
