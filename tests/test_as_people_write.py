"""Text, dates and names as people send them, through the pages: taken, or refused at the field in a sentence."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from openpyxl import Workbook

from core import partial_dates
from core.web.slugs import free_slug, reserved_words
from funding.models import Funder, Initiative, Programme
from governance.models import Consultation
from members.models import Organisation
from sessions_app.models import Attendance, Guest, Session
from tests import factories
from tests.funding import importing, rows
from tests.sessions_app.test_preparing import FACTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def animator(people, signed_in):
    factories.SpaceFactory()
    return signed_in(people.animator)


@pytest.fixture
def officer(people):
    """The scene's funder, with an organisation of its own."""
    person = people.funder
    person.own = person.positions.get().organisation
    Funder.objects.create(organisation=person.own)
    return person


def create(client, **changes):
    return client.post("/sessions/nouvelle/", {**FACTS, "cycle": factories.CycleFactory().pk, **changes})


def problems(response):
    assert response.status_code == 422
    return {name: list(map(str, texts)) for name, texts in response.context["form"].errors.items()}


# --- text -------------------------------------------------------------------------------------------------------------


def test_a_title_pasted_from_powerpoint_stops_neither_feed_nor_calendar(animator):
    create(animator, title=" Coopérer\x0bet  mesurer\x07 l’e\u0301lan ", summary="Un\x0bdeux", place="Lille\x1f")
    session = Session.objects.get(number=24)
    assert (session.title, session.summary, session.place) == ("Coopérer et mesurer l’élan", "Un deux", "Lille")
    Session.objects.update(state="announced", never_announced=False)
    feed = animator.get("/sessions/atom.xml")
    assert (feed.status_code, ET.fromstring(feed.content) is not None) == (200, True)
    calendar = animator.get("/sessions/24.ics").content.decode()
    assert "Coopérer et mesurer l’élan" in calendar.replace("\r\n ", "")
    assert not [sign for sign in calendar if unicodedata.category(sign) == "Cc" and sign not in "\r\n"]


@pytest.mark.parametrize(
    "copied", ["https://visio.example/24.", "<https://visio.example/24>", "(https://visio.example/24)"]
)
def test_a_link_copied_out_of_a_mail(animator, copied):
    create(animator, video_link=copied)
    assert Session.objects.get(number=24).video_link == "https://visio.example/24"


@pytest.mark.parametrize("to", ["-1", "home", "sessions:list", "//ailleurs.example", "https://ailleurs.example", "\\x"])
def test_an_address_to_go_back_to_is_an_address(animator, people, to):
    decision = factories.DecisionFactory(session=factories.SessionFactory(number=21))
    answer = animator.post(f"/decisions/{decision.public_id}/etat/", {"status": "done", "next": to})
    assert (answer.status_code, answer["Location"]) == (302, "/sessions/21/#decisions")
    assert animator.post("/apparence/", {"theme": "dark", "next": to})["Location"] == "/"
    assert animator.post("/apparence/", {"theme": "dark", "next": "/sessions/"})["Location"] == "/sessions/"


@pytest.mark.django_db(transaction=True)  # the worker reads what was committed
def test_nul_in_a_cell_of_a_workbook(officer, signed_in):
    """As XLSX writes it, in a cell that was typed and in one that a formula fills."""
    book = Workbook()
    book.active.append(["Référence", "Titre de l'initiative", "Structure porteuse"])
    book.active.append(["A-1", "Tiers_x0000_lieu_x000B_rural", '=CONCATENATE("a","b")'])
    stored = io.BytesIO()
    book.save(stored)
    upload = SimpleUploadedFile("a\x0b.xlsx", stored.getvalue())
    sent = {"funder": officer.own.pk, "kind": "lines", "file": upload}
    client = signed_in(officer)
    answer = importing.after(client, client.post("/financements/import/", sent))
    assert answer.status_code == 200
    assert answer.context["run"].rows.get().texts["title"] == "Tierslieu\nrural"
    assert "cette cellule contient une formule sans résultat" in answer.content.decode()


# --- tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_unicode_text_of_excel_is_a_table(animator, officer, signed_in):
    table = "Référence\tTitre de l'initiative\tStructure porteuse\tMontant accordé\r\nA-1\tLieu\tL’Étape\t1\u202f200,50 €\r\n"
    sent = {"funder": officer.own.pk, "kind": "lines", "file": SimpleUploadedFile("t.txt", table.encode("utf-16"))}
    client = signed_in(officer)
    answer = importing.after(client, client.post("/financements/import/", sent))
    assert answer.context["run"].rows.get().texts["bearer_name"] == "L’Étape"

    session = factories.SessionFactory(number=22, date=partial_dates.day(factories.days(-1)))
    name = Organisation.objects.members_on(factories.days(-1)).first().name
    presences = f"Organisation\tPrésence\r\n{name.upper()}\tprésent\r\n".encode("utf-16")
    address = reverse("sessions:attendance-import", args=[22])
    shown = animator.post(address, {"file": SimpleUploadedFile("p.txt", presences)})
    assert shown.status_code == 200
    animator.post(address, {"text": shown.context["form"].cleaned_data["text"], "write": "1"})
    assert Attendance.objects.get(session=session).organisation.name == name


