"""The main job, from a draft to a printed report: write, autosave, publish, ask for the PDF, check it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.reports.models import Report
from sessions_app.documents import SESSION_REPORT
from sessions_app.models import MinutesEntry, MinutesVersion

SAVED = re.compile(r"Enregistré à \d+\sh\s\d\d")


def open_editor(portal, user, session, **options) -> Page:
    page = portal.open(user, **options)
    page.goto(f"/sessions/{session.number}/compte-rendu/modifier/?point=1")
    return page


def editor_of(page: Page):
    return page.get_by_role("textbox", name="Texte du point")


def test_writing_is_saved_by_itself(portal, people, scene, assert_accessible):
    session = scene.sessions["written"]
    page = open_editor(portal, people.animator, session)
    assert_accessible(page)
    sheet = editor_of(page)
    sheet.press("Control+End")
    sheet.press_sequentially(" Une phrase de plus")
    expect(page.get_by_text(SAVED).first).to_be_visible()
    entry = MinutesEntry.objects.get(item__session=session, item__position=1)
    assert entry.body == "<p>Texte du point 1. Une phrase de plus</p>"
    assert entry.revision == 2
    page.reload()
    expect(editor_of(page)).to_contain_text("Une phrase de plus")


def test_formatting_by_keyboard_and_toolbar(portal, people, scene):
    session = scene.sessions["written"]
    page = open_editor(portal, people.animator, session)
    sheet = editor_of(page)
    sheet.press("Control+a")
    sheet.press("Control+b")
    expect(page.get_by_role("button", name="Gras").first).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text(SAVED).first).to_be_visible()
    assert MinutesEntry.objects.get(item__session=session, item__position=1).body == (
        "<p><strong>Texte du point 1.</strong></p>"
    )


def test_from_draft_to_report(portal, people, scene, worker, tmp_path, assert_accessible):
    session = scene.sessions["written"]
    page = open_editor(portal, people.animator, session)
    page.get_by_role("link", name="Aperçu").first.click()
    expect(page.get_by_role("main")).to_contain_text("Texte du point 2.")
    assert_accessible(page)
    page.goto(f"/sessions/{session.number}/compte-rendu/modifier/")
    page.get_by_role("link", name="Publier…").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Publier le compte rendu de la {session.number}e")
    expect(page.get_by_role("main")).to_contain_text("Il ne peut plus être modifié")
    assert_accessible(page)
    page.get_by_role("button", name="Publier auprès des membres").click()
    expect(page.get_by_role("main")).to_contain_text("La version 1 est publiée")
    version = MinutesVersion.objects.get(session=session)
    assert version.author == people.animator
    assert version.organisation == people.animating

    page.goto(f"/sessions/{session.number}/")
    download = page.get_by_role("link", name=re.compile("Télécharger le rapport"))
    expect(download).to_be_visible(timeout=60_000)  # without a reload
    assert_accessible(page)
    assert Report.objects.filter(kind=SESSION_REPORT).count() == 1
    with page.expect_download() as waiting:
        download.click()
    target = tmp_path / "rapport.pdf"
    waiting.value.save_as(target)
    assert target.read_bytes().startswith(b"%PDF-")
    assert Path(waiting.value.suggested_filename).suffix == ".pdf"

    visitor = portal.open()
    visitor.goto(f"/verifier/{version.content_sha256}/")
    expect(visitor.get_by_role("main")).to_contain_text("Authentique et en vigueur")
    assert_accessible(visitor)

    member = portal.open(people.member)
    member.goto(f"/sessions/{session.number}/compte-rendu/")
    expect(member.get_by_role("main")).to_contain_text("Texte du point 1.")


def test_without_script_everything_still_works(portal, people, scene):
    session = scene.sessions["written"]
    page = open_editor(portal, people.animator, session, java_script_enabled=False)
    page.get_by_label("Texte du point").fill("Écrit sans script.\n\nDeux paragraphes.")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    entry = MinutesEntry.objects.get(item__session=session, item__position=1)
    assert entry.body == "<p>Écrit sans script.</p><p>Deux paragraphes.</p>"
    page.get_by_role("link", name="Publier…").click()
    page.get_by_role("button", name="Publier auprès des membres").click()
    expect(page.get_by_role("main")).to_contain_text("La version 1 est publiée")
    page.goto(f"/sessions/{session.number}/")
    expect(page.get_by_role("main")).to_contain_text(re.compile("attente|préparation|Télécharger le rapport"))


def test_two_people_writing_see_both_texts(portal, people, scene):
    """The second to save is shown both; nothing is lost, and joining them saves both."""
    from tests import factories

    session = scene.sessions["written"]
    colleague = factories.UserFactory(signs_in=True, first_name="Dominique", last_name="Collègue")
    factories.PositionFactory(user=colleague, organisation=people.animating, substitute=True)
    first = open_editor(portal, people.animator, session)
    second = open_editor(portal, colleague, session)
    editor_of(first).press("Control+End")
    editor_of(first).press_sequentially(" De la première.")
    expect(first.get_by_text(SAVED).first).to_be_visible()
    editor_of(second).press("Control+End")
    editor_of(second).press_sequentially(" De la seconde.")
    expect(second.get_by_role("heading", name="Votre version")).to_be_visible()
    conflict = second.locator("[data-conflict]")
    expect(conflict).to_contain_text("De la première.")
    expect(conflict).to_contain_text("De la seconde.")
    second.get_by_role("button", name="Réunir les deux dans l’éditeur").click()
    expect(editor_of(second)).to_contain_text("De la première.")
    expect(editor_of(second)).to_contain_text("De la seconde.")
    expect(second.get_by_text(SAVED).first).to_be_visible()
    body = MinutesEntry.objects.get(item__session=session, item__position=1).body
    assert "De la première." in body
    assert "De la seconde." in body


TOO_LONG = "Un long passage du compte rendu. " * 400


def test_too_long_a_text_is_refused_and_still_there_after_going_back(portal, people, scene, settings):
    """Without script: the page says what happened, and the browser's Back shows the form as it was left."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000
    page = open_editor(portal, people.animator, scene.sessions["written"], java_script_enabled=False)
    page.get_by_label("Texte du point").fill(TOO_LONG)
    with page.expect_response(lambda response: response.request.method == "POST") as answered:
        page.get_by_role("button", name="Enregistrer", exact=True).click()
    assert answered.value.status == 413
    expect(page.get_by_role("main")).to_contain_text("votre texte est encore dans le formulaire")
    page.go_back()
    expect(page.get_by_label("Texte du point")).to_have_value(TOO_LONG)


