"""Pages printed from the browser: whole, and nothing beyond the margin of the sheet."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from core.partial_dates import day
from sessions_app.enums import Presence
from sessions_app.models import Attendance, MinutesEntry
from tests import factories

SESSIONS, ORGANISATIONS = 25, 60
MARGIN = 12 / 25.4  # inches
DOTS = 40  # an inch


@pytest.fixture
def attendance(people):
    """As much as the space may hold in ten years, under names as long as the register's."""
    sessions = [
        factories.SessionFactory(number=number, date=day(factories.days(-30 * (SESSIONS - number) - 40)))
        for number in range(1, SESSIONS + 1)
    ]
    organisations = [
        factories.OrganisationFactory(name=f"Communauté de communes des Trois Rivières {number:02}", member=True)
        for number in range(ORGANISATIONS)
    ]
    Attendance.objects.bulk_create(
        Attendance(session=session, organisation=organisation, presence=Presence.ON_SITE)
        for session in sessions
        for organisation in organisations
    )
    return organisations


def ink_beyond(pdf: Path, margin: float) -> list[int]:
    """The pages that have ink nearer to an edge than `margin` inches."""
    found = []
    pages = len(PdfReader(pdf).pages)
    for number in range(1, pages + 1):
        command = ["pdftoppm", "-r", str(DOTS), "-gray", "-f", str(number), "-l", str(number), str(pdf)]
        image = subprocess.run(command, check=True, capture_output=True).stdout
        _magic, size, _depth, dots = image.split(b"\n", 3)
        width, height = map(int, size.split())
        edge = int(margin * DOTS) - 1
        rows = [dots[row * width : (row + 1) * width] for row in range(height)]
        framed = [row[:edge] + row[-edge:] for row in rows] + rows[:edge] + rows[-edge:]
        if any(dot < 200 for row in framed for dot in row):
            found.append(number)
    return found


def test_the_attendance_matrix_fits_the_sheet(browsing, people, attendance, tmp_path):
    page = browsing.open(people.animator)
    page.goto("/sessions/assiduite/")
    printed = tmp_path / "assiduite.pdf"
    printed.write_bytes(page.pdf(prefer_css_page_size=True))
    pages = PdfReader(io.BytesIO(printed.read_bytes())).pages
    assert all(sheet.mediabox.width > sheet.mediabox.height for sheet in pages)
    texts = [" ".join(sheet.extract_text().split()) for sheet in pages]
    assert all(texts), "an empty sheet"
    text = " ".join(texts)
    assert [name for name in attendance if name.name[-2:] not in text] == []
    assert text.count("100 %") >= ORGANISATIONS
    assert text.count("Présentes ou représentées") == 1
    assert ink_beyond(printed, MARGIN) == []


def test_a_table_that_scrolls_is_whole_on_paper(browsing, people, tmp_path):
    """The rich text of minutes: twelve columns on a phone scroll, on paper they stay on the sheet."""
    head = "".join(f"<th>Colonne {number}</th>" for number in range(8))
    body = f"<table><thead><tr>{head}</tr></thead><tbody><tr>{'<td>12 345,67 €</td>' * 8}</tr></tbody></table>"
    session = factories.SessionFactory(number=21, items=1)
    factories.MinutesFactory(session=session)
    MinutesEntry.objects.filter(minutes__session=session).update(body=body)
    factories.MinutesVersionFactory(session=session, author=people.animator, organisation=people.animating)
    page = browsing.open(people.member)
    page.goto("/sessions/21/")
    printed = tmp_path / "session.pdf"
    printed.write_bytes(page.pdf(format="A4"))
    sheets = PdfReader(io.BytesIO(printed.read_bytes())).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    assert [number for number in range(8) if f"Colonne {number}" not in text] == []
    assert ink_beyond(printed, MARGIN) == []