# --- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["le 12 novembre 2027", "vendredi 12 novembre 2027", "12.11.2027", "12 nov. 2027", "12/11/27", "12 novembre"],
)
def test_the_day_of_a_session_as_people_write_it(animator, written):
    with time_machine.travel(dt.datetime(2026, 11, 29, 9, tzinfo=dt.UTC), tick=False):
        create(animator, date=written)
    session = Session.objects.get(number=24)
    assert session.date == partial_dates.day(dt.date(2027, 11, 12))
    assert session.starts_at == dt.datetime(2027, 11, 12, 13, tzinfo=dt.UTC)


def test_a_day_that_is_another_day_of_the_week_is_asked_about(animator):
    found = problems(create(animator, date="jeudi 12 novembre 2027"))
    assert found == {"date": ["Le 12 novembre 2027 est un vendredi\u00a0: vérifiez le jour ou la date."]}
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("field", "sent"),
    [("opens_at", "0001-01-01T00:00"), ("opens_at", "31/12/9999"), ("closes_at", "9999-12-31T23:59")],
)
def test_a_moment_beyond_the_bounds_is_told_at_its_field(animator, field, sent):
    address = "/gouvernance/consultations/nouvelle/"
    answer = animator.post(address, {"title": "Un essai", "question": "Consentez-vous ?", field: sent})
    assert problems(answer) == {field: ["Une date se situe entre 1900 et 2100."]}
    assert not Consultation.objects.exists()
    page = answer.content.decode()
    assert 'min="1900-01-01T00:00"' in page
    assert 'max="2100-12-31T23:59"' in page


def test_a_day_of_an_address_has_the_bounds(officer, signed_in):
    client = signed_in(officer)
    assert client.get("/financements/a-verser/?avant=2027-11-12").status_code == 200
    assert [client.get(f"/financements/a-verser/?avant={day}").status_code for day in ("0001-01-01", "9999-12-31")] == [
        400
    ] * 2
    assert client.get("/gouvernance/journal/?depuis=0001-01-01").status_code in (400, 403)


# --- names ------------------------------------------------------------------------------------------------------------


def test_one_bearer_has_one_page_however_it_is_written(people, signed_in):
    for name in ("L’Étape du Cœur", "l'etape du coeur", unicodedata.normalize("NFD", "L’ÉTAPE  du cœur")):
        rows.initiative(bearer_name=name, bearer_siret="")
    other = rows.initiative(bearer_name="L’Étape du Nord", bearer_siret="")
    addresses = {row.bearer_url for row in Initiative.objects.exclude(pk=other.pk)}
    assert len(addresses) == 1
    page = signed_in(people.member).get(addresses.pop())
    assert page.context["page"].paginator.count == 3


def test_a_programme_and_a_guest_are_not_entered_twice(people, officer, signed_in):
    browser = signed_in(officer)
    sent = {"name": "Territoires d’essai", "lead": officer.own.pk}
    assert browser.post("/programmes/nouveau/", sent).status_code == 302
    again = browser.post("/programmes/nouveau/", {**sent, "name": "TERRITOIRES  d'essai"})
    assert problems(again) == {"__all__": ["Un programme porte déjà ce nom."]}

    factories.SessionFactory(announced=True, number=23)
    key = people.member.positions.get().organisation_id
    add, member = reverse("sessions:guest-add", args=[23]), signed_in(people.member)
    for name in ("Jeanne d’Été", unicodedata.normalize("NFD", "jeanne  d'été")):
        member.post(add, {"organisation": key, f"guest{key}-name": name})
    assert list(Guest.objects.values_list("name", flat=True)) == ["Jeanne d’Été"]


# --- words of the addresses ---------------------------------------------------------------------------------------------


def test_a_title_that_is_a_word_of_the_addresses_has_a_page(officer, signed_in):
    browser = signed_in(officer)
    initiative = {"reference": "INI-900", "title": "Nouvelle", "bearer_name": "A", "prepared_by": officer.own.pk}
    programme = {"name": "Nouveau", "lead": officer.own.pk}
    for address, sent in (("/initiatives/nouvelle/", initiative), ("/programmes/nouveau/", programme)):
        answer = browser.post(address, sent, follow=True)
        assert answer.status_code == 200
        assert answer.redirect_chain[0][0] == f"{address.rstrip('/')}-2/"
    assert (Initiative.objects.get().slug, Programme.objects.get().slug) == ("nouvelle-2", "nouveau-2")


def test_no_made_up_slug_leads_elsewhere():
    assert {"nouvelle", "nouveau"} <= reserved_words()
    for model, name in ((Initiative, "funding:initiative"), (Programme, "funding:programme")):
        for word in reserved_words():
            slug = free_slug(word, rows=model.objects.all(), fallback="page")
            assert resolve(reverse(name, args=[slug])).view_name == name
