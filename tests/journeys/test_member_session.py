"""A member's session in the browser: find it, answer, read, review, subscribe, propose a material; on a wide screen and a telephone."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import icalendar
import pytest
import vobject
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from core import partial_dates
from members.models import Organisation
from sessions_app.minutes.review import services as circulation
from sessions_app.models import AmendmentRequest, Answer, MaterialProposal
from tests import factories
from tests.support.people import make_people

AHEAD = dt.date(2031, 3, 12)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def people(transactional_db: None) -> Any:
    """The member's organisation took part in session 22, under review; 21 is published; 23 is announced."""
    factories.SpaceFactory()
    people = make_people()
    cycle = factories.CycleFactory(year=2031, theme="Mesurer ensemble")
    published = factories.SessionFactory(number=21, title="Cofinancer", items=1)
    factories.MinutesFactory(session=published, entries="<p>Ce qui fut dit.</p>")
    factories.MinutesVersionFactory(session=published, author=people.animator, organisation=people.animating)
    reviewed = factories.SessionFactory(number=22, title="Partager les données", items=2)
    factories.MinutesFactory(session=reviewed)
    factories.AttendanceFactory(session=reviewed, organisation=Organisation.objects.get(positions__user=people.member))
    circulation.circulate(session=reviewed, by=people.animator, days=8, now=timezone.now())
    start = dt.datetime(2031, 3, 12, 13, tzinfo=dt.UTC)
    factories.SessionFactory(
        announced=True,
        number=23,
        title="Investir en commun",
        cycle=cycle,
        items=2,
        date=partial_dates.day(AHEAD),
        starts_at=start,
        ends_at=start + dt.timedelta(hours=2),
        video_link="https://visio.example/23",
    )
    return people


def main(page: Page) -> Any:
    return expect(page.get_by_role("main"))


@pytest.mark.parametrize("width", [1280, 360])
def test_a_members_session(browsing, people, assert_accessible, tmp_path, width):
    page = browsing.open(people.member, width=width)
    find(page, assert_accessible)
    answer(page, assert_accessible)
    subscribe(page, assert_accessible)
    propose(page, assert_accessible, tmp_path)
    read(page, browsing, people, assert_accessible)
    review(page, assert_accessible)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def find(page: Page, assert_accessible: Any) -> None:
    page.goto("/sessions/?q=investir")
    assert_accessible(page)
    main(page).to_contain_text("Investir en commun")
    main(page).not_to_contain_text("Cofinancer")
    page.get_by_role("link", name=re.compile("Investir en commun")).first.click()
    page.wait_for_url("**/sessions/23/")
    main(page).to_contain_text("Mercredi 12 mars 2031, 14 h 00 – 16 h 00")


def answer(page: Page, assert_accessible: Any) -> None:
    """In one click; then represented by another organisation, and back."""
    page.get_by_role("button", name="Je participe", exact=True).click()
    main(page).to_contain_text("Votre réponse est enregistrée.")
    assert_accessible(page)
    page.get_by_role("link", name="Je me fais représenter, ou j’annonce des invités").click()
    page.get_by_label("Je me fais représenter", exact=True).check()
    page.get_by_role("button", name="Enregistrer ma réponse").click()
    expect(page.locator(".invalid").first).to_be_visible()  # by whom?
    page.select_option("select[name$=represented_by]", label="Le RAMEAU")
    page.get_by_role("button", name="Enregistrer ma réponse").click()
    main(page).to_contain_text("Pouvoir confié à : Le RAMEAU")
    assert Answer.objects.get().holder.name == "Le RAMEAU"
    page.get_by_role("button", name="Je participe", exact=True).click()
    main(page).not_to_contain_text("Pouvoir confié")
    found = Answer.objects.get()
    assert (found.choice, found.holder) == ("yes", None)


def subscribe(page: Page, assert_accessible: Any) -> None:
    """The calendar is read by two parsers, neither of them signed in."""
    page.goto("/sessions/calendrier/")
    assert_accessible(page)
    page.locator("main form button[type=submit]").first.click()
    address = page.get_by_role("main").inner_html()
    path = re.search(r"/sessions/calendrier\.ics\?jeton=[\w-]+", address)[0]
    text = Client().get(path).content.decode()
    [one] = [event for event in icalendar.Calendar.from_ical(text).walk("VEVENT") if "23" in event["SUMMARY"]]
    [two] = [event for event in vobject.readOne(io.StringIO(text)).vevent_list if "23" in event.summary.value]
    start = dt.datetime(2031, 3, 12, 13, tzinfo=dt.UTC)
    assert (one.decoded("DTSTART"), two.dtstart.value) == (start, start)
    assert str(one["ATTENDEE"].params["PARTSTAT"]) == two.attendee.params["PARTSTAT"][0] == "ACCEPTED"


def propose(page: Page, assert_accessible: Any, tmp_path: Any) -> None:
    page.goto("/sessions/23/")
    page.get_by_role("link", name="Proposer un support").click()
    wrong = tmp_path / "programme.pdf"
    wrong.write_bytes(b"MZ\x90\x00" + b"\0" * 200)  # a program that calls itself a PDF
    page.set_input_files("[name=file]", wrong)
    page.fill("[name=note]", "À projeter au deuxième point")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#id_file_error")).to_be_visible()
    expect(page.locator("[name=note]")).to_have_value("À projeter au deuxième point")
    assert_accessible(page)
    right = tmp_path / "Présentation.pdf"
    right.write_bytes(PDF)
    page.set_input_files("[name=file]", right)
    page.locator("main form button[type=submit]").click()
    main(page).to_contain_text("Votre proposition est transmise aux animateurs.")
    assert MaterialProposal.objects.get().title == "Présentation"


def read(page: Page, browsing: Any, people: Any, assert_accessible: Any) -> None:
    page.goto("/sessions/21/")
    page.get_by_role("link", name="Ouvrir sur une page à part").click()
    main(page).to_contain_text("Ce qui fut dit.")
    assert_accessible(page)
    outsider = browsing.open(people.outsider)
    assert outsider.goto("/sessions/21/compte-rendu/").status == 403


def review(page: Page, assert_accessible: Any) -> None:
    page.goto("/sessions/22/")
    page.get_by_role("link", name="Relire le compte rendu").first.click()
    page.get_by_role("link", name="Demander une modification 1").click()
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.locator("[name=wish]")).to_be_focused()  # the browser says that it is missing
    page.fill("[name=passage]", "Texte du point 1.")
    page.fill("[name=wish]", "Préciser.")
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer la demande").click()
    main(page).to_contain_text("À traiter")
    assert AmendmentRequest.objects.get().wish == "Préciser."
