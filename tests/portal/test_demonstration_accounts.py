"""Accounts whose password is public open nothing in production, by no way in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from core.accounts import personal_links
from core.accounts.models import User
from portal import machine
from sessions_app.calendars import keys
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo() -> User:
    user = factories.UserFactory(email="demo@exemple.example", signs_in=True, is_demo=True)
    factories.PositionFactory(user=user, organisation=factories.OrganisationFactory(member=True))
    return user


@pytest.fixture
def production(settings: Any) -> None:
    settings.DEMO_ALLOWED = False


def is_in(client: Client) -> bool:
    return client.get("/sessions/").status_code == 200


def by_password(user: User) -> Client:
    client = Client()
    client.post("/compte/login/", {"login": user.email, "password": factories.PASSWORD})
    return client


def by_code(user: User) -> Client:
    client = Client()
    client.post("/compte/login/code/", {"email": user.email})
    code = re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]
    client.post("/compte/login/code/confirm/", {"code": code})
    return client


@pytest.mark.parametrize("way", [by_password, by_code])
def test_no_way_in(demo: User, settings: Any, way: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert is_in(way(demo))
    settings.DEMO_ALLOWED = False
    client = way(demo)
    assert not is_in(client)
    assert "_auth_user_id" not in client.session


def test_a_password_is_answered_with_a_page_that_says_so(demo: User, production: None, client: Client) -> None:
    data = {"login": demo.email, "password": factories.PASSWORD}
    response = client.post("/compte/login/", data, follow=True)
    assert response.redirect_chain == [("/compte/inactive/", 302)]


def test_a_session_that_was_there_ends(demo: User, signed_in: Any, settings: Any) -> None:
    client = signed_in(demo)
    assert is_in(client)
    settings.DEMO_ALLOWED = False
    assert not is_in(client)


def test_neither_links_nor_feeds(demo: User, settings: Any) -> None:
    now, about = factories.moment(0), ("session", demo.public_id)
    token = personal_links.issue(user=demo, scope="x", about=about, expires_at=factories.moment(1), now=now)
    key = keys.renew(user=demo, now=now)
    assert (personal_links.find(token, scope="x", now=now) is not None, keys.owner(key)) == (True, demo)
    settings.DEMO_ALLOWED = False
    assert (personal_links.find(token, scope="x", now=now), keys.owner(key)) == (None, None)


def test_others_come_in(production: None) -> None:
    user = factories.UserFactory(email="vraie@exemple.example", signs_in=True)
    assert EmailAddress.objects.get(user=user).verified
    factories.PositionFactory(user=user, organisation=factories.OrganisationFactory(member=True))
    assert is_in(by_password(user))


def test_it_is_said_in_red(demo: User, client: Client, settings: Any) -> None:
    now = factories.moment(0)
    assert client.get("/health/ready").json()["warnings"] == []
    assert "Comptes de démonstration" not in {str(check.label) for check in machine.checks(now)}
    settings.DEMO_ALLOWED = False
    assert client.get("/health/ready").json()["warnings"] == [
        "demonstration accounts in production: none of them can sign in, remove them"
    ]
    (said,) = [check for check in machine.checks(now) if str(check.label) == "Comptes de démonstration"]
    assert (said.state, str(said.word)) == ("no", "1 compte")
