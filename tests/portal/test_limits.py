"""Limits of sign-in: 429, a page in the reader's language, and a way that stays open."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db
LOGIN, CODE, RESET = "/compte/login/", "/compte/login/code/", "/compte/password/reset/"


def until_refused(client: Client, address: str, data: dict[str, str], most: int = 40) -> Any:
    for _ in range(most):
        visitor = Client()  # each time another, since a pending code leads on to its page
        visitor.cookies.update(client.cookies)
        response = visitor.post(address, data)
        if response.status_code == 429:
            return response
    raise AssertionError("never refused")


@pytest.mark.parametrize(
    ("address", "data"),
    [
        (LOGIN, {"login": "x@exemple.example", "password": "non"}),
        (CODE, {"email": "x@exemple.example"}),
        (RESET, {"email": "x@exemple.example"}),
    ],
)
@pytest.mark.parametrize(("language", "words"), [("fr", "Trop de tentatives"), ("en", "Too many attempts")])
def test_it_is_429_with_a_page(client: Client, address: str, data: dict[str, str], language: str, words: str) -> None:
    factories.SpaceFactory()
    client.cookies["django_language"] = language
    response = until_refused(client, address, data)
    page = response.content.decode()
    assert f"<h1>{words}</h1>" in page
    assert int(response["Retry-After"]) > 0
    assert 'href="/compte/login/code/"' in page


def test_a_known_and_an_unknown_address_are_locked_alike() -> None:
    known = factories.UserFactory(email="connue@exemple.example", signs_in=True)

    def answers(address: str) -> list[int]:
        cache.clear()  # of the other's attempts, which count for this network address too
        return [Client().post(LOGIN, {"login": address, "password": "non"}).status_code for _ in range(7)]

    assert answers(known.email) == answers("absente@exemple.example") == [200] * 5 + [429] * 2


def test_the_code_still_works_while_the_password_is_locked(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    user = factories.UserFactory(email="connue@exemple.example", signs_in=True)
    client = Client()
    until_refused(client, LOGIN, {"login": user.email, "password": "non"})
    assert client.post(LOGIN, {"login": user.email, "password": factories.PASSWORD}).status_code == 429
    client.post(CODE, {"email": user.email})
    code = re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]
    client.post(f"{CODE}confirm/", {"code": code})
    assert client.session["_auth_user_id"] == str(user.pk)
