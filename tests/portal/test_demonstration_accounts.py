"""Accounts whose password is public open nothing in production, by no way in."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from core.accounts import personal_links, sign_in_links
from core.accounts.models import User
from portal import machine
from portal.environment import BASE_DIR
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


def by_link(user: User) -> Client:
    client = Client()
    token = sign_in_links.issue(user=user, now=timezone.now())
    client.post(f"/compte/lien/{token}/")
    return client


@pytest.mark.parametrize("way", [by_password, by_code, by_link])
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
    factories.SpaceFactory(demonstration=True)
    assert client.get("/health/ready").json()["warnings"] == []
    assert not [check for check in machine.checks(now) if "démonstration" in str(check.label)]
    settings.DEMO_ALLOWED = False
    assert client.get("/health/ready").json()["warnings"] == [
        "demonstration data in production: people and texts are fictional, serve another database",
        "demonstration accounts in production: none of them can sign in, remove them",
    ]
    said = [check for check in machine.checks(now) if "démonstration" in str(check.label)]
    assert [(str(check.label), check.state, str(check.word)) for check in said] == [
        ("Données de démonstration", "no", "Servies en production"),
        ("Comptes de démonstration", "no", "1 compte"),
    ]


def test_the_production_profile_is_what_forbids_them() -> None:
    """The rule hangs on the profile alone, whatever database is named: no variable lifts it."""
    variables = {
        "PATH": os.environ["PATH"],
        "PORTAL_PROFILE": "production",
        "PORTAL_BASE_URL": "https://portail.exemple.example",
        "PORTAL_SECRET_KEY": "x" * 50,
        "PORTAL_STATE_DIR": "/tmp",
        "DATABASE_URL": "postgresql:///demonstration",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "PORTAL_EMAIL_URL": "folder:///tmp",
        "PORTAL_FROM_EMAIL": "portail@exemple.example",
        "PORTAL_DEMO_ALLOWED": "yes",
    }
    code = "from portal import settings; print(settings.DEMO_ALLOWED, settings.AUTHENTICATION_BACKENDS[0])"
    done = subprocess.run([sys.executable, "-c", code], env=variables, cwd=BASE_DIR, capture_output=True, check=True)
    assert done.stdout.decode().split() == ["False", "core.accounts.backends.SignInBackend"]
