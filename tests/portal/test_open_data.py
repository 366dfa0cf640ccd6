"""Open data: what everybody may see and no more, limits and errors as JSON, a page for people."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse

from core.models import Region
from funding.enums import GRANTED_STATES, AmountAudience, FundingKind, LineState, Stage
from funding.filters import KIND_WORDS, STAGE_WORDS
from funding.models import Commitment, Programme
from members.models import Organisation
from tests import factories
from tests.funding import rows
from tests.support.queries import counted
from watch.filters import KINDS as WATCH_WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock(people):
    Region.objects.get_or_create(code="84", defaults={"name": "Auvergne-Rhône-Alpes"})
    bank, fund = rows.funder(name="Banque d’essai", slug="banque"), rows.funder(name="Fonds discret", slug="discret")
    shown = rows.initiative(title="Tiers-lieu", regions=["84"])
    rows.line(of=shown, by=bank, amount_agreed=Decimal("12500.50"))
    rows.line(of=shown, by=fund, amount_agreed=Decimal(987_654), audience=AmountAudience.MEMBERS)
    rows.line(of=shown, by=fund, state=LineState.DRAFT, due=())
    rows.initiative(title="Autre")
    rows.initiative(title="Projet secret", draft_of=bank)
    factories.PositionFactory(user=people.outsider, organisation=fund)  # sees more in the portal, not here
    return people


def read(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, response.content
    assert response["Content-Type"].startswith("application/json")
    return response.json()


def test_only_public_amounts_are_told_whoever_asks(stock, client, signed_in):
    for reader in (client, signed_in(stock.member), signed_in(stock.outsider)):
        answer = reader.get("/api/v1/initiatives/")
        assert "987654" not in answer.text
        assert "Projet secret" not in answer.text
        found = answer.json()
        assert (found["count"], found["licence"]) == (2, "Licence Ouverte 2.0")
        shown = found["results"][0]
        assert (shown["title"], shown["agreed"], shown["unpublished_amounts"]) == ("Tiers-lieu", "12500.50", 1)
        amounts = {line["funder"]["slug"]: line["amount"] for line in shown["fundings"]}
        assert amounts == {"banque": "12500.50", "discret": None}


def test_an_answer_bears_the_words_that_the_filters_take(stock, client):
    shapes = read(client, "/api/v1/openapi.json")["components"]["schemas"]
    closed = {
        (name, field): set(told["enum"])
        for name, shape in shapes.items()
        for field, told in shape.get("properties", {}).items()
        if "enum" in told
    }
    words = {
        ("InitiativeOut", "stage"): set(STAGE_WORDS),
        ("FundingOut", "kind"): set(KIND_WORDS),
        ("FundingOut", "state"): {"accorde", "conventionne", "solde"},
        ("WatchItemOut", "kind"): set(WATCH_WORDS),
    }
    assert {key: found for key, found in closed.items() if key in words} == words
    assert closed.keys() - words.keys() == {("PartialDateOut", "precision"), ("CommitmentOut", "unit")}


@pytest.mark.parametrize("stage", Stage.values)
def test_a_stage_that_was_told_can_be_asked_for(stock, client, stage):
    one = rows.initiative(title=f"Au stade {stage}", stage=stage)
    told = read(client, f"/api/v1/initiatives/{one.public_id}/")["stage"]
    found = read(client, f"/api/v1/initiatives/?stade={told}")["results"]
    assert str(one.public_id) in [row["id"] for row in found]
    assert {row["stage"] for row in found} == {told}


@pytest.mark.parametrize("kind", FundingKind.values)
@pytest.mark.parametrize("state", GRANTED_STATES)
def test_kind_and_state_that_were_told_can_be_asked_for_on_the_page(stock, client, signed_in, kind, state):
    bank = Organisation.objects.get(slug="banque")
    one = rows.initiative(title="Un lieu")
    closed = dt.date(2025, 3, 3) if state == LineState.SETTLED else None
    signed = None if state == LineState.AGREED else dt.date(2024, 6, 3)
    rows.line(of=one, by=bank, kind=kind, state=state, signed_on=signed, closed_on=closed)
    [told] = read(client, f"/api/v1/initiatives/{one.public_id}/")["fundings"]
    page = signed_in(stock.member).get(f"/financements/detail/?etat={told['state']}")
    assert page.status_code == 200
    assert "Un lieu" in page.text
    assert KIND_WORDS[told["kind"]] == kind


def test_the_open_files_hold_the_same_for_everybody(stock, client, signed_in):
    names = ("initiatives.csv", "initiatives.geojson", "subventions-scdl.csv", "subventions-scdl-incomplets.csv")
    for name in (*names, "360giving.json"):
        seen = set()
        for reader in (client, signed_in(stock.outsider)):
            response = reader.get(f"/donnees-ouvertes/{name}")
            assert response.status_code == 200
            assert "license" in response["Link"]
            seen.add(b"".join(response.streaming_content).decode())
        (text,) = seen
        assert "987654" not in text
        assert "Projet secret" not in text


def test_pages_follow_each_other_and_hold_every_row_once(stock, client):
    for number in range(5):
        rows.initiative(title=f"De plus {number}")
    found, address = [], "/api/v1/initiatives/?limit=3"
    while address:
        answer = read(client, address)
        assert answer["count"] == 7
        found += [row["id"] for row in answer["results"]]
        address = answer["next"] and answer["next"].removeprefix("http://127.0.0.1:8000")
    assert len(found) == len(set(found)) == 7


def test_the_filters_of_the_pages_narrow_the_list(stock, client):
    assert read(client, "/api/v1/initiatives/?region=84")["count"] == 1
    assert read(client, "/api/v1/initiatives/?q=tiers&financeur=banque")["count"] == 1


@pytest.mark.parametrize(
    "query",
    ["region=1", "regions=84", "odd=99", "odd=x", "limit=0", "limit=100000", "after=x", "stade=zz", "page=2",
     "after=00000000-0000-4000-8000-000000000000"],
)  # fmt: skip
def test_what_cannot_be_read_is_an_error_never_the_whole_list(stock, client, query):
    answer = read(client, f"/api/v1/initiatives/?{query}", 400)
    assert set(answer) == {"error"}
    assert answer["error"]["status"] == 400
    assert answer["error"]["message"]


def test_what_cannot_be_read_is_named(stock, client):
    answer = read(client, "/api/v1/initiatives/?stade=zz", 400)
    assert [detail["parameter"] for detail in answer["error"]["details"]] == ["stade"]


def test_sessions_held_and_nothing_about_people(stock, client):
    factories.SessionFactory(number=1, title="Tenue", items=1)
    factories.SessionFactory(number=2, draft=True)
    factories.SessionFactory(number=3, announced=True)
    factories.SessionFactory(number=4, cancelled=True)
    found = read(client, "/api/v1/sessions/")
    assert [row["number"] for row in found["results"]] == [1]
    assert set(found["results"][0]) == {"number", "title", "date", "cycle", "public_minutes"}
    date = {"first": "2024-04-18", "last": "2024-04-18", "precision": "day", "text": "18 avril 2024"}
    assert found["results"][0]["date"] == date
    assert read(client, "/api/v1/sessions/1/")["title"] == "Tenue"
    assert read(client, "/api/v1/sessions/2/", 404)["error"]["status"] == 404


def test_a_count_given_in_words_stays_words(stock, client):
    lead = factories.OrganisationFactory()
    programme = Programme.objects.create(name="Réussir", slug="reussir", lead=lead)
    Commitment.objects.create(programme=programme, text="Soutenir", unit="initiatives", approximate="une cinquantaine")
    commitment = read(client, "/api/v1/programmes/reussir/")["commitments"][0]
    assert (commitment["target"], commitment["approximate"]) == (None, "une cinquantaine")


def test_an_unchanged_answer_is_not_sent_again(stock, client):
    first = client.get("/api/v1/initiatives/")
    again = client.get("/api/v1/initiatives/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    rows.initiative(title="Nouvelle")
    assert client.get("/api/v1/initiatives/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_pages_of_other_sites_may_read_it(stock, client):
    asked = client.options("/api/v1/initiatives/", headers={"Origin": "https://exemple.example"})
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")
    answer = client.get("/api/v1/initiatives/")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert "Access-Control-Allow-Origin" not in client.get("/donnees-ouvertes/")


def test_head_has_the_headers_alone(stock, client):
    answer = client.head("/api/v1/initiatives/")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"] == client.get("/api/v1/initiatives/")["ETag"]


def test_who_asks_too_often_waits(stock, client, settings, monkeypatch):
    settings.OPEN_DATA_REQUESTS = 2
    monkeypatch.setattr("portal.api.gate.time.time", lambda: 1_000_000_020.0)
    cache.delete("api:127.0.0.1:16666667")
    assert [client.get("/api/v1/programmes/").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/donnees-ouvertes/initiatives.csv")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    assert refused.json()["error"]["status"] == 429
    assert client.get("/donnees-ouvertes/").status_code == 200  # the page itself is not limited
    other = client.get("/api/v1/programmes/", REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 200


def test_an_unknown_address_is_told_as_json(client):
    assert read(client, "/api/v1/autre/chose", 404)["error"]["status"] == 404
    posted = client.post("/api/v1/initiatives/")
    assert (posted.status_code, posted["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_the_description_names_every_address_and_the_licence(client):
    described = read(client, reverse("api:openapi-json"))
    assert described["info"]["license"]["name"] == "Licence Ouverte 2.0"
    assert sorted(described["paths"]) == [
        "/api/v1/comptes-rendus/",
        "/api/v1/comptes-rendus/{number}/",
        "/api/v1/initiatives/",
        "/api/v1/initiatives/{public_id}/",
        "/api/v1/programmes/",
        "/api/v1/programmes/{slug}/",
        "/api/v1/sessions/",
        "/api/v1/sessions/{number}/",
        "/api/v1/veille/",
        "/api/v1/veille/{public_id}/",
    ]
    assert described["paths"]["/api/v1/initiatives/"]["get"]["parameters"]


def test_a_longer_list_asks_no_more(stock, client):
    with counted() as few:
        client.get("/api/v1/initiatives/")
    for _number in range(4):
        rows.line(of=rows.initiative(regions=["84"]), by=rows.funder())
    with counted() as many:
        client.get("/api/v1/initiatives/")
    assert len(many) == len(few)


def test_the_page_for_people_links_everything(stock, client):
    factories.SpaceFactory()
    text = client.get("/donnees-ouvertes/").text
    for address in ("/api/v1/initiatives/", "/api/v1/openapi.json", "/donnees-ouvertes/subventions-scdl.csv"):
        assert f'href="{address}"' in text
    assert 'href="/donnees-ouvertes/"' in client.get("/mentions-legales/").text
