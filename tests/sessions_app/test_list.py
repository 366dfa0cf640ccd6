"""The list of sessions: what each filter finds, what each row says, the order, and what an address may not say."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from core import partial_dates
from sessions_app.enums import Presence, SessionFormat, SessionState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def sessions(people):
    old = factories.CycleFactory(year=2023, theme="Coopérer dans la durée")
    new = factories.CycleFactory(year=2024, theme="mise en Commun(s)")
    made = {
        18: factories.SessionFactory(
            number=18, cycle=old, title="Le temps long", date=partial_dates.day(dt.date(2023, 5, 4))
        ),
        20: factories.SessionFactory(
            number=20, cycle=new, title="Partager", date=partial_dates.month(2024, 8), format=SessionFormat.WORKSHOP
        ),
        21: factories.SessionFactory(number=21, cycle=new, title="Investir", date=partial_dates.month(2024, 11)),
        30: factories.SessionFactory(number=30, cycle=new, announced=True, title="Bientôt"),
        31: factories.SessionFactory(number=31, cycle=new, announced=True, title="Plus tard"),
    }
    factories.MaterialFactory(session=made[21])
    factories.MaterialFactory(session=made[21])
    factories.AttendanceFactory(session=made[20], organisation=people.animating, presence=Presence.REMOTE)
    factories.AttendanceFactory(session=made[21], organisation=people.animating, presence=Presence.ABSENT)
    factories.MinutesFactory(session=made[20])
    factories.MinutesVersionFactory(session=made[20], author=people.animator, organisation=people.animating)
    return made


def numbers(response) -> list[int]:
    return [int(number) for number in re.findall(r'<span class="no" aria-hidden="true">(\d+)</span>', response.text)]


@pytest.fixture
def client(signed_in, people):
    return signed_in(people.member)


def test_sessions_ahead_come_first_the_soonest_first_then_the_past_by_cycle(client, sessions):
    response = client.get("/sessions/")
    assert numbers(response) == [30, 31, 21, 20, 18]
    heads = re.findall(r'<div class="group-head"><h2>(?:<a[^>]*>)?([^<]+)', response.text)
    assert heads == ["À venir", "2024", "2023"]
    assert numbers(client.get("/sessions/?tri=anciennes")) == [18, 20, 21, 30, 31]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cycle=2023", [18]),
        ("theme=mise-en-communs", [30, 31, 21, 20]),
        ("theme=cooperer-dans-la-duree&theme=mise-en-communs", [30, 31, 21, 20, 18]),
        ("annee=2024", [21, 20]),
        ("annee=2024&format_session=atelier", [20]),
        ("documents=compte-rendu", [20]),
        ("documents=supports", [21]),
        ("documents=supports&documents=compte-rendu", []),
        ("organisation=fondation", [20]),
        ("q=INVESTIR", [21]),
        ("q=commun&cycle=2024&annee=2024", [21, 20]),
        ("cycle=&q=", [30, 31, 21, 20, 18]),
    ],
)
def test_each_filter_finds_its_sessions(client, sessions, query, found):
    response = client.get(f"/sessions/?{query}")
    assert response.status_code == 200
    assert numbers(response) == found


@pytest.mark.parametrize(
    "query",
    [
        "cycle=abc",
        "cycle=1999",
        "theme=inconnu",
        "annee=1999",
        "annee=abc",
        "format_session=banquet",
        "documents=x",
        "organisation=nulle",
        "tri=hasard",
        "cycle=2024&annee=zzz",
    ],
)
def test_what_no_filter_knows_is_an_error_and_never_the_whole_list(client, sessions, query):
    response = client.get(f"/sessions/?{query}")
    assert response.status_code == 400
    assert numbers(response) == []


def counts(text: str, name: str) -> dict[str, int]:
    found = re.findall(
        rf'name="{name}" value="([^"]+)"[^>]*>\s*<span>[^<]*</span>\s*<span class="count">(\d+)</span>', text
    )
    return {word: int(number) for word, number in found}


def test_every_option_says_how_many_it_would_find(client, sessions):
    text = client.get("/sessions/?annee=2024").text
    assert counts(text, "cycle") == {"2024": 2, "2023": 0}
    assert counts(text, "theme") == {"mise-en-communs": 2, "cooperer-dans-la-duree": 0}
    assert counts(text, "annee")["2024"] == 2
    assert counts(text, "format_session") == {"pleniere": 1, "atelier": 1, "webinaire": 0}
    assert counts(text, "documents") == {"compte-rendu": 1, "supports": 1, "decisions": 0}


def test_the_year_of_a_draft_is_offered_to_who_sees_the_draft(client, sessions, signed_in, people):
    draft = factories.SessionFactory(number=40, date=partial_dates.month(2031, 5), state=SessionState.DRAFT)
    assert "2031" not in counts(client.get("/sessions/").text, "annee")
    assert client.get("/sessions/?annee=2031").status_code == 400
    assert numbers(signed_in(people.animator).get("/sessions/?annee=2031")) == [draft.number]


def test_a_row_says_what_exists(client, sessions):
    text = client.get("/sessions/?q=Investir").text
    assert "2 supports" in text
    assert "Pas encore de compte rendu" in text
    assert "Aucune décision" in text


def test_the_next_page_keeps_every_filter(client, sessions):
    for number in range(100, 152):
        factories.SessionFactory(number=number, cycle=sessions[21].cycle)
    text = client.get("/sessions/?theme=mise-en-communs&format_session=pleniere").text
    following = re.search(r'rel="next" href="([^"]+)"', text)[1].replace("&amp;", "&")
    assert "theme=mise-en-communs" in following
    assert "format_session=pleniere" in following
    assert numbers(client.get(f"/sessions/{following}"))
    assert client.get("/sessions/?page=99").status_code == 404
