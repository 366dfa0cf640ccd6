"""The search as people use it: "/" leads to the box, results come while typing, arrows choose; without script it is a form."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from core.search import indexing
from tests import factories


def planted(number: int = 510) -> None:
    factories.SessionFactory(number=number, title="Les composteurs de quartier", items=1)
    indexing.index_pending()


def test_slash_typing_arrows_and_enter(portal, people):
    planted()
    page = portal.open(people.member)
    page.goto("/sessions/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Recherche")
    expect(box).to_be_focused()
    assert box.input_value() == ""
    page.keyboard.type("compos")
    option = page.get_by_role("option", name=re.compile("Les composteurs de quartier"))
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(option).to_be_hidden()
    expect(box).to_be_focused()
    page.keyboard.type("t")
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/sessions/510/"))


def test_slash_is_a_sign_where_somebody_writes_and_goes_to_the_box_of_the_page(portal, people):
    planted()
    page = portal.open(people.member)
    page.goto("/recherche/?q=composteurs")
    page.keyboard.press("/")
    box = page.locator("main").get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("/")
    expect(box).to_have_value("composteurs/")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile("Les composteurs de quartier"))).to_be_visible()


def test_without_script_the_box_opens_and_is_a_form(portal, people):
    planted()
    page = portal.open(people.member, java_script_enabled=False)
    page.goto("/")
    page.locator("details.head-search > summary").click()
    page.locator("#recherche-tete").fill("composteur")
    page.locator("#recherche-tete").press("Enter")
    expect(page.get_by_role("link", name=re.compile("Les composteurs de quartier"))).to_be_visible()
    expect(page.locator("details.head-search")).not_to_have_attribute("open", "")