def test_too_long_a_text_is_told_while_writing(portal, people, scene, settings):
    """It stays in the editor; shortened, it is saved."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000
    page = open_editor(portal, people.animator, scene.sessions["written"])
    sheet = editor_of(page)
    sheet.press("Control+End")
    page.keyboard.insert_text(TOO_LONG)
    expect(page.get_by_text(re.compile("trop long"))).to_be_visible()
    expect(sheet).to_contain_text(TOO_LONG.strip())
    sheet.press("Control+a")
    sheet.press_sequentially("Plus court.")
    expect(page.get_by_text(SAVED).first).to_be_visible()
    assert MinutesEntry.objects.get(item__session=scene.sessions["written"], item__position=1).body == (
        "<p>Plus court.</p>"
    )


def test_pasted_scripts_do_no_harm(portal, people, scene):
    session = scene.sessions["written"]
    page = open_editor(portal, people.animator, session)
    sheet = editor_of(page)
    sheet.click()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/html", "<p>Collé <b>net</b><script>window.harm = 1</scr" + "ipt><img src=x onerror='window.harm = 2'></p>");
            data.setData("text/plain", "Collé net");
            document.querySelector("[contenteditable=true]").dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    expect(sheet).to_contain_text("Collé net")
    expect(page.get_by_text(SAVED).first).to_be_visible()
    assert page.evaluate("window.harm") is None
    body = MinutesEntry.objects.get(item__session=session, item__position=1).body
    assert "<strong>net</strong>" in body
    assert "script" not in body
    assert "<img" not in body


@pytest.mark.parametrize("role", ["member", "observer", "administrator"])
def test_nobody_else_is_offered_the_editor(portal, people, scene, role):
    page = portal.open(people.role(role))
    page.goto(f"/sessions/{scene.sessions['written'].number}/")
    expect(page.get_by_role("link", name=re.compile("Rédiger|Modifier le compte rendu"))).to_have_count(0)
