"""Real files, and files that mean harm: what is read of each, within which limits, and what is said of the rest."""

from __future__ import annotations

import io
import time

import pikepdf
import pytest

from core.file_texts import reading
from core.file_texts.enums import Remark
from core.file_texts.reading import Limits, Reading
from tests.core.file_texts import makers
from tests.core.files import makers as files


def read(content: bytes, kind: str, **limits: int) -> Reading:
    return reading.read(io.BytesIO(content), kind, Limits(**limits))


def test_pages_of_a_pdf() -> None:
    found = read(makers.pdf("L’ingénierie", "", "territo-\nrialisation des aides, Jean-\nPierre\nDupont"), "pdf")
    assert found == Reading(
        ["L’ingénierie", "", "territorialisation des aides, Jean-Pierre Dupont"], is_paged=True, page_count=3
    )


def test_text_documents() -> None:
    assert read(makers.docx("Premier paragraphe", "Second"), "docx").pages == ["Premier paragraphe Second Une cellule"]
    assert read(makers.odt("Titre", "Un paragraphe"), "odt").pages == ["Titre Un paragraphe Fin"]
    found = read(makers.docx(*("mot " * 700 for _number in range(3))), "docx")
    assert (len(found.pages), found.is_paged, found.page_count, found.remark) == (4, False, None, "")


def test_sheets_keep_what_stands_side_by_side() -> None:
    content = makers.xlsx(("Poste", "Montant"), ("Animation", 1200), (None, None))
    assert read(content, "xlsx").pages == ["Budget Poste Montant Animation 1200"]
    rows = "<table:table><table:table-row><table:table-cell><text:p>Poste</text:p></table:table-cell></table:table-row></table:table>"
    assert read(makers.odf("ods", f"<office:spreadsheet>{rows}</office:spreadsheet>"), "ods").pages == ["Poste"]


def test_slides_in_the_order_of_their_showing() -> None:
    found = read(makers.pptx("La première", "La seconde"), "pptx")
    assert (found.pages, found.is_paged, found.page_count) == (["La première", "La seconde"], True, 2)
    slides = "".join(
        f"<draw:page><text:p>{words}</text:p><presentation:notes><text:p>Pour moi</text:p></presentation:notes></draw:page>"
        for words in ("Une", "Deux")
    )
    assert read(makers.odf("odp", f"<office:presentation>{slides}</office:presentation>"), "odp").pages == [
        "Une",
        "Deux",
    ]


def test_what_was_struck_out_is_not_read() -> None:
    body = "<w:p><w:r><w:t>Reste</w:t></w:r><w:del><w:r><w:delText>Parti</w:delText></w:r></w:del></w:p>"
    assert read(makers.docx_of(body), "docx").pages == ["Reste"]
    body = (
        "<office:text><text:tracked-changes><text:p>Parti</text:p></text:tracked-changes>"
        "<text:p>Reste<office:annotation><text:p>Remarque</text:p></office:annotation></text:p></office:text>"
    )
    assert read(makers.odf("odt", body), "odt").pages == ["Reste"]


def test_a_password_is_told_and_none_to_read_is_none() -> None:
    content = makers.pdf("Un secret")
    assert read(makers.protected(content, "sésame"), "pdf") == Reading(remark=Remark.ENCRYPTED)
    assert read(makers.protected(content, ""), "pdf").pages == ["Un secret"]


def test_no_text_layer() -> None:
    assert read(makers.pdf("", ""), "pdf") == Reading(is_paged=True, page_count=2, remark=Remark.NO_TEXT)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "pdf"),
        (files.PDF, "pdf"),
        (makers.pdf("Un texte")[:400], "pdf"),
        (b"PK\x03\x04" + bytes(100), "docx"),
        (makers.docx("Un texte")[:2000], "docx"),
        (files.ooxml("pptx"), "pptx"),
        (makers.xlsx(("Un", "texte"))[:3000], "xlsx"),
        (makers.docx_of("<w:p>"), "docx"),
        (files.opendocument("odt", {"content.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "odt"),
    ],
    ids=[
        "empty",
        "no pages",
        "cut pdf",
        "no archive",
        "cut docx",
        "no slides",
        "cut xlsx",
        "torn xml",
        "document type",
    ],
)
def test_damaged(content: bytes, kind: str) -> None:
    found = read(content, kind)
    assert (found.pages, found.remark, found.is_readable) == ([], Remark.DAMAGED, False)


def test_one_broken_page_hides_no_other() -> None:
    with pikepdf.open(io.BytesIO(makers.pdf("Avant", "Cassée", "Après"))) as made:
        made.pages[1].Contents = pikepdf.Array([3])
        output = io.BytesIO()
        made.save(output)
    found = read(output.getvalue(), "pdf")
    assert [found.pages[0], found.pages[2]] == ["Avant", "Après"]


def test_ten_thousand_pages_are_read_as_far_as_said() -> None:
    found = read(makers.long_pdf(10_000), "pdf", pages=40)
    assert (found.pages, found.page_count, found.remark) == (["La page"] * 40, 10_000, Remark.PAGES)


def test_a_long_text_is_cut() -> None:
    found = read(makers.docx(*("mot " * 1000 for _number in range(5))), "docx", signs=6_000)
    assert (sum(map(len, found.pages)) <= 6_000, found.remark) == (True, Remark.LENGTH)


def test_a_swelling_archive_ends_at_its_limit() -> None:
    begun = "<w:p><w:r><w:t>Début</w:t></w:r></w:p>"
    found = read(makers.docx_of(begun + "<w:p/>" * 10_000_000), "docx")
    assert (found.pages, found.remark) == (["Début"], Remark.LENGTH)
    found = read(makers.docx_of("<w:p/>" * 10_000_000), "docx")
    assert found == Reading(remark=Remark.TOO_HEAVY)


def test_who_computes_too_long_is_ended_with_what_was_read() -> None:
    loop = "1 0 0 1 0 0 cm (a) Tj " * 400_000
    content = makers.pdf("Avant", *["Après"] * 3)
    with pikepdf.open(io.BytesIO(content)) as made:
        made.pages[1].Contents = made.make_stream(b"BT /F1 12 Tf " + loop.encode() + b" ET")
        output = io.BytesIO()
        made.save(output)
    begun = time.monotonic()
    found = read(output.getvalue(), "pdf", seconds=2)
    assert time.monotonic() - begun < 60
    assert (found.pages, found.page_count, found.remark) == (["Avant"], 4, Remark.EFFORT)


def test_who_takes_too_much_memory_is_ended() -> None:
    content = makers.docx_of(f"<w:p><w:r><w:t>{'a' * 45_000_000}</w:t></w:r></w:p>")
    assert read(content, "docx", memory=100 * 1024 * 1024) == Reading(remark=Remark.TOO_HEAVY)
