"""A text in the browser until the server has it: offline, reloaded, in two tabs, and gone at sign-out after a question."""

from __future__ import annotations

import datetime as dt
import json
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
    expect(second.get_by_role("heading", name="Version de cette fenêtre")).to_be_visible()
    expect(second.locator("[data-conflict]")).to_contain_text("Une autre fenêtre de votre part a enregistré ce point")
    expect(second.locator("[data-conflict]")).not_to_contain_text(people.animator.get_full_name())
    expect(second.locator("[data-autosave-status]")).to_have_text(
        "Une autre fenêtre de votre part a enregistré ce texte entre-temps : les deux versions sont ci-dessous."
    )
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


def test_save_without_network_stays_on_the_page(portal, people, session, address):
    page = portal.open(people.animator)
    page.goto(address)
    save = page.get_by_role("button", name="Enregistrer", exact=True)
    save.click()
    expect(page.locator("[data-autosave-status]")).to_have_text("Enregistré")
    page.context.set_offline(True)
    sheet = write(page, " Hors ligne.")
    save.click()
    expect(page.get_by_text("Serveur injoignable")).to_be_visible()
    expect(sheet).to_have_text("Texte du point 1. Hors ligne.")
    page.context.set_offline(False)
    save.click()
    expect(page.get_by_text(SAVED).first).to_be_visible()
    expect(page).to_have_url(re.compile(re.escape(address)))
    assert stored(session) == "<p>Texte du point 1. Hors ligne.</p>"


def test_panels_tell_what_autosave_has_done(portal, people, session, address):
    page = portal.open(people.animator)
    page.goto(address)
    first = page.locator(".editor-nav a").first
    expect(first).to_contain_text("Rédigé, 4 mots")
    before = page.locator(".revs li").count()
    write(page, " Deux mots.")
    expect(first).to_contain_text("Rédigé, 6 mots")
    expect(page.locator(".revs li")).to_have_count(before + 1)
    expect(page.locator(".revs li").first).to_contain_text("vous")
    write(page, "x")
    expect(page.locator(".revs li")).to_have_count(before + 2)


def test_moments_are_shown_by_the_readers_own_clock(portal, people, session, address):
    entry = MinutesEntry.objects.get(item__session=session, item__position=1)
    MinutesEntry.objects.filter(pk=entry.pk).update(changed_at=dt.datetime(2026, 7, 31, 23, 5, tzinfo=dt.UTC))
    for zone, clock in (("Europe/Paris", "1\u00a0h\u00a005"), ("America/Guadeloupe", "19\u00a0h\u00a005")):
        page = portal.open(people.animator, timezone_id=zone)
        page.goto(address)
        expect(page.locator("[data-autosave-status]")).to_have_text(f"Enregistré à {clock}")


def test_a_draft_left_is_dated_as_pages_are(portal, people, session, address):
    page = portal.open(people.animator, timezone_id="America/Guadeloupe")
    page.goto(address)
    draft = json.dumps([{"rev": "1", "text": "<p>Laissé là.</p>", "at": 1785539100000}])  # 31 July 2026, 23:05 UTC
    page.evaluate(
        """(draft) => {
            const key = document.querySelector("form[data-autosave]").dataset.autosave;
            const user = document.querySelector("[data-autosave-ui]").dataset.user;
            localStorage.setItem(`brouillon:${user}:${key}`, draft);
        }""",
        draft,
    )
    page.reload()
    expect(page.locator("[data-draft-offer] time")).to_have_text("31\u00a0juillet 2026, 19\u00a0h\u00a005")


