"""HTML to PDF: what comes out, and what must not come out at all."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from PIL import Image
from pypdf import PdfReader

from core.reports import tagging
from core.reports.enums import Step
from core.reports.render import RenderError, print_file, render
from tests.core.reports.pdf_ua import faults, font_names

SHEET = "print/report.css"
SMALL = """<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title></head><body>
<h1>Essai</h1><section class="part"><h2>Un <em>titre</em></h2><p>Texte <strong>fort</strong> de Šimić et Łukasz,
<a href="https://exemple.example/">un lien</a>.</p>
<table class="list"><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>
<tbody><tr><th scope="row">1</th><td>2</td></tr></tbody></table>{}</section></body></html>"""


def html(more: str = "") -> str:
    return SMALL.format(more)


def test_a_tagged_pdf_of_our_own_fonts(tmp_path: Path) -> None:
    rendered = render(html(), stylesheet=SHEET, identifier="a" * 64)

    file = tmp_path / "essai.pdf"
    file.write_bytes(rendered.pdf)
    assert rendered.pages == 1
    assert faults(file) == []
    assert font_names(file) <= {"Spectral", "Spectral-Medium", "Spectral-Italic", "Figtree", "Figtree-Semi-Bold"}


def test_the_same_bytes_in_this_process_and_in_another() -> None:
    ours = render(html(), stylesheet=SHEET, identifier="b" * 64).pdf
    program = (
        "import sys, django; django.setup(); from core.reports.render import render;"
        f"sys.stdout.buffer.write(render(sys.stdin.read(), stylesheet={SHEET!r}, identifier='b' * 64).pdf)"
    )
    other = subprocess.run(
        [sys.executable, "-c", program],
        input=html().encode(),
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
        env=_environment(PYTHONHASHSEED="7", TZ="Pacific/Auckland", LC_ALL="C"),
    ).stdout

    assert render(html(), stylesheet=SHEET, identifier="b" * 64).pdf == ours
    assert other == ours


def test_the_identifier_is_part_of_the_file() -> None:
    assert render(html(), stylesheet=SHEET, identifier="c").pdf != render(html(), stylesheet=SHEET, identifier="d").pdf


@pytest.mark.parametrize(
    "more",
    [
        "<ul><li><p>un</p><ol><li>deux<ul><li><p>trois</p><p>et</p></li></ul></li></ol></li><li></li></ul>",
        "<ol><li>un<p>deux</p>trois<table><tbody><tr><th scope='row'>A</th><td>B</td></tr></tbody></table></li></ol>",
        "<p>un <span style='display: block'>deux</span> trois</p>",
        "<ul>" + "<li><p>long</p><ul><li>suite</li></ul></li>" * 60 + "</ul>",
    ],
)
def test_each_element_holds_what_it_may(more: str, tmp_path: Path) -> None:
    """An item of a list: its label and one body, on every page it stands on."""
    file = tmp_path / "essai.pdf"
    file.write_bytes(render(html(f'<article class="item">{more}</article>'), stylesheet=SHEET, identifier="f").pdf)

    assert faults(file) == []
    with pikepdf.open(file) as pdf:
        items = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/LI"]
        assert all([str(kid.S) for kid in item.K][-1] == "/LBody" for item in items if len(item.K))


@pytest.mark.parametrize(
    "more",
    [
        '<img src="https://exemple.example/a.png" alt="Loin">',
        '<img src="file:///etc/passwd" alt="Ici">',
        '<img src="static/print/../css/base.css" alt="À côté">',
        '<svg viewBox="0 0 9 9"><title>Image</title><image href="https://exemple.example/a.png" width="9" height="9"/></svg>',
    ],
)
def test_nothing_is_fetched_but_our_own_files(more: str) -> None:
    with pytest.raises(RenderError):
        render(html(more), stylesheet=SHEET, identifier="e")


def test_a_picture_handed_over_is_shown() -> None:
    body = io.BytesIO()
    Image.new("RGB", (4, 4), "green").save(body, "PNG")
    picture = '<img src="image/carre.png" alt="Un carré vert">'

    rendered = render(html(picture), stylesheet=SHEET, identifier="f", images={"carre.png": body.getvalue()})
    with pikepdf.open(io.BytesIO(rendered.pdf)) as pdf:
        assert len(pdf.pages[0].Resources.XObject) == 1


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ('<a href="#nulle-part">ancre</a>', "nulle-part"),
        ('<p style="colour: red">x</p>', "colour"),
    ],
)
def test_whatever_the_renderer_warns_of_fails_the_report(more: str, word: str) -> None:
    with pytest.raises(RenderError, match=word):
        render(html(more), stylesheet=SHEET, identifier="g")


def test_signs_without_a_font_are_named() -> None:
    with pytest.raises(RenderError) as caught:
        render(html("<p>\U00012000 \U00012001</p>"), stylesheet=SHEET, identifier="h")
    assert caught.value.signs == ["\U00012000", "\U00012001"]


def test_a_failure_leaves_the_next_report_alone() -> None:
    with pytest.raises(RenderError):
        render(html('<a href="#rien">x</a>'), stylesheet=SHEET, identifier="i")
    assert render(html(), stylesheet=SHEET, identifier="i").pages == 1


def test_progress_is_true() -> None:
    told: list[tuple[Step, int, int | None]] = []
    pages = "".join(f'<section class="opening"><p>{number}</p></section>' for number in range(3))

    rendered = render(html(pages), stylesheet=SHEET, identifier="j", on_progress=lambda *values: told.append(values))

    drawn = [(done, total) for step, done, total in told if step == Step.DRAWING]
    assert drawn == [(number, rendered.pages) for number in range(rendered.pages + 1)]
    assert max(done for step, done, _total in told if step == Step.LAYOUT) == rendered.pages


def test_text_can_be_copied() -> None:
    rendered = render(html("<p>Œuvre, « façon » et élan.</p>"), stylesheet=SHEET, identifier="k")

    assert "Œuvre, « façon » et élan." in PdfReader(io.BytesIO(rendered.pdf)).pages[0].extract_text()


def test_only_print_files_are_print_files() -> None:
    assert print_file(SHEET).is_file()
    for name in ("css/base.css", "print/../css/base.css", "print/nothing.css"):
        with pytest.raises(LookupError):
            print_file(name)


def test_another_renderer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "_installed", False)
    monkeypatch.setattr(tagging.weasyprint, "__version__", "71.0")

    with pytest.raises(tagging.WrongRendererError):
        tagging.install()


def _environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONWARNINGS": "ignore", **more}
