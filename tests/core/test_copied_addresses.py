"""An address with the sign that stood behind it in a mail leads to the page it meant, and tells nothing of it."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from core.space import current_space
from sessions_app.enums import SessionState
from tests import factories

pytestmark = pytest.mark.django_db

SIGNS = (")", ".", ">", ",", ";", ").", ">,", "%3E", "%29.", "%C2%A0%C2%BB")


@pytest.fixture(autouse=True)
def _space() -> None:
    factories.SpaceFactory()


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/sessions/", "/sessions/"),
        ("/sessions", "/sessions/"),
        ("/sessions/23/", "/sessions/23/"),
        ("/sessions/23", "/sessions/23/"),
        ("/sessions/23.ics", "/sessions/23.ics"),
        ("/donnees-ouvertes/initiatives.csv", "/donnees-ouvertes/initiatives.csv"),
        ("/mentions-legales/", "/mentions-legales/"),
    ],
)
def test_the_sign_is_left_out(client: Client, path: str, page: str, sign: str) -> None:
    for send in (client.get, client.head):
        response = send(path + sign)
        assert (response.status_code, response["Location"]) == (302, page)


def test_it_leads_to_the_page(people: Any, signed_in: Any, client: Client) -> None:
    factories.SessionFactory(announced=True, number=23, title="Lire les cartes")
    assert "Lire les cartes" in signed_in(people.member).get("/sessions/23/).", follow=True).content.decode()
    assert client.get("/mentions-legales/>", follow=True).status_code == 200


def test_what_was_asked_for_is_kept(client: Client) -> None:
    assert client.get("/sessions/,?cycle=2024&q=a+b")["Location"] == "/sessions/?cycle=2024&q=a+b"


def test_nothing_is_told_of_what_exists_or_is_hidden(client: Client, django_assert_num_queries: Any) -> None:
    factories.SessionFactory(state=SessionState.DRAFT, number=23, never_announced=True)
    current_space()  # which each process keeps; its language is that of the answer
    with django_assert_num_queries(0):
        answers = [client.get(f"/sessions/{number}/)") for number in (23, 987)]
    assert [(each.status_code, each["Location"]) for each in answers] == [
        (302, "/sessions/23/"),
        (302, "/sessions/987/"),
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/rien-de-tel/)",
        "/sessions/vingt-trois/)",
        "//ailleurs.example/)",
        "//ailleurs.example/sessions/)",
        "/%5C%5Cailleurs.example/)",
        "/https://ailleurs.example/)",
        "/sessions/23/)reste",
    ],
)
def test_where_no_address_fits_there_is_no_page(people: Any, signed_in: Any, path: str) -> None:
    assert signed_in(people.member).get("/", PATH_INFO=unquote(path)).status_code == 404


def test_what_is_sent_is_led_nowhere(people: Any, signed_in: Any) -> None:
    client = signed_in(people.animator)
    for send in (client.post, client.put, client.delete):
        assert send("/sessions/nouvelle/)", {"title": "Perdu"}).status_code in (404, 405)


def test_the_secret_of_a_link_stays_out_of_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    token = "Zx" * 20
    caplog.set_level(logging.DEBUG)
    page = reverse("sessions:answer-by-link", args=[token])
    assert client.get(f"{page}).")["Location"] == page
    assert token not in caplog.text
