"""What leaves the watch: the list as a file, the Atom feed, the open data. Only what is out, and only to whom it is open."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core.models import Region
from core.partial_dates import day, month, year
from tests import factories
from tests.watch.rows import item
from watch.enums import Beneficiary, ItemState, Kind, Licence, Purpose

pytestmark = pytest.mark.django_db
ATOM = reverse("watch:atom")
NAMESPACE = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def space(db: None) -> None:
    factories.SpaceFactory()


def scheme(**options: Any) -> Any:
    return item(
        kind=Kind.SCHEME,
        purpose=Purpose.RECOVERY,
        title="=Avance",
        opens_on=day(dt.date(2020, 3, 16)),
        closes_on=month(2031, 6),
        beneficiaries=[Beneficiary.ASSOCIATION, Beneficiary.FARMER],
        financers="État",
        rates="80 %",
        themes=["Trésorerie", "Relance"],
        sdgs=[8],
        regions=[Region.objects.get(code="53")],
        licence=Licence.OPEN,
        **options,
    )


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_list_as_csv_holds_every_kind_and_no_formula(people, signed_in):
    scheme(published_at=factories.moment(-1))
    item(kind=Kind.LESSON, title="Un relais se prépare")
    item(state=ItemState.DRAFT, contributor=people.member, title="Un brouillon")
    first, second = rows_of(signed_in(people.member).get("/veille/?format=csv").getvalue())
    told = {
        name: first[name] for name in ("Titre", "Nature", "Répond à", "Ouverture", "Clôture", "Pour qui", "Régions")
    }
    assert told == {
        "Titre": "'=Avance",
        "Nature": "dispositif de soutien",
        "Répond à": "relance",
        "Ouverture": "2020-03-16",
        "Clôture": "juin 2031",
        "Pour qui": "associations, agriculteurs",
        "Régions": "Bretagne",
    }
    assert (first["Thèmes"], first["Licence"], first["ODD"]) == ("Trésorerie, Relance", "Licence Ouverte 2.0", "8")
    assert (second["Titre"], second["Tiré de"][:4]) == ("Un relais se prépare", "2024")


def test_the_workbook_says_what_was_filtered(people, signed_in):
    scheme()
    item()
    content = signed_in(people.member).get("/veille/?nature=dispositif&format=xlsx").getvalue()
    book = load_workbook(io.BytesIO(content))
    sheet, filters = book.worksheets
    assert sheet.max_row == 2
    assert [cell.value for cell in filters[1]] == ["Nature", "dispositif de soutien"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("nature=dispositif", {"=Avance"}),
        ("reponse=relance", {"=Avance"}),
        ("public=agriculteur", {"=Avance"}),
        ("region=53", {"=Avance"}),
        ("odd=8", {"=Avance"}),
        ("theme=Relance", {"=Avance"}),
        ("etat=termine", {"Close"}),
        ("q=tresorerie", set()),
        ("q=avance+etat", {"=Avance"}),
        ("nature=methode&nature=dispositif", {"=Avance", "Close"}),
        ("odd=8&etat=termine", set()),
    ],
)
def test_the_filters(people, signed_in, query, found):
    scheme()
    item(kind=Kind.METHOD, state=ItemState.EXPIRED, title="Close")
    item(state=ItemState.TO_REVIEW, title="Pas encore", sdgs=[8], themes=["Caché"])
    page = signed_in(people.member).get(f"/veille/?{query}")
    assert {row.title for row in page.context["page"]} == found


def test_a_theme_of_what_is_not_out_is_no_option(people, signed_in):
    item(state=ItemState.TO_REVIEW, themes=["Caché"])
    answer = signed_in(people.member).get("/veille/?theme=Caché")
    assert answer.status_code == 400


class TestAtom:
    def entries(self, content: bytes) -> list[ET.Element]:
        return list(ET.fromstring(content).iter(f"{NAMESPACE}entry"))

    def test_tells_what_is_out_the_newest_first(self, people, signed_in):
        old = item(published_at=factories.moment(-9))
        new = item(state=ItemState.EXPIRED, published_at=factories.moment(-1), themes=["Logement"])
        item(state=ItemState.TO_REVIEW)
        found = self.entries(signed_in(people.member).get(ATOM).content)
        assert [entry.findtext(f"{NAMESPACE}id") for entry in found] == [
            f"urn:uuid:{row.public_id}" for row in (new, old)
        ]
        assert found[0].findtext(f"{NAMESPACE}summary") == "Publication – terminée – En une phrase."
        assert found[0].find(f"{NAMESPACE}category").get("term") == "Logement"

    def test_a_news_reader_reads_by_the_key_of_the_calendar(self, people, client, signed_in):
        item()
        page = signed_in(people.member).post(reverse("sessions:calendar"))
        [address] = [address for _label, address in page.context["addresses"]["news"] if "/veille/" in address]
        assert address in page.text
        answer = client.get("/veille/" + address.partition("/veille/")[2])
        assert (answer.status_code, len(self.entries(answer.content))) == (200, 1)
        assert client.get(ATOM).status_code == 302, "without the key one signs in"

    def test_an_unchanged_feed_is_not_sent_again(self, people, signed_in):
        item()
        client = signed_in(people.member)
        etag = client.get(ATOM)["ETag"]
        assert client.get(ATOM, headers={"If-None-Match": etag}).status_code == 304


class TestOpenData:
    def test_only_what_is_published_and_open_to_everybody(self, people, client):
        opened = item(is_public=True)
        item()
        for state in (ItemState.DRAFT, ItemState.TO_REVIEW, ItemState.REFUSED):
            item(state=state, is_public=True)
        answer = client.get(reverse("api:watch")).json()
        assert (answer["count"], [row["id"] for row in answer["results"]]) == (1, [str(opened.public_id)])
        assert answer["licence"] == "Licence Ouverte 2.0"

    def test_an_entry_in_full(self, people, client):
        row = scheme(is_public=True, contributor=people.member, source="Une loi")
        answer = client.get(reverse("api:watch-item", args=[row.public_id])).json()
        assert (answer["kind"], answer["answers_to"], answer["ended"]) == ("dispositif", "relance", False)
        assert answer["closes_on"] == {
            "first": "2031-06-01",
            "last": "2031-06-30",
            "precision": "month",
            "text": "juin 2031",
        }
        assert (answer["beneficiaries"], answer["regions"]) == (["association", "agriculteur"], ["53"])
        assert not [name for name in answer if "contribut" in name or name in ("organisation", "answer", "file")]

    def test_the_kind_narrows_and_pages_follow(self, people, client):
        for _number in range(3):
            item(is_public=True)
        item(kind=Kind.LESSON, is_public=True, dated_on=year(2024))
        first = client.get(reverse("api:watch"), {"nature": "publication", "limit": 2}).json()
        second = client.get(first["next"]).json()
        assert (first["count"], len(first["results"]), len(second["results"])) == (3, 2, 1)
        [lesson] = client.get(reverse("api:watch"), {"nature": "enseignement"}).json()["results"]
        assert (lesson["cycle"], lesson["date"]["text"]) == (2024, "2024")
        for wrong in ({"nature": "lettre"}, {"theme": "x"}, {"after": "00000000-0000-4000-8000-000000000000"}):
            assert client.get(reverse("api:watch"), wrong).status_code == 400

    def test_a_longer_list_asks_no_more(self, people, client, assert_constant_queries):
        region = Region.objects.get(code="53")
        assert_constant_queries(client, reverse("api:watch"), lambda: item(is_public=True, regions=[region]))
