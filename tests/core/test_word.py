"""Word documents read and written: what is kept, what is told, what is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from core.docx import Comment, read
from core.docx.writing import WordWriter
from core.files import UploadRefused
from tests.support import word

FIXTURES = Path(__file__).parents[1] / "fixtures" / "word"


def html_of(body: str, **parts: str) -> str:
    return read(io.BytesIO(word.docx(body, **parts))).html


def test_word_headings_lists_tables_links_and_marks_are_kept():
    assert read(io.BytesIO(word.minutes())).html == (
        "<p>Compte rendu</p><p>Présents : neuf organisations.</p><h1>1. Ouverture</h1>"
        "<p>Le comité <strong>valide</strong> avec un calendrier.</p><p>Un accord.</p>"
        "<ul><li><p>premier</p><ul><li><p>dedans</p></li></ul></li><li><p>second</p></li></ul>"
        "<h1>Débat, cofinancer</h1><h2>Calendrier</h2>"
        '<p>Voir <a href="https://www.exemple.fr/note?a=1&amp;b=2" rel="noopener noreferrer">la note</a>déplacé<em> vite</em></p>'
        "<blockquote><p>Répéter son histoire.</p></blockquote><p>Un encadré.</p>"
        "<table><thead><tr><th><p>Région</p></th><th><p>Part</p></th></tr></thead>"
        "<tbody><tr><td><p>Bretagne</p></td><td><p>12 %</p></td></tr></tbody></table>"
        "<h1>Suites à donner</h1><ol><li><p>réunir les financeurs</p></li></ol><p>Fin.</p>"
    )


def test_what_word_tracked_and_what_is_left_out_is_told():
    traces = read(io.BytesIO(word.minutes())).traces
    assert (traces.inserted, traces.deleted, traces.moved, traces.reformatted) == (1, 1, 1, 1)
    assert traces.deleted_texts == ["sans réserve"]
    assert traces.comments == [Comment("Claire Vasseur", "À vérifier.")]
    assert traces.pictures == ["Carte des régions"]
    assert traces.margins == ["Confidentiel"]
    assert (traces.contents, traces.others, traces.styles) == (1, {"equation": 1}, ["Encadré"])
    assert type(traces).from_json(traces.as_json()) == traces


@pytest.mark.parametrize("sent", ["", "{", "[]", '"x"', '{"nothing": 1}', '{"comments": [1]}'])
def test_traces_that_were_tampered_with_are_none(sent):
    traces = read(io.BytesIO(word.docx(word.paragraph("Texte")))).traces
    assert type(traces).from_json(sent) == traces


def test_libreoffice_is_read_alike():
    with (FIXTURES / "libreoffice.docx").open("rb") as file:
        found = read(file)
    assert found.html == (
        "<p>Compte rendu de la session</p><p>Présents : neuf organisations.</p><h1>Ouverture</h1>"
        "<p>Le comité <strong>valide</strong> le <em>principe</em>, avec un calendrier .</p>"
        "<ul><li><p>premier point</p><ul><li><p>sous-point</p></li></ul></li><li><p>second point</p></li></ul>"
        "<h1>Débat</h1><h2>Calendrier</h2>"
        "<ol><li><p>réunir les financeurs[1]</p></li><li><p>voir "
        '<a href="https://www.exemple.fr/note?a=1&amp;b=2" rel="noopener noreferrer">la note</a></p></li></ol>'
        "<p>[1] Avant la fin du mois.</p><blockquote><p>Répéter son histoire, encore.</p></blockquote>"
        "<table><thead><tr><th><p>Acteur</p></th><th><p>Rôle</p></th></tr></thead>"
        "<tbody><tr><td><p>Fonds ODD 17</p></td><td><p>outils</p></td></tr></tbody></table>"
        "<h1>Suites à donner</h1><p>Rendez-vous en décembre.</p>"
    )
    assert (found.traces.inserted, found.traces.deleted_texts) == (1, ["sans réserve"])
    assert found.traces.comments == [Comment("Claire Vasseur", "À vérifier auprès du comité.")]
    assert found.traces.pictures == ["Carte des régions"]


def test_a_note_follows_the_paragraph_that_refers_to_it():
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    html = html_of(
        word.paragraph(word.run("Un accord") + reference) + word.paragraph("La suite"),
        footnotes=f'<w:footnote w:id="2">{word.paragraph("Sous réserve.")}</w:footnote>',
    )
    assert html == "<p>Un accord[1]</p><p>[1] Sous réserve.</p><p>La suite</p>"


def test_a_table_in_a_table_becomes_lines_of_its_cell():
    inner = word.table(("a", "b"), ("c", "d"))
    html = html_of(word.table((word.paragraph("avant") + inner + word.paragraph("après"), "x")))
    assert html.count("<table>") == 1
    assert "<p>avant</p><p>a | b</p><p>c | d</p><p>après</p>" in html


def test_links_that_run_programs_lose_their_address_and_nothing_is_fetched():
    linked = word.picture("Loin").replace('r:embed="rPic"', 'r:link="rLink"')
    found = read(io.BytesIO(word.docx(word.paragraph(linked + word.run("&lt;script&gt;alert(1)&lt;/script&gt;")))))
    assert found.html == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert found.traces.pictures == ["Loin"]


def altered(name: str, content: bytes) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word.minutes())) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for each in source.namelist():
            out.writestr(each, content if each == name else source.read(each))
    return made


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<w:document", "damaged"),
        (b'<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><d>&b;</d>', "damaged"),
        (b"<!--" + b"x" * 9_000_000 + b"--><d/>", "size"),
    ],
    ids=["cut", "entities", "too long"],
)
def test_a_part_that_is_broken_or_swells_is_refused(content, code):
    with pytest.raises(UploadRefused) as refused:
        read(altered("word/document.xml", content))
    assert refused.value.code == code


def test_a_document_without_text_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/styles.xml", "<x/>")
    with pytest.raises(UploadRefused):
        read(made)


RICH = (
    '<h3>Calendrier</h3><p>Un <strong>gras <em>penché</em></strong>,<br>une ligne et <a href="/initiatives/x/">un lien</a>.</p>'
    "<ul><li><p>un</p><ol><li><p>dedans</p></li></ol></li><li><p>deux</p></li></ul>"
    '<ol start="3"><li><p>trois</p></li><li><p>quatre</p></li></ol>'
    "<blockquote><p>Cité.</p></blockquote>"
    "<table><thead><tr><th><p>A</p></th><th><p>B</p></th></tr></thead>"
    '<tbody><tr><td colspan="2"><p>large</p></td></tr></tbody></table>'
)


@pytest.fixture
def written() -> io.BytesIO:
    writer = WordWriter(base_url="https://portail.example", language="fr-FR")
    writer.heading("Ouverture", 1)
    writer.rich_text(RICH)
    made = io.BytesIO()
    writer.document.save(made)
    return made


def test_what_is_written_is_read_back(written):
    assert read(written).html == (
        "<h1>Ouverture</h1><h2>Calendrier</h2>"
        "<p>Un <strong>gras <em>penché</em></strong>,<br>une ligne et"
        ' <a href="https://portail.example/initiatives/x/" rel="noopener noreferrer">un lien</a>.</p>'
        "<ul><li><p>un</p><ol><li><p>dedans</p></li></ol></li><li><p>deux</p></li></ul>"
        "<ol><li><p>trois</p></li><li><p>quatre</p></li></ol><blockquote><p>Cité.</p></blockquote>"
        "<table><thead><tr><th><p><strong>A</strong></p></th><th><p><strong>B</strong></p></th></tr></thead>"
        '<tbody><tr><td colspan="2"><p>large</p></td></tr></tbody></table>'
    )


def test_numbered_lists_begin_at_their_own_number(written):
    numbering = docx.Document(written).part.numbering_part.element
    starts = [each.get(f"{{{word.W}}}val") for each in numbering.iter(f"{{{word.W}}}startOverride")]
    assert starts[:1] == ["1"]
    assert "3" in starts


def test_control_characters_never_reach_the_file():
    writer = WordWriter(base_url="https://portail.example", language="fr-FR")
    writer.heading("Un\x0btitre", 1)
    writer.rich_text("<p>a\x08b 😀 \u202eעברית</p>")
    made = io.BytesIO()
    writer.document.save(made)
    assert "ab 😀 \u202eעברית" in read(made).html


RAISED = '<w:vertAlign w:val="superscript"/>'
STRUCK = word.paragraph(
    word.run("La 21")
    + word.run("e", RAISED)
    + word.run(" : ")
    + word.run("12 000 €", "<w:strike/>")
    + word.run(" 9 000 €, ")
    + word.run("en mai", "<w:dstrike/>")
    + word.run(" en juin")
    + word.run(", à Lyon", '<w:rStyle w:val="Abandonne"/>')
    + word.run(", 40 m")
    + word.run("2", '<w:rStyle w:val="Exposant"/>')
    + word.run(" et CO")
    + word.run("2", '<w:vertAlign w:val="subscript"/>')
    + word.run(", ferme", '<w:rStyle w:val="Barre"/><w:dstrike w:val="0"/>')
)
KEPT = (
    "<p>La 21<sup>e</sup> : <s>12 000 €</s> 9 000 €, <s>en mai</s> en juin<s>, à Lyon</s>, 40 m<sup>2</sup>"
    " et CO<sub>2</sub>, ferme</p>"
)


def test_struck_raised_and_lowered_words_are_kept_whatever_says_so():
    assert html_of(STRUCK) == KEPT
    caduc = word.paragraph(word.run("Rien ") + word.run("que ceci", "<w:strike w:val='false'/>"), "Caduc")
    assert html_of(caduc) == "<p><s>Rien </s>que ceci</p>"


def test_struck_words_in_notes_and_inner_tables_do_not_read_as_valid():
    struck = word.paragraph(word.run("12 €", "<w:strike/>") + word.run(" 9 €"))
    note = '<w:r><w:rPr><w:rStyle w:val="Exposant"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    html = html_of(word.paragraph(word.run("Un") + note), footnotes=f'<w:footnote w:id="2">{struck}</w:footnote>')
    assert html == "<p>Un[1]</p><p>[1] [barré : 12 €] 9 €</p>"
    inner = html_of(word.table((word.paragraph("avant") + word.table((struck, "b")), "x")))
    assert "<p>[barré : 12 €] 9 € | b</p>" in inner


def test_a_table_whose_style_is_struck_comes_in_struck():
    rows = (("Taux",), (word.paragraph(word.run("12 %") + word.run(" 9 %", "<w:strike w:val='0'/>")),))
    assert "<s>12 %</s> 9 %" in html_of(word.table(*rows, style="Ancien"))
    inner = html_of(word.table((word.paragraph("a") + word.table(("b",)),), style="Ancien"))
    assert ("<s>a</s>" in inner, "barré : b" in inner) == (True, False)  # the inner table has no such style


def test_text_that_word_hides_does_not_come_in_and_is_told():
    body = word.paragraph(
        word.run("Accordé")
        + word.run(" (ne pas dire)", "<w:vanish/>")
        + word.run(" sous réserve", '<w:rStyle w:val="Masque"/>')
        + word.run(" hier", '<w:vanish w:val="0"/>')
    )
    body += word.paragraph(word.run("Toute une ligne", "<w:vanish/>")) + word.paragraph("Suite")
    found = read(io.BytesIO(word.docx(body)))
    assert found.html == "<p>Accordé hier</p><p>Suite</p>"
    assert found.traces.hidden == ["(ne pas dire) sous réserve", "Toute une ligne"]
    assert found.traces.left_out


def test_struck_raised_and_lowered_words_are_written_and_read_back():
    writer = WordWriter(base_url="https://portail.example", language="fr-FR")
    writer.rich_text(KEPT + '<p><s><strong>a</strong> <a href="https://x.example/">b</a></s></p>')
    made = io.BytesIO()
    writer.document.save(made)
    assert read(made).html == (
        KEPT + "<p><strong><s>a</s></strong><s> </s>"
        '<a href="https://x.example/" rel="noopener noreferrer"><s>b</s></a></p>'
    )
