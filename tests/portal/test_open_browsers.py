"""Where one is signed in: each browser with when and from where, ended one by one, all others at once, or by a new password."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from core.accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/compte/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E Safari/604.1"
OWN = "/compte/mes-donnees/"


@pytest.fixture
def user() -> User:
    return factories.UserFactory(email="connue@exemple.example", signs_in=True)


def browser(user: User, agent: str, address: str) -> Client:
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    assert client.post("/compte/login/", {"login": user.email, "password": factories.PASSWORD})["Location"] == "/"
    return client


def is_in(client: Client) -> bool:
    return client.get(OWN).status_code == 200


def rows(client: Client) -> list[str]:
    page = client.get(LIST).content.decode()
    found = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def test_each_is_shown_with_its_kind_its_hour_and_its_network(user: User) -> None:
    here = browser(user, FIREFOX, "192.0.2.1")
    there = browser(user, SAFARI, "192.0.2.2")
    first, second = rows(here)
    assert first.startswith("Firefox, Linux")
    assert "celui-ci" in first
    assert "192.0.2.1" in first
    assert "celui-ci" not in second
    assert "192.0.2.2" in second
    assert "Déconnecter" in second
    assert "Déconnecter" not in first
    assert "celui-ci" in rows(there)[1]


def test_one_is_ended_and_the_others_stay(user: User) -> None:
    here, there, third = (browser(user, FIREFOX, f"192.0.2.{number}") for number in (1, 2, 3))
    wanted = UserSession.objects.get(ip="192.0.2.2")
    answer = here.post(f"{LIST}{wanted.pk}/terminer/", follow=True)
    assert "Ce navigateur est déconnecté." in answer.content.decode()
    assert [is_in(client) for client in (here, there, third)] == [True, False, True]
    assert len(rows(here)) == 2


def test_nobody_ends_that_of_another_person(user: User) -> None:
    other = factories.UserFactory(signs_in=True)
    here, theirs = browser(user, FIREFOX, "192.0.2.1"), browser(other, FIREFOX, "192.0.2.2")
    wanted = UserSession.objects.get(user=other)
    assert here.post(f"{LIST}{wanted.pk}/terminer/").status_code == 404
    assert is_in(theirs)
    assert len(rows(here)) == 1


def test_this_one_has_its_own_way_out(user: User) -> None:
    here = browser(user, FIREFOX, "192.0.2.1")
    own = UserSession.objects.get(user=user)
    answer = here.post(f"{LIST}{own.pk}/terminer/")
    assert (answer.status_code, answer["Location"]) == (302, "/compte/logout/")
    assert is_in(here)


def test_all_others_at_once(user: User) -> None:
    here, there, third = (browser(user, FIREFOX, f"192.0.2.{number}") for number in (1, 2, 3))
    here.post(LIST)
    assert [is_in(client) for client in (here, there, third)] == [True, False, False]
    assert len(rows(here)) == 1


@pytest.mark.parametrize("by", ["change", "reset"])
def test_a_new_password_ends_the_others(user: User, by: str, settings: Any) -> None:
    here, there = browser(user, FIREFOX, "192.0.2.1"), browser(user, SAFARI, "192.0.2.2")
    if by == "change":
        given = {
            "oldpassword": factories.PASSWORD,
            "password1": "une phrase nouvelle",
            "password2": "une phrase nouvelle",
        }
        assert here.post("/compte/password/change/", given).status_code == 302
        assert is_in(here)
        assert len(rows(here)) == 1
    else:
        user.set_password("une phrase nouvelle")
        user.save()
        assert not is_in(here)
    assert not is_in(there)
