"""Nothing is printed beyond the margin, whatever the content: every kind of report with a hard document."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation
from pypdf import PdfReader

from core.reports import registry
from core.reports.jobs import print_html
from core.reports.render import Rendered, RenderError, render
from funding import exports
from funding.enums import FrozenAudience, ListPage
from funding.exports import files as exports_files
from funding.frozen.document import FROZEN_REPORT
from funding.models import ListFile
from governance.documents.act import ACT
from governance.documents.pack import PACK
from members.models import Organisation
from sessions_app.attendance.signing import SIGNING_SHEET
from sessions_app.documents import SESSION_BRIEF, SESSION_DRAFT, SESSION_REPORT
from sessions_app.documents.public import PUBLIC_REPORT
from sessions_app.documents.record import RECORD_REPORT
from sessions_app.models import MinutesEntry, MinutesVersion, Session
from tests import factories
from tests.core.reports.hard_sessions import HARD as HARD_SESSIONS, publish, tables
from tests.core.reports.paper import hard_to_read, lonely
from tests.core.reports.pdf_ua import faults
from tests.funding.scene import freeze
from tests.matrix import scene as matrix
from tests.support.people import People

pytestmark = pytest.mark.django_db
WORD = "anticonstitutionnel" * 8  # 152 letters
ADDRESS = "https://exemple.example/" + "observatoire-interministeriel/" * 5 + "anticonstitutionnellement.html"


UNWRITTEN = ("<title", "<style", "<sup", "</sup", '<p class="cover-no"')  # "21e session": nobody writes there


def table(columns: int, word: str = "Cofinancement") -> str:
    head = "".join(f"<th>Colonne {number}</th>" for number in range(columns))
    row = "".join(f"<td>{word} 12 345,67 €</td>" for _ in range(columns))
    return f"<table><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table>"


def nested(depth: int, tag: str = "ul") -> str:
    if tag == "blockquote":
        return "<blockquote>" * depth + "<p>Une parole redite</p>" + "</blockquote>" * depth
    return f"<{tag}><li><p>Niveau {depth}</p>{nested(depth - 1, tag) if depth else ''}</li></{tag}>"


HARD = (
    f"<h3>{WORD}</h3><p>{WORD}</p><p>Voir <a href='{ADDRESS}'>{ADDRESS}</a>, ou {ADDRESS} et x@{'a' * 60}.example.</p>"
    + "".join(table(columns) for columns in (2, 6, 8, 12, 18))
    + table(3, WORD)
    + table(9, WORD)
    + nested(12)
    + nested(12, "ol")
    + nested(8, "blockquote")
    + f"<blockquote><p>{WORD}</p></blockquote>"
)


@pytest.fixture
def hard(people: People) -> MinutesVersion:
    """Published minutes that hold whatever people paste."""
    factories.SpaceFactory()
    session = factories.SessionFactory(number=21, items=1)
    factories.MinutesFactory(session=session)
    MinutesEntry.objects.filter(minutes__session=session).update(body=HARD)
    return factories.MinutesVersionFactory(session=session, author=people.animator, organisation=people.animating)


@pytest.fixture
def subjects(people: People) -> dict[str, list[Any]]:
    """What each kind of report is about, in a space that has everything."""
    built = matrix.build(people)
    session = built.sessions["published"]
    member = Organisation.objects.get(positions__user=people.member)
    session.title = (f"Une séance au titre long {WORD} " * 2)[:200]
    session.save()
    version = factories.MinutesVersionFactory(session=session, number=2, author=people.animator, organisation=member)
    frozen = freeze(Organisation.objects.get(positions__user=people.funder), people.funder, FrozenAudience.ORGANISATION)
    files = [
        ListFile.objects.create(page=page, format=exports.PDF, by=people.funder, asked_at=timezone.now())
        for page in ListPage
    ]
    kinds = {
        SESSION_REPORT: [version],
        SESSION_BRIEF: [version],
        SESSION_DRAFT: [registry.kind(SESSION_DRAFT).subject(session.public_id)],
        PUBLIC_REPORT: [version],
        RECORD_REPORT: [built.other["record"]],
        SIGNING_SHEET: [session],
        ACT: [built.other["past"]],
        PACK: [built.other["past"]],
        FROZEN_REPORT: [frozen],
        exports_files.LIST_PRINT: files,
    }
    printed = {kind.name for kind in registry.registered() if not isinstance(kind, registry.FileKind)}
    assert set(kinds) == printed, "a kind of report without a hard document"
    return kinds


def stretched(html: str) -> str:
    """The document with a word of 152 letters in everything it says: the first of each tag and class."""
    head, body = html.split("<body", 1)
    seen: set[str] = set()

    def longer(found: re.Match[str]) -> str:
        tag, text = found.groups()
        if tag in seen or not text.strip() or tag.startswith(UNWRITTEN):
            return found[0]
        seen.add(tag)
        return f"{tag}{text} {WORD}"

    body = re.sub(r"(<[^<>]*>)([^<>]+)", longer, body)
    return head + "<body" + re.sub(r'(data-(?:space|foot))="([^"]*)"', rf'\1="\2 {WORD}"', body)


def laid_out(name: str, subject: Any, *, stretch: bool = False) -> Rendered:
    kind = registry.kind(name)
    with translation.override("fr"):
        content = kind.content(subject, "fr")
        html = print_html(kind, content, "fr")
    html = re.sub(r"</?sup>", "", stretched(html) if stretch else html)  # raised letters are small by nature
    return render(html, stylesheet=kind.stylesheet, identifier=name, images=content.images)


def test_every_kind_stays_within_the_margins(subjects: dict[str, list[Any]], tmp_path: Path) -> None:
    """As it is, and with a word of 150 letters in everything it says; well tagged, large enough to be read, nothing alone."""
    beyond, file = {}, tmp_path / "document.pdf"
    for name, rows in subjects.items():
        for row in rows:
            for stretch in (False, True):
                try:
                    rendered = laid_out(name, row, stretch=stretch)
                except RenderError as error:
                    beyond[f"{name} {row}, {stretch=}"] = error.problems[:12]
                    continue
                file.write_bytes(rendered.pdf)
                smallest = 7.5 if name == exports_files.LIST_PRINT else 9  # its tables of many columns are set small
                wrong = hard_to_read(file, smallest=smallest)
                if not stretch:
                    wrong += [*faults(file), *lonely(file)]
                if wrong:
                    beyond[f"{name} {row}, {stretch=}"] = wrong[:12]
    assert beyond == {}


def test_blanks_around_a_row_that_is_alone_in_its_table_are_no_second_body(tmp_path: Path) -> None:
    head = "<thead>\n<tr>\n<th scope='col'>Année</th>\n</tr>\n</thead>"
    table = f"<table>\n{head}\n<tbody>\n<tr>\n<td>2024</td>\n</tr>\n</tbody>\n</table>"
    rendered = render(
        f"<html lang='fr'><head><title>Un tableau</title></head><body><h1>Un</h1><h2>Deux</h2>{table}</body></html>",
        stylesheet=registry.kind(SESSION_REPORT).stylesheet,
        identifier="table",
        images={},
    )
    file = tmp_path / "tableau.pdf"
    file.write_bytes(rendered.pdf)
    assert [fault for fault in faults(file) if "TBody" in fault] == []


@pytest.mark.parametrize("build", HARD_SESSIONS, ids=lambda build: build.__name__)
def test_five_hard_sessions_are_well_set(build: Callable[[], Session], people: People, tmp_path: Path) -> None:
    """Within the margins, well tagged, large enough, nothing alone on a page; and the short form on one."""
    factories.SpaceFactory()
    version = publish(build(), people)

    report, brief = (laid_out(name, version) for name in (SESSION_REPORT, SESSION_BRIEF))

    smallest = 7.5 if build is tables else 9  # only there is a table of 18 columns, which says that it is set small
    for rendered, least in ((report, smallest), (brief, 9)):
        file = tmp_path / "rapport.pdf"
        file.write_bytes(rendered.pdf)
        assert [*faults(file), *lonely(file), *hard_to_read(file, smallest=least)] == []
    assert brief.pages == 1
    second = PdfReader(io.BytesIO(report.pdf)).pages[1].extract_text()
    assert "Décisions" in second
    assert "Actions" in second


def test_a_hard_text_is_whole_on_paper(hard: MinutesVersion, tmp_path: Path) -> None:
    """Wide tables are set small or turned, and told; an address reads as it must be typed, linked or not."""
    rendered = laid_out(SESSION_REPORT, hard)

    file = tmp_path / "rapport.pdf"
    file.write_bytes(rendered.pdf)
    assert faults(file) == []
    pages = [(page.mediabox, " ".join(page.extract_text().split())) for page in PdfReader(file).pages]
    turned = " ".join(text for box, text in pages if box.width > box.height)
    upright = " ".join(text for box, text in pages if box.width < box.height)
    for columns in (12, 18):
        assert f"Tableau de {columns} colonnes, en travers et en petits caractères." in turned
    assert "Tableau de 8 colonnes, en petits caractères." in upright
    assert turned.count("Colonne 17") == 1
    assert "Colonne 11" not in upright
    assert upright.replace(" ", "").count(ADDRESS) == 2


TOO_WIDE = (
    '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title></head><body><h1>Essai</h1>'
    '<p style="white-space: nowrap">{}</p></body></html>'
)


def test_what_stands_beyond_fails_the_report() -> None:
    with pytest.raises(RenderError, match=r"page 1: .* stands beside the page’s text"):
        render(TOO_WIDE.format("mot " * 60), stylesheet="print/report.css", identifier="a")


def test_a_production_hands_it_out_and_tells_it(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.REPORTS_MUST_FIT = False
    with caplog.at_level(logging.ERROR, logger="core.reports.render"):
        rendered = render(TOO_WIDE.format("mot " * 60), stylesheet="print/report.css", identifier="clé-7")

    assert rendered.pages == 1
    assert rendered.pages_beyond == (1,)
    assert "clé-7: 1 beyond the margins: page 1:" in caplog.text
