"""What is taken, what is not, and what the sender is told."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.utils import translation
from docx import Document
from hypothesis import given, strategies as st
from openpyxl import Workbook
from PIL import Image

from core.files import DOCUMENTS, IMAGES, UploadField, UploadRefused, archives, images, kinds, validate_upload
from tests.core.files import makers
from tests.core.files.makers import archive, good, image, ooxml, opendocument, png_bomb, upload

ALL = ("pdf", "odt", "ods", "odp", "docx", "xlsx", "pptx", "png", "jpg", "jpeg", "webp")


def code_of(name: str, content: bytes, **options: object) -> str:
    """Why the file is refused; "" where it is taken."""
    try:
        validate_upload(upload(name, content), **options)
    except UploadRefused as refused:
        return refused.code if all(refused.messages) else "says nothing"
    return ""


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("extension", ALL)
def test_every_kind_is_taken_under_its_own_ending(extension: str, language: str) -> None:
    with translation.override(language):
        checked = validate_upload(upload(f"Mon fichier.{extension.upper()}", good(extension)))
    assert checked.name == f"Mon fichier.{extension}"
    assert extension in checked.kind.extensions
    assert checked.size == checked.file.size > 0


@pytest.mark.parametrize("content", [b"<html></html>", b"MZ" + bytes(200), archive({"x": b"y"})])
def test_a_disguised_file_is_told_that_its_name_does_not_help(content):
    with pytest.raises(UploadRefused) as refused:
        validate_upload(upload("rapport.pdf", content), {kinds.PDF})
    assert refused.value.messages == ["Malgré son nom, ce n’est pas un fichier .pdf. Formats acceptés\xa0: .pdf."]


@pytest.mark.parametrize("extension", ALL)
@pytest.mark.parametrize("ending", [*ALL, "exe", "html", "svg", "docm", "doc", ""])
def test_no_kind_is_taken_under_another_ending(extension: str, ending: str) -> None:
    jpegs = {"jpg", "jpeg"}
    expected = "" if ending == extension or {ending, extension} == jpegs else "extension"
    assert code_of(f"fichier.{ending}", good(extension)) == expected


@pytest.mark.parametrize("extension", ALL)
def test_only_what_this_place_takes(extension: str) -> None:
    other = DOCUMENTS if extension in ("png", "jpg", "jpeg", "webp") else IMAGES
    assert code_of(f"f.{extension}", good(extension), allowed=other) == "type"


def test_real_files_of_word_and_excel_libraries_are_taken() -> None:
    word, excel = io.BytesIO(), io.BytesIO()
    document = Document()
    document.add_heading("Compte rendu")
    document.save(word)
    Workbook().save(excel)
    assert code_of("a.docx", word.getvalue()) == ""
    assert code_of("a.xlsx", excel.getvalue()) == ""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script></html>", "type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "type"),
        (b"MZ\x90\x00" + bytes(200), "type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "type"),
        (b"\x00" + makers.PDF, "type"),  # a PDF begins with its mark, and nothing stands before it
        (makers.PDF[:-8], "damaged"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (archive({"index.html": b"<html>"}), "type"),
        (archive({"mimetype": b"application/epub+zip"}), "type"),
        (archive({"mimetype": b"application/vnd.oasis.opendocument.text-master"}), "type"),
    ],
)
@pytest.mark.parametrize("ending", ["pdf", "docx", "odt"])
def test_what_is_no_document_is_refused_whatever_its_name(content: bytes, code: str, ending: str) -> None:
    assert code_of(f"rapport.{ending}", content) == code


MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"


@pytest.mark.parametrize(
    "content",
    [
        ooxml("docx", {"word/vbaProject.bin": b"x"}),
        ooxml("docx", {"WORD/VBAPROJECT.BIN": b"x"}),
        ooxml("docx", {"word/vbaData.xml": b"x"}),
        ooxml("docx", {"word/activeX/activeX1.bin": b"x"}),
        ooxml("docx", main_type=MACRO_TYPE),
        ooxml("docx", {"word/_rels/document.xml.rels": b"x", "xl/macrosheets/sheet1.xml": b"x"}),
    ],
)
def test_macros_are_refused_in_ooxml(content: bytes) -> None:
    assert code_of("a.docx", content) == "macros"


@pytest.mark.parametrize("part", ["Basic/Standard/Module1.xml", "Scripts/python/x.py", "basic/script-lc.xml"])
def test_macros_are_refused_in_opendocument(part: str) -> None:
    assert code_of("a.odt", opendocument("odt", {part: b"x"})) == "macros"


def test_a_template_from_elsewhere_is_refused_one_on_a_disk_is_not() -> None:
    def links(target: str) -> bytes:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
        link = f'<Relationship Id="r" Type="{kind}" Target="{target}" TargetMode="External"/>'
        return ooxml("docx", {"word/_rels/settings.xml.rels": link.encode()})

    assert code_of("a.docx", links("https://evil.example/t.dotm")) == "remote"
    assert code_of("a.docx", links("\\\\server\\t.dotx")) == "remote"
    assert code_of("a.docx", links("file:///C:/Modeles/courrier.dotx")) == ""


def test_passwords_are_told() -> None:
    assert code_of("a.odt", opendocument("odt", manifest=b"<x><manifest:encryption-data/></x>")) == "encrypted"
    locked = bytearray(ooxml("docx"))
    locked[6] |= 1  # the flag of the first entry
    central = locked.index(b"PK\x01\x02")
    locked[central + 8] |= 1
    assert code_of("a.docx", bytes(locked)) == "encrypted"


def test_an_archive_that_unpacks_to_far_too_much_is_refused_unopened() -> None:
    assert code_of("a.docx", ooxml("docx", {"word/media/a.bin": bytes(6 * 1024 * 1024)})) == "bomb"
    assert code_of("a.docx", ooxml("docx", {f"word/{n}.xml": b"" for n in range(archives.MOST_ENTRIES)})) == "bomb"


def test_an_archive_that_lies_about_its_sizes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(ooxml("docx", {"word/media/a.txt": b"a" * 1000}))
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = (10).to_bytes(4, "little")  # unpacked size in the directory
    assert code_of("a.docx", bytes(content)) == "damaged"


def test_the_sum_of_sizes_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1000)
    assert code_of("a.docx", ooxml("docx", {"word/a.xml": b"ab" * 600})) == "bomb"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\x", "C:/x"])
def test_entries_that_leave_their_folder_are_refused(name: str) -> None:
    assert code_of("a.docx", ooxml("docx", {name: b"x"})) == "damaged"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused() -> None:
    output = io.BytesIO(ooxml("docx"))
    with zipfile.ZipFile(output, "a") as made:
        made.writestr("word/document.xml", b"another")
    assert code_of("a.docx", output.getvalue()) == "damaged"


def test_a_checksum_that_does_not_fit_is_told() -> None:
    content = bytearray(opendocument("odt", {"a.txt": b"abcdefgh" * 200}))
    place = content.rindex(b"PK\x01\x02")
    content[place + 16] ^= 0xFF
    assert code_of("a.odt", bytes(content)) == "damaged"


def test_two_main_parts_are_no_kind() -> None:
    types = b"".join(
        f'<Override ContentType="application/vnd.openxmlformats-officedocument.{inner}.main+xml"/>'.encode()
        for inner in ("wordprocessingml.document", "spreadsheetml.sheet")
    )
    assert code_of("a.docx", archive({"[Content_Types].xml": types})) == "type"


def test_size_is_bounded_and_told() -> None:
    with pytest.raises(UploadRefused) as refused:
        validate_upload(upload("a.pdf", makers.PDF), most=10)
    assert refused.value.code == "size"
    assert "10" in refused.value.messages[0]


# --- images ------------------------------------------------------------------------------------------------------


def redrawn(name: str, content: bytes) -> Image.Image:
    return Image.open(validate_upload(upload(name, content)).file)


def test_an_image_keeps_nothing_but_its_pixels() -> None:
    exif = Image.Exif()
    exif[0x010E] = "chez Camille, 48.85 N"
    content = image("JPEG", exif=exif) + b"<script>alert(1)</script>"
    stored = validate_upload(upload("a.jpg", content)).file.read()
    assert b"Camille" in content
    assert b"Camille" not in stored
    assert b"script" not in stored


def test_an_image_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    assert redrawn("a.jpg", image("JPEG", size=(40, 20), exif=exif)).size == (20, 40)


def test_a_large_image_is_made_smaller_and_one_far_too_large_refused() -> None:
    longest = images.LONGEST_SIDE
    assert redrawn("a.png", image("PNG", size=(2 * longest, 10), mode="L")).size == (longest, 5)
    assert code_of("a.png", image("PNG", size=(10_000, 5_000), mode="1")) == "pixels"
    assert code_of("a.png", image("PNG", size=(30_000, 20_000), mode="1")) == "pixels"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_colour_mode_of_png_survives(mode: str) -> None:
    picture = redrawn("a.png", image("PNG", mode=mode))
    assert picture.size == (40, 20)
    assert ("A" in picture.getbands()) == ("A" in mode)


def test_cmyk_becomes_what_a_browser_shows() -> None:
    assert redrawn("a.jpg", image("JPEG", mode="CMYK")).mode == "RGB"


@pytest.mark.parametrize(("extension", "keep"), [("png", 40), ("jpg", 60), ("webp", 30)])
def test_a_cut_image_is_told(extension: str, keep: int) -> None:
    assert code_of(f"a.{extension}", good(extension)[:keep]) == "damaged"


def test_a_png_bomb_is_not_unpacked() -> None:
    assert code_of("a.png", png_bomb(60_000)) == "pixels"


# --- anything ------------------------------------------------------------------------------------------------------


@given(st.sampled_from(ALL), st.data())
def test_broken_bytes_are_refused_and_never_raise_anything_else(extension: str, data: st.DataObject) -> None:
    content = bytearray(good(extension))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    code_of(f"a.{extension}", bytes(content[:cut]))
    code_of(f"a.{extension}", bytes(content))


@given(st.binary(max_size=300), st.sampled_from(ALL))
def test_any_bytes_behind_a_good_head_are_answered(tail: bytes, extension: str) -> None:
    code_of(f"a.{extension}", good(extension)[:20] + tail)


def test_a_form_takes_a_file_or_says_why_not() -> None:
    class Form(forms.Form):
        file = UploadField(allowed=DOCUMENTS)

    form = Form({}, {"file": upload("a.pdf", makers.PDF)})
    assert form.is_valid()
    assert form.cleaned_data["file"].kind.name == "pdf"
    assert 'accept=".docx,.odp,.ods,.odt,.pdf,.pptx,.xlsx"' in str(Form()["file"])
    assert Form({}, {"file": upload("a.pdf", b"")}).errors.as_data()["file"][0].code == "empty"
    assert Form({}, {"file": SimpleUploadedFile("a.png", good("png"))}).errors.as_data()["file"][0].code == "type"


def test_a_file_too_large_for_memory_is_read_from_its_temporary_place(tmp_path: Path) -> None:
    file = TemporaryUploadedFile("a.docx", "x", 0, None)
    file.write(ooxml("docx"))
    file.size = file.tell()
    assert validate_upload(file).kind.name == "docx"
    file.close()


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>'


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037"]
)
@pytest.mark.parametrize(
    ("extension", "part"),
    [
        ("docx", "word/styles.xml"),
        ("docx", "word/_rels/document.xml.rels"),
        ("docx", "word/renamed.txt"),
        ("xlsx", "xl/worksheets/sheet1.XML"),
        ("pptx", "ppt/slides/slide1.xml"),
        ("odt", "styles.xml"),
        ("ods", "settings.xml"),
    ],
)
def test_a_document_type_is_refused_in_every_encoding(extension: str, part: str, encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{BOMB}'.encode(encoding)
    make = ooxml if extension in ("docx", "xlsx", "pptx") else opendocument
    unread = part.endswith(".txt") and encoding == "cp037"  # by its name and by its bytes no XML
    assert code_of(f"a.{extension}", make(extension, {part: declared})) == ("" if unread else "damaged")


def test_a_document_type_behind_much_of_nothing_is_refused() -> None:
    late = b"<!--" + b" " * (3 * 1024 * 1024) + b"-->" + BOMB.encode()
    assert code_of("a.docx", ooxml("docx", {"word/styles.xml": late})) in ("damaged", "bomb")


def test_a_template_from_elsewhere_is_refused_in_utf_16_too() -> None:
    link = '<x><Relationship Type="x/attachedTemplate" Target="https://ailleurs.example/m.dotm"/></x>'
    assert code_of("a.docx", ooxml("docx", {"word/_rels/settings.xml.rels": link.encode("utf-16")})) == "remote"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_without_document_type_is_taken_in_every_encoding(encoding: str) -> None:
    part = f'<?xml version="1.0" encoding="{encoding}"?><!-- é --><x>é</x>'.encode(encoding)
    assert code_of("a.docx", ooxml("docx", {"word/styles.xml": part})) == ""
