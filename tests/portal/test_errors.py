"""Error pages: what happened, and what to do next."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from portal.views import errors
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/sessions/21a/", "/sessions/-1/", "/nulle-part/"])
def test_what_no_address_is_like_is_a_page(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "site-head" in response.content.decode()


def test_a_session_that_does_not_exist_is_not_found(people, signed_in):
    assert signed_in(people.member).get("/sessions/999/").status_code == 404


def test_a_refusal_says_why_and_what_would_lift_it(people, signed_in):
    session = factories.SessionFactory(number=22)
    response = signed_in(people.former_animator).get(f"/sessions/{session.number}/compte-rendu/modifier/")
    shown = response.content.decode()
    assert response.status_code == 403
    assert "du RAMEAU" in shown
    assert "Fondation des Territoires" in shown


def test_an_address_that_takes_a_form_only_opens_as_a_page_that_says_so(people, signed_in):
    session = factories.SessionFactory(number=22)
    response = signed_in(people.animator).get(f"/sessions/{session.number}/dupliquer/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "<h1>Rien n’a été fait</h1>" in response.content.decode()


@pytest.mark.parametrize(
    ("sent_from", "comes_back_to"),
    [
        ("http://testserver/sessions/22/etat/?a=1", "/sessions/22/etat/?a=1"),
        ("https://elsewhere.example/sessions/22/etat/", "/sessions/22/dupliquer/"),
        (None, "/sessions/22/dupliquer/"),
    ],
)
def test_a_form_sent_after_the_sign_in_ended_leads_back_to_its_page(client, sent_from, comes_back_to):
    headers = {"referer": sent_from} if sent_from else {}
    response = client.post("/sessions/22/dupliquer/", headers=headers)
    assert response.status_code == 302
    assert parse_qs(urlsplit(response["Location"]).query) == {"next": [comes_back_to]}


def test_too_much_at_once_is_told_and_nothing_forbids_going_back(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client.post("/compte/login/", {"login": "a@b.example", "password": "x" * 2000})
    assert response.status_code == 413
    assert "no-store" not in response.get("Cache-Control", "")
    assert "<h1>" in response.content.decode()


def test_too_many_fields_are_told_too(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    assert client.post("/langue/", {f"f{n}": "x" for n in range(9)}).status_code == 413


def test_a_form_without_its_token_is_explained():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/langue/", {"language": "en"})
    assert response.status_code == 403
    assert "site-head" in response.content.decode()


def _away(*args, **kwargs):
    raise OperationalError("the server closed the connection")


def test_the_database_away_in_a_view_is_503(client, monkeypatch):
    monkeypatch.setattr("portal.home.members", _away)
    response = client.get("/")
    assert response.status_code == 503
    assert response["Retry-After"]


def test_the_database_away_before_the_view_is_503(people, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(people.member, backend="core.accounts.backends.SignInBackend")
    monkeypatch.setattr("core.web.middleware.SignInRequiredMiddleware.process_view", _away)
    assert client.get("/sessions/").status_code == 503


def test_anything_else_is_500_without_needing_the_database(monkeypatch, django_assert_num_queries):
    client = Client(raise_request_exception=False)
    monkeypatch.setattr("portal.home.members", lambda now: 1 / 0)
    assert client.get("/").status_code == 500
    with django_assert_num_queries(0):
        response = errors.server_error(RequestFactory().get("/"))
    assert "<h1>" in response.content.decode()