def test_all_items_on_one_page_each_saved_by_itself(portal, people, session, address, assert_accessible):
    page = portal.open(people.animator)
    page.goto(address)
    page.get_by_role("link", name="Rédiger tous les points sur une page").click()
    assert_accessible(page)
    second = page.get_by_role("textbox", name="Texte du point 2")
    second.press("Control+End")
    second.press_sequentially(" Sur la longue page.")
    form = page.locator("#point-2 form")
    expect(form.get_by_text(SAVED)).to_be_visible()
    texts = MinutesEntry.objects.filter(item__session=session).order_by("item__position").values_list("body", flat=True)
    assert list(texts)[:2] == ["<p>Texte du point 1.</p>", "<p>Texte du point 2. Sur la longue page.</p>"]
    expect(page.locator(".editor-nav a").nth(1)).to_contain_text("Rédigé, 8 mots")
    page.get_by_role("link", name="Rédiger point par point").click()
    expect(page.get_by_role("textbox", name="Texte du point")).to_contain_text("Texte du point 1.")


def test_on_the_long_page_each_item_has_its_own_conflict(portal, people, session, address):
    whole = address.partition("?")[0] + "tous-les-points/"
    page = portal.open(people.animator)
    page.goto(whole)
    for place in (1, 2):
        MinutesEntry.objects.filter(item__session=session, item__position=place).update(
            body=f"<p>Dépassé {place}.</p>", revision=7
        )
        sheet = page.get_by_role("textbox", name=f"Texte du point {place}")
        sheet.press("Control+End")
        sheet.press_sequentially(" De moi.")
        expect(page.locator(f"#point-{place} [data-conflict]")).to_contain_text(f"Dépassé {place}.")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((each) => each.id)")
    assert len(ids) == len(set(ids))
    page.locator("#point-2").get_by_role("button", name="Réunir les deux dans l’éditeur").click()
    expect(page.locator("#point-2").get_by_text(SAVED)).to_be_visible()
    expect(page.locator("#point-1 [data-conflict]")).to_contain_text("Dépassé 1.")
    assert MinutesEntry.objects.get(item__session=session, item__position=2).body == (
        "<p>Texte du point 2. De moi.</p><p>Dépassé 2.</p>"
    )


def test_without_script_an_item_of_the_long_page_leads_back_to_itself(portal, people, session, address):
    whole = address.partition("?")[0] + "tous-les-points/"
    page = portal.open(people.animator, java_script_enabled=False)
    page.goto(whole)
    page.get_by_label("Texte du point 2").fill("Sans script.")
    page.locator("#point-2").get_by_role("button", name="Enregistrer", exact=True).click()
    assert page.url.endswith(f"{whole}#point-2")
    assert MinutesEntry.objects.get(item__session=session, item__position=2).body == "<p>Sans script.</p>"


@pytest.mark.parametrize("width", [1280, 360])
def test_toolbar_and_state_stay_in_sight_and_tables_on_the_sheet(portal, people, session, address, width):
    cells = "".join(f"<td>ColonneSansFin{number:02d}</td>" for number in range(14))
    long = "<p>Un paragraphe du compte rendu.</p>" * 60
    MinutesEntry.objects.filter(item__session=session, item__position=1).update(
        body=f"{long}<table><tbody><tr>{cells}</tr></tbody></table>{long}"
    )
    page = portal.open(people.animator, width=width)
    page.goto(address)
    page.get_by_role("textbox", name="Texte du point").evaluate(
        "(sheet) => scrollTo(0, sheet.getBoundingClientRect().top + sheet.offsetHeight / 2 - innerHeight / 2)"
    )
    for part in ("[role=toolbar]", "[data-autosave-ui]"):
        expect(page.locator(part)).to_be_in_viewport(ratio=0.95 if width > 1000 else 0.3)
    sheet, table = page.locator(".sheet").bounding_box(), page.locator(".rich-text-table").bounding_box()
    assert sheet["x"] <= table["x"]
    assert table["x"] + table["width"] <= sheet["x"] + sheet["width"]
    assert page.locator(".rich-text-table").evaluate("(box) => box.scrollWidth > box.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # saved as it was: the frame around a table is the editor's own
    write(page, "!")
    expect(page.get_by_text(SAVED).first).to_be_visible()
    assert "<table><tbody><tr><td><p>ColonneSansFin00</p></td>" in stored(session)
    assert "<div" not in stored(session)
