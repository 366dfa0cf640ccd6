"""A text in the browser until the server has it: offline, reloaded, in two tabs, and gone at sign-out after a question."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from sessions_app.models import MinutesEntry, MinutesRevision

SAVED = re.compile(r"Enregistré à \d+\sh\s\d\d")
DRAFTS = "() => Object.keys(localStorage).filter((key) => key.startsWith('brouillon:')).length"


def write(page, text):
    sheet = page.get_by_role("textbox", name="Texte du point")
    sheet.press("Control+End")
    sheet.press_sequentially(text)
    return sheet


def stored(session):
    return MinutesEntry.objects.get(item__session=session, item__position=1).body


@pytest.fixture
def session(scene):
    return scene.sessions["written"]


@pytest.fixture
def address(session):
    return f"/sessions/{session.number}/compte-rendu/modifier/?point=1"


def test_offline_the_text_stays_and_is_sent_when_the_network_is_back(portal, people, session, address):
    page = portal.open(people.animator)
    page.goto(address)
    page.context.set_offline(True)
    write(page, " Hors ligne.")
    expect(page.get_by_text("Serveur injoignable")).to_be_visible()
    assert page.evaluate(DRAFTS) == 1
    assert stored(session) == "<p>Texte du point 1.</p>"
    page.context.set_offline(False)
    expect(page.get_by_text(SAVED).first).to_be_visible()
    assert stored(session) == "<p>Texte du point 1. Hors ligne.</p>"
    assert page.evaluate(DRAFTS) == 0


def test_a_reload_offline_offers_the_text_again(portal, people, session, address):
    page = portal.open(people.animator)
    page.goto(address)
    page.route("**/modifier/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    write(page, " Pas encore reçu.")
    expect(page.get_by_text("Serveur injoignable")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())  # the browser asks before the page is left
    page.goto("about:blank")
    page.goto(address)
    expect(page.get_by_text("Un texte non enregistré est resté dans ce navigateur.")).to_be_visible()
    page.unroute("**/modifier/**")  # no earlier: it would let an attempt pass that the page left behind
    page.get_by_role("button", name="Reprendre le texte non enregistré").click()
    expect(page.get_by_text(SAVED).first).to_be_visible()
    assert stored(session) == "<p>Texte du point 1. Pas encore reçu.</p>"
    page.reload()
    expect(page.get_by_text("Un texte non enregistré est resté")).to_be_hidden()
    assert page.evaluate(DRAFTS) == 0


def test_signing_out_asks_before_texts_are_removed(portal, people, session, address):
    page = portal.open(people.animator)
    page.goto(address)
    page.route("**/modifier/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    write(page, " À moi.")
    expect(page.get_by_text("Serveur injoignable")).to_be_visible()
    asked = []

    def answer(accept):
        def handle(dialog):
            asked.append((dialog.type, dialog.message))
            dialog.accept() if accept else dialog.dismiss()

        return handle

    sign_out = "document.querySelector('form[data-signout]').requestSubmit()"
    page.once("dialog", answer(accept=False))
    page.evaluate(sign_out)
    page.wait_for_timeout(5_000)  # the last save is tried first
    assert [kind for kind, _message in asked] == ["confirm"]
    assert "Les textes non enregistrés" in asked[0][1]
    assert page.evaluate(DRAFTS) == 1
    page.on("dialog", answer(accept=True))
    page.evaluate(sign_out)
    page.wait_for_url(lambda url: "modifier" not in url)
    assert page.evaluate(DRAFTS) == 0
    assert stored(session) == "<p>Texte du point 1.</p>"


def test_two_tabs_of_one_person_overtake_each_other_without_loss(portal, people, session, address):
    first = portal.open(people.animator)
    first.goto(address)
    second = first.context.new_page()
    second.goto(address)
    write(first, " Onglet un.")
    expect(first.get_by_text(SAVED).first).to_be_visible()
    write(second, " Onglet deux.")
    expect(second.get_by_role("heading", name="Votre version")).to_be_visible()
    assert stored(session) == "<p>Texte du point 1. Onglet un.</p>"
    second.get_by_role("button", name="Prendre celle-ci").click()
    expect(second.get_by_text("L’autre version est dans l’éditeur")).to_be_visible()
    bodies = list(
        MinutesRevision.objects.filter(entry__item__session=session, entry__item__position=1)
        .order_by("number")
        .values_list("body", flat=True)
    )
    assert bodies[1:] == [
        "<p>Texte du point 1. Onglet un.</p>",
        "<p>Texte du point 1. Onglet deux.</p>",
        "<p>Texte du point 1. Onglet un.</p>",
    ]
    assert second.evaluate(DRAFTS) == 0


def test_an_earlier_text_is_taken_up_from_the_history(portal, people, session, address, assert_accessible):
    page = portal.open(people.animator, width=360)
    page.goto(address)
    write(page, " Une phrase de trop.")
    expect(page.get_by_text(SAVED).first).to_be_visible()
    page.goto(f"/sessions/{session.number}/compte-rendu/historique/?point=1")
    expect(page.locator("ins").first).to_contain_text("Une phrase de trop.")
    assert_accessible(page)
    page.get_by_role("link", name="Côte à côte").click()
    expect(page.locator(".version")).to_have_count(2)
    assert_accessible(page)
    page.locator(".revs a").last.click()
    page.get_by_role("button", name="Reprendre ce texte").click()
    expect(page.get_by_role("main")).to_contain_text("est repris")
    assert stored(session) == "<p>Texte du point 1.</p>"
