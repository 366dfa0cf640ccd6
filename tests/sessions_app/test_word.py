"""Minutes taken in from Word after a preview, and given out as working copies."""

from __future__ import annotations

import html
import io
import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.docx import read
from sessions_app.minutes import services
from sessions_app.minutes.docx import parts
from sessions_app.models import AgendaItem, MinutesEntry, MinutesRevision
from tests import factories
from tests.core.files import makers
from tests.support import word

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(people):
    session = factories.SessionFactory(number=21, title="Investir en commun")
    for position, title in enumerate(("Ouverture", "Débat : cofinancer", "Passation"), start=1):
        factories.AgendaItemFactory(session=session, position=position, title=title)
    return session


@pytest.fixture
def client(signed_in, people):
    return signed_in(people.animator)


ADDRESS = "/sessions/21/compte-rendu/word/"


def upload(client, content, name="releve.docx"):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content)})


def sent_again(page: str) -> dict[str, str]:
    """What the preview's form would send, untouched."""
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    document = re.search(r'<textarea name="document" hidden>(.*?)</textarea>', page, re.DOTALL)
    fields["document"] = document[1]
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    if chosen := re.search(r'<input type="radio" name="mode" value="([^"]+)"[^>]*checked', page):
        fields["mode"] = chosen[1]
    fields.pop("csrfmiddlewaretoken", None)
    return {name: html.unescape(value) for name, value in fields.items()}


def write(session, people, position, body, based_on=0):
    item = session.agenda.get(position=position)
    return services.save_entry(item=item, by=people.animator, body=body, based_on=based_on, now=timezone.now())


def test_a_preview_writes_nothing_and_tells_what_it_found(client, session):
    response = upload(client, word.minutes())
    assert response.status_code == 200
    page = response.text
    assert not MinutesEntry.objects.exists()
    for told in ("sans réserve", "Claire Vasseur", "À vérifier.", "Carte des régions", "Confidentiel", "Encadré"):
        assert told in page
    assert "1 insertion suivie" in page
    targets = {name: value for name, value in sent_again(page).items() if name.startswith("part-")}
    first, second, _third = session.agenda.values_list("public_id", flat=True)
    assert targets == {"part-1": "leave", "part-2": str(first), "part-3": str(second), "part-4": "new"}


def test_confirming_writes_revisions_and_new_items_in_their_place(client, session, people):
    fields = sent_again(upload(client, word.minutes()).text)
    response = client.post(ADDRESS, fields)
    assert response.status_code == 302
    assert response.headers["Location"] == "/sessions/21/compte-rendu/modifier/?point=1"
    titles = list(AgendaItem.objects.filter(session=session).values_list("position", "title"))
    assert titles == [(1, "Ouverture"), (2, "Débat : cofinancer"), (3, "Suites à donner"), (4, "Passation")]
    revisions = MinutesRevision.objects.order_by("entry__item__position")
    assert [(each.number, each.author, each.organisation) for each in revisions] == [
        (1, people.animator, people.animating)
    ] * 3
    assert revisions[0].body.startswith(
        "<p>Le comité <strong>valide</strong> avec un calendrier.</p><p>Un accord.</p><ul>"
    )
    assert revisions[1].body.startswith("<h3>Calendrier</h3>")
    assert "Compte rendu" not in "".join(each.body for each in revisions)


@pytest.mark.parametrize(
    ("mode", "expected"), [("after", "<p>Déjà.</p><p>De Word.</p>"), ("replace", "<p>De Word.</p>")]
)
def test_a_text_follows_or_replaces_what_is_there(client, session, people, mode, expected):
    write(session, people, 1, "<p>Déjà.</p>")
    body = word.paragraph("Ouverture", "Titre1") + word.paragraph("De Word.")
    client.post(ADDRESS, {**sent_again(upload(client, word.docx(body)).text), "mode": mode})
    entry = MinutesEntry.objects.get()
    assert (entry.body, entry.revision) == (expected, 2)
    assert entry.revisions.get(number=1).body == "<p>Déjà.</p>"


