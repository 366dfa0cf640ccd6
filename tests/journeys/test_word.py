"""A Word document becomes minutes: chosen, looked at, confirmed, taken away again as a working copy."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from sessions_app.models import AgendaItem, MinutesEntry
from tests.support import word

RELEVE = {"name": "releve.docx", "mimeType": "application/octet-stream", "buffer": word.minutes()}


@pytest.fixture
def session(scene):
    session = scene.sessions["unwritten"]
    AgendaItem.objects.filter(session=session).update(title="Ouverture")
    return session


@pytest.mark.parametrize(("width", "scripted"), [(1280, True), (360, True), (1280, False)])
def test_a_document_is_taken_in(portal, people, session, assert_accessible, width, scripted):
    page = portal.open(people.animator, width=width, java_script_enabled=scripted)
    page.goto(f"/sessions/{session.number}/compte-rendu/modifier/")
    page.get_by_role("link", name="Reprendre un document…").click()
    if scripted:
        assert_accessible(page)
    page.get_by_label("Document Word").set_input_files(RELEVE)
    page.get_by_role("button", name="Lire le document").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("1 insertion suivie")
    expect(main).to_contain_text("1 commentaire")
    expect(main).to_contain_text("Carte des régions")
    if scripted:
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not MinutesEntry.objects.filter(item__session=session).exists()
    debate = page.get_by_role("region", name="Débat, cofinancer")
    expect(debate.get_by_role("combobox")).to_have_value("new")
    page.get_by_role("region", name="Suites à donner").get_by_role("combobox").select_option("leave")
    page.get_by_role("button", name="Reprendre ces parties").click()
    expect(page.get_by_role("main")).to_contain_text("2")
    titles = list(AgendaItem.objects.filter(session=session).values_list("title", flat=True))
    assert titles == ["Ouverture", "Débat, cofinancer"]
    if scripted:
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Copie de travail (DOCX)").click()
        copy = docx.Document(str(waiting.value.path()))
        assert any("Copie de travail" in paragraph.text for paragraph in copy.paragraphs)


PASTE = Path(__file__).parents[1] / "fixtures" / "paste"
SAVED = re.compile(r"Enregistré( à \d+\sh\s\d\d)?")  # the button finds it saved where writing saved it before
CLIPS = {
    "word": [
        "<h3>Débat&nbsp;: cofinancer l’ingénierie</h3>",
        "<strong>Les participants</strong>",
        "<li><p>un diagnostic",
    ],
    "libreoffice": ["<strong>valide</strong>", "<ol><li><p>sous-point</p></li></ol>", "<th><p>Acteur</p></th>"],
    "google-docs": ["<strong>gras</strong>", "<em> et penché</em>", "<ul><li><p>une chose</p></li></ul>"],
    "word-struck": [
        "<p>La 21<sup>e</sup> session retient <s>12&nbsp;000&nbsp;€</s> 9&nbsp;000&nbsp;€, <s>en mai</s> en juin<s>, à",
        "Lyon</s>, 40&nbsp;m<sup>2</sup> et CO<sub>2</sub>[1]. Accord</p>",
        "<ul><li><p>un point</p></li></ul>",
    ],
    "word-hidden": ["<p>Le budget est de 9&nbsp;000&nbsp;€.</p><p>Accord des membres.</p>"],
    "google-docs-struck": [
        "<p>La 21<sup>e</sup> session retient <s>12 000 €</s> 9 000 €, 40 m<sup>2</sup> et CO<sub>2</sub><s>, en mai</s></p>"
    ],
}
TOLD = {
    "word": [
        "1 insertion suivie : reprise dans le texte.",
        "1 suppression suivie : laissée de côté.",
        "1 commentaire : laissé de côté.",
        "1 image ; ajoutez-la aux supports.",
    ],
    "libreoffice": None,
    "google-docs": None,
    "word-struck": [
        "1 insertion suivie : reprise dans le texte.",
        "1 suppression suivie : laissée de côté.",
        "1 image ; ajoutez-la aux supports.",
        "1 zone de texte : laissée de côté.",
        "1 note de bas de page : laissée de côté.",
    ],
    "word-hidden": ["2 passages masqués, que personne ne voyait à l’endroit copié : laissés de côté."],
    "google-docs-struck": ["2 images ; ajoutez-les aux supports."],
}


@pytest.mark.parametrize("clip", CLIPS)
def test_what_word_processors_put_on_the_clipboard_keeps_its_structure(portal, people, scene, assert_accessible, clip):
    session = scene.sessions["unwritten"]
    page = portal.open(people.animator)
    page.goto(f"/sessions/{session.number}/compte-rendu/modifier/?point=1")
    sheet = page.get_by_role("textbox", name="Texte du point")
    sheet.click()
    html = (PASTE / f"{clip}.html").read_text()
    page.evaluate(
        """(html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            document.querySelector("[contenteditable=true]").dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        html,
    )
    warning = page.locator("[data-loss-warning]")
    if TOLD[clip] is None:
        expect(warning).to_be_hidden()
    else:
        expect(warning).to_be_visible()
        expect(warning).to_contain_text("Relisez le texte collé.")
        assert [text.replace("\xa0", " ") for text in warning.locator("li").all_inner_texts()] == TOLD[clip]
        assert TOLD[clip][-1] in page.locator("rich-text [data-live]").inner_text().replace("\xa0", " ")
        assert_accessible(page)
        page.get_by_role("button", name="Fermer ce message").click()
        expect(warning).to_be_hidden()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator("[data-autosave-status]")).to_have_text(SAVED)
    body = MinutesEntry.objects.get(item__session=session, item__position=1).body
    for kept in CLIPS[clip]:
        assert kept in body
    for gone in ("mso", "style", "<script", "javascript:", "<img", "rien ne va", "à vérifier"):
        assert gone not in body
