"""The printed report: everything is on it, in French, well tagged, and the same every time."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation
from pypdf import PdfReader

from core.models import Space
from core.partial_dates import month
from core.reports import registry
from core.reports.jobs import print_html
from core.reports.render import Rendered, render
from core.reports.verification import short_code
from core.space import forget
from sessions_app.documents import SESSION_BRIEF, SESSION_DRAFT, SESSION_REPORT, content
from sessions_app.documents.prose import for_print
from sessions_app.enums import FollowUp, ItemKind, Presence
from sessions_app.models import MinutesVersion, Session
from sessions_app.sessions.agenda import PARIS
from tests import factories
from tests.core.reports.pdf_ua import faults, font_names
from tests.support.people import People

pytestmark = pytest.mark.django_db
PUBLISHED = dt.datetime(2024, 11, 24, 9, 12, tzinfo=PARIS)
BODY = (
    "<h3>Un engagement</h3><p>Le fonds s'engage : « 12 régions » !</p><ul><li>un<ul><li>deux</li></ul></li></ul>"
    "<table><thead><tr><th>Étape</th></tr></thead><tbody><tr><td>Une</td></tr></tbody></table>"
    '<blockquote><p>Propos</p></blockquote><p><a href="/membres/le-rameau/">ici</a> <a href="#rien">là</a></p>'
)


@pytest.fixture
def session(people: People) -> Session:
    """The 21st session: month known, day not."""
    factories.SpaceFactory()
    session = factories.SessionFactory(
        number=21,
        title="Cofinancer le « 1er kilomètre »",
        summary="En bref : tout.",
        date=month(2024, 11),
        place="Lyon",
    )
    item = factories.AgendaItemFactory(session=session, title="Témoignage du Fonds", kind=ItemKind.TESTIMONY)
    factories.SpeakerFactory(item=item, guest_name="Dominique Invitée")
    factories.AgendaItemFactory(session=session, title="Point sans texte")
    minutes = factories.MinutesFactory(session=session, entries="")
    minutes.entries.filter(item=item).update(body=BODY)
    factories.AttendeeFactory(
        attendance=factories.AttendanceFactory(session=session, organisation=people.animating), user=people.animator
    )
    other = factories.OrganisationFactory(name="Coopérative des Deux Rives", member=True, with_scheme=True)
    factories.AttendanceFactory(
        session=session, organisation=other, presence=Presence.REPRESENTED, represented_by=people.animating
    )
    decision = factories.DecisionFactory(session=session, text="Une grille commune est proposée.", due=month(2025, 1))
    factories.ActionItemFactory(session=session, decision=decision, text="Écrire la grille.", status=FollowUp.DONE)
    factories.MaterialFactory(session=session, title="Intervention du Fonds")
    return session


@pytest.fixture
def version(session: Session, people: People) -> MinutesVersion:
    return factories.MinutesVersionFactory(
        session=session, author=people.animator, organisation=people.animating, published_at=PUBLISHED
    )


def print_kind(name: str, subject_id: object) -> Rendered:
    kind = registry.kind(name)
    with translation.override("fr"):
        subject = kind.subject(subject_id)
        key = registry.render_key(kind, kind.fingerprint(subject, "fr"), "fr")
        html = print_html(kind, kind.content(subject, "fr"), "fr")
    return render(html, stylesheet=kind.stylesheet, identifier=key)


def text_of(rendered: Rendered) -> str:
    pages = PdfReader(io.BytesIO(rendered.pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages).replace("\u00a0", " ")


def test_all_of_it_is_printed(version: MinutesVersion, people: People) -> None:
    text = text_of(print_kind(SESSION_REPORT, version.public_id))

    for part in (
        "21e session",
        "Cofinancer le « 1er kilomètre »",
        "Novembre 2024",
        "Lyon",
        "Le RAMEAU",  # who animated the session, at the time
        "En bref : tout.",
        "Témoignage du Fonds",
        "Dominique Invitée",
        "s’engage : « 12 régions » !",
        people.animator.get_full_name(),
        "Coopérative des Deux Rives",
        "D-21-01",
        "Une grille commune est proposée.",
        "janvier 2025",
        "A-21-01",
        "Intervention du Fonds",
        short_code(version.content_sha256),
        version.content_sha256[:8],
        "24 novembre 2024",
        "9 h 12",
    ):
        assert part in text, part


def test_the_short_form_holds_on_one_page(version: MinutesVersion) -> None:
    rendered = print_kind(SESSION_BRIEF, version.public_id)

    assert rendered.pages == 1
    text = text_of(rendered)
    for part in ("D-21-01", "Une grille commune est proposée.", "A-21-01", "Écrire la grille.", "En bref : tout."):
        assert part in text, part
    assert short_code(version.content_sha256) in text
    assert "Témoignage du Fonds" not in text


def test_what_was_decided_stands_on_the_second_page(version: MinutesVersion) -> None:
    second = PdfReader(io.BytesIO(print_kind(SESSION_REPORT, version.public_id).pdf)).pages[1].extract_text()

    assert "Une grille commune est proposée." in second
    assert "Écrire la grille." in second


@pytest.mark.parametrize(
    ("as_annex", "order"),
    [
        (False, ["Compte rendu", "Décisions et actions", "Présences", "Supports", "Authenticité"]),
        (True, ["Compte rendu", "Décisions et actions", "Supports", "Authenticité", "Annexe : présences"]),
    ],
)
def test_attendance_follows_the_substance_or_is_an_annex(
    version: MinutesVersion, as_annex: bool, order: list[str]
) -> None:
    before = registry.render_key(*_asked(version))
    Space.objects.update(attendance_as_annex=as_annex)
    forget()

    outline = PdfReader(io.BytesIO(print_kind(SESSION_REPORT, version.public_id).pdf)).outline
    parts = [entry.title.replace("\u00a0", " ") for entry in outline if not isinstance(entry, list)]
    assert [part for part in parts if part in order] == order
    assert (registry.render_key(*_asked(version)) != before) is as_annex


def _asked(version: MinutesVersion) -> tuple[registry.ReportKind, registry.Fingerprint, str]:
    kind = registry.kind(SESSION_REPORT)
    return kind, kind.fingerprint(kind.subject(version.public_id), "fr"), "fr"


def test_page_and_paper_count_of_the_same(version: MinutesVersion, people: People, signed_in: Any) -> None:
    """Of the organisations that were members, also those whose presence nobody recorded."""
    factories.OrganisationFactory(member=True)
    again = factories.MinutesVersionFactory(
        session=version.session, author=people.animator, organisation=people.animating
    )
    counted = content.counts(again.snapshot)
    assert counted.unrecorded > 0

    page = signed_in(people.member).get("/sessions/21/").content.decode().replace("\u00a0", " ")

    assert f">sur {counted.total} organisations</text>" in page
    assert f"sur {counted.total}." in text_of(print_kind(SESSION_REPORT, again.public_id))


LONG_TITLE = (
    "Cofinancer et investir en commun dans l’ingénierie du « premier kilomètre » des besoins : ce que les financeurs"
    " publics et privés, les collectivités et les associations apprennent ensemble"
)


def test_a_long_title_fits_its_cover(people: People, tmp_path: Path) -> None:
    """Two hundred letters of ordinary words stand whole on the first page, below the round and above the foot."""
    factories.SpaceFactory()
    session = factories.SessionFactory(number=21, items=1, title=LONG_TITLE)
    for number in range(30):
        factories.AttendanceFactory(
            session=session, organisation=factories.OrganisationFactory(name=f"Membre {number}")
        )
    made = factories.MinutesVersionFactory(session=session, author=people.animator, organisation=people.animating)
    printed = print_kind(SESSION_REPORT, made.public_id).pdf
    (tmp_path / "cover.pdf").write_bytes(printed)
    words = {"premier", "associations", "apprennent", "organisations"}
    placed = subprocess.run(
        ["pdftotext", "-f", "1", "-l", "1", "-bbox", str(tmp_path / "cover.pdf"), "-"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    rows = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>', placed)
    boxes = [(word, *map(float, box)) for *box, word in rows]
    text = " ".join(word for word, *_box in boxes)
    assert " ".join(LONG_TITLE.replace("\u00a0", " ").split()[-4:]) in text
    top = min(box[1] for word, *box in boxes if word == "Cofinancer")
    count = max(box[3] for word, *box in boxes if word.startswith(("organisations", "représentées", "présentes")))
    assert count < top, "the title stands on the round"
    assert all(box[0] > 0 and box[2] < 595 and box[3] < 842 for _word, *box in boxes)
    assert words - {word.strip(",;:") for word, *_box in boxes} <= {"organisations"}


def test_no_day_is_invented(version: MinutesVersion) -> None:
    cover = PdfReader(io.BytesIO(print_kind(SESSION_REPORT, version.public_id).pdf)).pages[0].extract_text()

    assert "1er novembre" not in cover.replace("\u00a0", " ")


def test_it_is_well_tagged_with_our_fonts_alone(version: MinutesVersion, tmp_path: Path) -> None:
    file = tmp_path / "rapport.pdf"
    file.write_bytes(print_kind(SESSION_REPORT, version.public_id).pdf)

    assert faults(file) == []
    assert all(name.startswith(("Spectral", "Figtree")) for name in font_names(file)), font_names(file)


def test_its_metadata_speak_of_the_content_not_of_the_moment(version: MinutesVersion) -> None:
    read = PdfReader(io.BytesIO(print_kind(SESSION_REPORT, version.public_id).pdf))

    assert read.metadata is not None
    assert read.metadata.title == "Rapport de la 21e session, version 1"
    assert read.metadata.author == "Fondation des Territoires"
    assert read.metadata.creation_date == PUBLISHED
    assert read.trailer["/Root"]["/Lang"] == "fr"


def test_bookmarks_and_page_numbers(version: MinutesVersion) -> None:
    read = PdfReader(io.BytesIO(print_kind(SESSION_REPORT, version.public_id).pdf))
    pages = len(read.pages)

    assert len([entry for entry in read.outline if not isinstance(entry, list)]) == 7
    assert f"{pages} / {pages}" in read.pages[-1].extract_text()
    assert " / " not in read.pages[0].extract_text()


def test_the_same_bytes_every_time_and_other_bytes_for_other_content(
    version: MinutesVersion, session: Session, people: People
) -> None:
    first = print_kind(SESSION_REPORT, version.public_id)
    session.actions.update(status=FollowUp.OPEN)  # a live state is no part of what was published

    assert print_kind(SESSION_REPORT, version.public_id).pdf == first.pdf
    second = factories.MinutesVersionFactory(
        session=session, author=people.animator, organisation=people.animating, published_at=timezone.now()
    )
    assert print_kind(SESSION_REPORT, second.public_id).pdf != first.pdf


def test_a_later_version_says_what_it_changes(version: MinutesVersion, people: People) -> None:
    second = factories.MinutesVersionFactory(
        session=version.session, author=people.animator, organisation=people.animating, published_at=timezone.now()
    )

    assert second.reason in text_of(print_kind(SESSION_REPORT, second.public_id))


def test_a_draft_is_marked_on_every_page_and_has_no_code(session: Session, tmp_path: Path) -> None:
    rendered = print_kind(SESSION_DRAFT, session.public_id)
    pages = PdfReader(io.BytesIO(rendered.pdf)).pages
    file = tmp_path / "brouillon.pdf"
    file.write_bytes(rendered.pdf)

    assert all("BROUILLON" in page.extract_text() or number == 0 for number, page in enumerate(pages))
    assert faults(file) == []
    assert b"sha256:" not in rendered.pdf
    assert "SHA-256" not in text_of(rendered)


def test_a_session_of_which_nothing_is_known(people: People) -> None:
    """No agenda, no attendance, no minutes, no decisions: still a document."""
    factories.SpaceFactory()
    session = factories.SessionFactory(number=1, date=month(2020, 3), place="")
    factories.MinutesFactory(session=session)

    assert print_kind(SESSION_DRAFT, session.public_id).pages >= 3


def test_names_from_all_of_europe_keep_the_face(version: MinutesVersion, people: People, tmp_path: Path) -> None:
    people.animator.first_name, people.animator.last_name = "Łukasz", "Šimić Ÿ Œuvrard"
    people.animator.save()
    file = tmp_path / "rapport.pdf"
    file.write_bytes(print_kind(SESSION_REPORT, version.public_id).pdf)

    assert all(name.startswith(("Spectral", "Figtree")) for name in font_names(file))


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("<h3>A</h3><h4>B</h4>", "<h4>A</h4><h5>B</h5>"),
        ('<p><a href="#x">ancre</a></p>', "<p>ancre</p>"),
        ('<p><a href="http://[">x</a></p>', "<p>x</p>"),
        ('<p><a href="javascript:alert(1)">x</a></p>', "<p>x</p>"),
        (
            "<p><s>12 000 €</s> 9 000 €, 21<sup>e</sup>, 21e, CO<sub>2</sub></p>",
            "<p><s>12\u00a0000\u00a0€</s> 9\u00a0000\u00a0€, 21<sup>e</sup>, 21<sup>e</sup>, CO<sub>2</sub></p>",
        ),
        ("<p>l'eau ?</p><script>x</script>", "<p>l’eau\u00a0?</p>"),
        (
            "<table><thead><tr><th>A</th></tr></thead><tbody><tr><th>B</th></tr></tbody></table>",
            '<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><th scope="row">B</th></tr></tbody></table>',
        ),
    ],
)
def test_minutes_made_ready_for_print(stored: str, printed: str) -> None:
    assert for_print(stored) == printed


def test_links_into_the_portal_hold_on_paper(settings: object) -> None:
    assert for_print('<p><a href="/membres/x/">x</a></p>') == '<p><a href="http://127.0.0.1:8000/membres/x/">x</a></p>'