def test_mentions_go_to_word_as_words_and_come_back_as_mentions(client, session, people):
    marked = '<a data-mention="organisation" data-id="7" rel="noopener noreferrer">@L’Atelier</a>'
    write(session, people, 1, f"<p>Avec {marked} : un accord.</p>")
    given = client.get(reverse("sessions:minutes-word-draft", args=[21])).content
    body = "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(given)).paragraphs)
    assert "Avec @L’Atelier\u00a0: un accord." in body
    fields = sent_again(upload(client, given).text)
    assert client.post(ADDRESS, {**fields, "mode": "replace"}).status_code == 302
    assert MinutesEntry.objects.get(item__position=1).body.endswith(f"<p>Avec {marked}&nbsp;: un accord.</p>")


def test_several_parts_may_go_to_one_item(client, session):
    body = "".join(
        word.paragraph(title, "Titre1") + word.paragraph(f"Sous {title}.") for title in ("Ouverture", "Annexe")
    )
    fields = sent_again(upload(client, word.docx(body)).text)
    client.post(ADDRESS, {**fields, "part-2": fields["part-1"]})
    assert MinutesEntry.objects.get().body == "<p>Sous Ouverture.</p><p>Sous Annexe.</p>"


def test_a_text_saved_since_the_preview_is_a_conflict_with_both_and_nothing_is_written(client, session, people):
    write(session, people, 1, "<p>Au début.</p>")
    body = word.paragraph("Débat : cofinancer", "Titre1") + word.paragraph("Autre.")
    body = word.paragraph("Ouverture", "Titre1") + word.paragraph("De Word.") + body
    fields = sent_again(upload(client, word.docx(body)).text)
    write(session, people, 1, "<p>Entre-temps.</p>", based_on=1)
    response = client.post(ADDRESS, {**fields, "mode": "replace"})
    assert response.status_code == 409
    assert "Entre-temps." in response.text
    assert "De Word." in response.text
    assert MinutesEntry.objects.get().body == "<p>Entre-temps.</p>"  # the other item was not written either
    again = client.post(ADDRESS, {**sent_again(response.text), "mode": "replace"})
    assert again.status_code == 302
    assert MinutesEntry.objects.get(item__position=1).body == "<p>De Word.</p>"
    assert MinutesEntry.objects.get(item__position=1).revision == 3


def test_headings_of_another_level_part_the_document_anew(client, session):
    body = "".join(
        word.paragraph(text, style)
        for text, style in (("Un", "Titre1"), ("Un un", "Titre2"), ("a", ""), ("Un deux", "Titre2"), ("b", ""))
    )
    page = upload(client, word.docx(body)).text
    fields = sent_again(page)
    assert fields["level"] == "2"  # the highest that occurs more than once
    page = client.post(ADDRESS, {**fields, "level": "1", "split": "1"}).text
    assert [name for name in sent_again(page) if name.startswith("part-")] == ["part-1"]


def test_leaving_everything_out_is_said(client, session):
    fields = sent_again(upload(client, word.docx(word.paragraph("Texte"))).text)
    response = client.post(ADDRESS, fields)
    assert response.status_code == 422
    assert "au moins une partie" in response.text
    assert not MinutesEntry.objects.exists()


def test_an_item_that_left_the_agenda_is_said_at_its_field(client, session):
    fields = sent_again(upload(client, word.minutes()).text)
    session.agenda.get(position=1).delete()
    response = client.post(ADDRESS, fields)
    assert response.status_code == 422
    assert "n’est plus à l’ordre du jour" in response.text
    assert "Le comité" in response.text
    assert not MinutesEntry.objects.exists()


def test_what_comes_back_from_the_browser_is_cleaned_again(client, session):
    fields = sent_again(upload(client, word.minutes()).text)
    target = fields["part-2"]
    harm = '<h1>Ouverture</h1><p onclick="x()">Net<script>alert(1)</script></p>'
    client.post(ADDRESS, {"document": harm, "level": "1", "mode": "after", "part-1": target})
    assert MinutesEntry.objects.get().body == "<p>Net</p>"


@pytest.mark.parametrize("document", ["<p>", "]]>", "\x0b<x", "<p>&unknown;</p>", "<!DOCTYPE x>"])
def test_a_document_that_is_none_is_an_empty_one(client, session, document):
    assert client.post(ADDRESS, {"document": document}).status_code in (200, 422)
    assert not MinutesEntry.objects.exists()


def test_a_document_that_no_column_can_hold_is_refused(client, session):
    assert client.post(ADDRESS, {"document": "\x00<x"}).status_code == 400
    assert not MinutesEntry.objects.exists()


BAD = {
    "not a docx": ("releve.docx", b"Bonjour", "type"),
    "empty": ("releve.docx", b"", "vide"),
    "renamed pdf": ("releve.docx", makers.PDF, "type"),
    "password": ("releve.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "mot de passe"),
    "spreadsheet": ("releve.docx", makers.good("xlsx"), "type"),
    "odt": ("releve.odt", makers.good("odt"), "type"),
    "macros": (
        "releve.docm",
        makers.ooxml("docx", main_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "macros",
    ),
    "bomb": ("releve.docx", makers.ooxml("docx", {"word/media/a.xml": b"0" * 60_000_000}), "décompress"),
    "cut": ("releve.docx", word.minutes()[:900], "endommagé"),
    "no text": ("releve.docx", makers.good("docx"), "endommagé"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_told_at_the_field(client, session, name):
    filename, content, told = BAD[name]
    response = upload(client, content, filename)
    assert response.status_code == 422, name
    assert "invalid" in response.text
    if told != "type":
        assert told in response.text
    assert not MinutesEntry.objects.exists()


def test_a_file_over_the_limit_is_told(client, session, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    response = upload(client, word.minutes())
    assert response.status_code == 422
    assert "trop" in response.text


def test_without_a_file_the_form_asks_for_one(client, session):
    assert client.post(ADDRESS).status_code == 422


def test_a_text_longer_than_an_item_takes_is_told_and_nothing_is_written(client, session):
    body = word.paragraph("Ouverture", "Titre1") + word.paragraph("mot " * 60_000)
    fields = sent_again(upload(client, word.docx(body)).text)
    response = client.post(ADDRESS, fields)
    assert response.status_code == 422
    assert "trop long" in response.text
    assert not MinutesEntry.objects.exists()


def test_published_minutes_take_no_document(client, session, people):
    write(session, people, 1, "<p>Texte.</p>")
    services.publish(session=session, by=people.animator, based_on=0, now=timezone.now())
    assert client.get(ADDRESS).headers["Location"] == "/sessions/21/compte-rendu/"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2. Débat : cofinancer", "Débat : cofinancer"),
        ("Point 3 – Passation", "passation"),
        ("Ecouter les elus", "Écouter les élus !"),
    ],
)
def test_titles_that_say_the_same_are_the_same(one, other):
    assert parts.normal(one) == parts.normal(other)


def test_a_title_that_is_nearly_the_same_is_proposed_and_said(client, session):
    body = word.paragraph("Débats : cofinancer", "Titre1") + word.paragraph("Texte.")
    page = upload(client, word.docx(body)).text
    assert sent_again(page)["part-1"] == str(session.agenda.get(position=2).public_id)
    assert "Le titre ressemble" in page


def test_a_bold_line_that_is_a_title_of_the_agenda_parts_the_document(client, session):
    body = word.paragraph(word.run("2) Débat : cofinancer", "<w:b/>")) + word.paragraph("Texte.")
    fields = sent_again(upload(client, word.docx(body)).text)
    assert fields["part-1"] == str(session.agenda.get(position=2).public_id)


# --- working copies -----------------------------------------------------------------------------------------------


def words_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def test_the_draft_is_given_out_as_a_working_copy_that_says_so(client, session, people):
    write(session, people, 1, "<p>Un <strong>accord</strong>.</p><ul><li><p>un</p></li></ul>")
    response = client.get(reverse("sessions:minutes-word-draft", args=[21]))
    assert response.headers["Content-Disposition"].endswith('.docx"')
    made = docx.Document(io.BytesIO(response.content))
    assert "Copie de travail du brouillon" in words_of(response.content)
    assert "Copie de travail du brouillon" in made.sections[0].header.paragraphs[0].text
    assert made.core_properties.content_status == "Copie de travail"
    assert made.core_properties.language == "fr-FR"
    assert people.animator.last_name not in response.content.decode("latin-1")


def test_a_draft_copy_taken_in_again_finds_its_items(client, session, people):
    write(session, people, 2, "<h3>Sous-titre</h3><p>Texte.</p>")
    factories.DecisionFactory(session=session, number=1, text="Une décision.")
    copy = client.get(reverse("sessions:minutes-word-draft", args=[21])).content
    fields = sent_again(upload(client, copy).text)
    second = str(session.agenda.get(position=2).public_id)
    assert second in fields.values()
    assert "new" not in fields.values()
    response = client.post(ADDRESS, {**fields, "mode": "replace"})
    assert response.status_code == 302
    body = MinutesEntry.objects.get(item__position=2).body
    assert "<h3>Sous-titre</h3><p>Texte.</p>" in body


def test_struck_words_of_a_document_stay_struck_on_page_and_copy(client, session, people):
    line = (
        word.run("12 000 €", "<w:dstrike/>")
        + word.run(" 9 000 €, 21")
        + word.run("e", '<w:vertAlign w:val="superscript"/>')
    )
    document = word.docx(word.paragraph("Ouverture", "Titre1") + word.paragraph(line))
    page = upload(client, document).text
    aloud = '<s><span class="visually-hidden">[barré\u00a0: </span>12 000 €<span class="visually-hidden">]</span></s>'
    assert f"<p>{aloud} 9 000 €, 21<sup>e</sup></p>" in page
    assert client.post(ADDRESS, {**sent_again(page), "mode": "replace"}).status_code == 302
    stored = "<p><s>12 000 €</s> 9 000 €, 21<sup>e</sup></p>"
    assert MinutesEntry.objects.get(item__position=1).body == stored
    written = client.get("/sessions/21/compte-rendu/modifier/?point=1").text
    assert "\n[barré\u00a0: 12 000 €] 9 000 €, 21e</textarea>" in written
    assert stored in read(io.BytesIO(client.get(reverse("sessions:minutes-word-draft", args=[21])).content)).html
    services.publish(session=session, by=people.animator, based_on=0, now=timezone.now())
    shown = re.sub(r'<p id="[\w-]+">', "<p>", client.get("/sessions/21/").text)  # each paragraph has its anchor
    assert f"<p>{aloud} 9 000 €, 21<sup>e</sup></p>" in shown


def test_a_struck_heading_does_not_read_as_valid(client, session):
    title = word.run("Budget ") + word.run("12 000 €", "<w:strike/>")
    page = upload(client, word.docx(word.paragraph(title, "Titre1") + word.paragraph("Texte."))).text
    assert "Budget [barré\u00a0: 12 000 €]</h2>" in page.replace("[barré : ", "[barré\u00a0: ")


def test_a_published_version_is_given_to_members_with_where_to_check_it(signed_in, client, session, people):
    write(session, people, 1, "<p>Un accord.</p>")
    factories.AttendanceFactory(session=session, organisation=people.animating)
    version = services.publish(session=session, by=people.animator, based_on=0, now=timezone.now())
    address = reverse("sessions:minutes-word-version", args=[21, 1])
    first = signed_in(people.member).get(address)
    text = words_of(first.content)
    assert "Copie de travail de la version\u00a01, publiée le" in text
    assert version.content_sha256 in text
    assert "Un accord." in text
    assert "Un accord." in read(io.BytesIO(first.content)).html
    services.open_amendment(session=session, by=people.animator, now=timezone.now())
    write(session, people, 1, "<p>Un brouillon secret.</p>", based_on=1)
    assert "secret" not in words_of(signed_in(people.member).get(address).content)


def test_the_copy_is_written_in_the_readers_language(client, session, people):
    write(session, people, 1, "<p>Un accord.</p>")
    client.cookies["django_language"] = "en"
    response = client.get(reverse("sessions:minutes-word-draft", args=[21]))
    assert "Working copy of the draft" in words_of(response.content)
