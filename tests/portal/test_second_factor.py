"""A second factor that the space asks of animators and administrators: who has none reads as a member, and can add one."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from core import space
from core.accounts import rights, second_factor
from core.accounts.models import User
from core.models import Space
from tests import factories
from tests.portal.test_space_settings import NAMED
from tests.support.people import ROLES, People
from tests.support.queries import counted
from tests.support.strictness import written_by_reading

pytestmark = pytest.mark.django_db
SET_UP = "/compte/second-facteur/"
SETTINGS = "/administration/espace/"
PREPARE = "/sessions/nouvelle/"
NOTICE = "Votre compte n’a pas encore de second facteur."


def ask_for_it(required: bool = True) -> None:
    Space.objects.update_or_create(
        pk=1, defaults={"name": "Espace", "short_name": "Espace", "second_factor_required": required}
    )
    space.forget()


def again(user: User) -> User:
    """As a request that comes later reads the person."""
    return User.objects.get(pk=user.pk)


def sign_in(user: User, client: Client, wanted: str = "") -> Any:
    address = f"/compte/login/?next={wanted}" if wanted else "/compte/login/"
    return client.post(address, {"login": user.email, "password": factories.PASSWORD, "next": wanted})


def current_code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.mark.parametrize("role", [role for role in ROLES if role != "visitor"])
def test_only_roles_that_need_one_lose_what_the_role_gives(people: People, role: str) -> None:
    user = people.role(role)
    before = {permission.name for permission in rights.registered() if _allows(again(user), permission.name)}
    ask_for_it()
    after = {permission.name for permission in rights.registered() if _allows(again(user), permission.name)}
    if role == "animator":
        as_member = {name for name in before if _allows(again(people.member), name)}
        assert "sessions_app.prepare_session" in before - after
        assert as_member <= after
        assert second_factor.owed_by(again(user))
    elif role == "administrator":
        assert "accounts.administer" in before - after
        assert "accounts.use_account" in after
        assert second_factor.owed_by(again(user))
    else:
        assert after == before
        assert not second_factor.owed_by(again(user))
    TOTP.activate(user, generate_totp_secret())
    assert before == {permission.name for permission in rights.registered() if _allows(again(user), permission.name)}


def _allows(user: User, name: str) -> bool:
    try:
        return rights.allows(user, name)
    except (AttributeError, TypeError):  # a rule that needs its object
        return False


@pytest.mark.parametrize("role", ["animator", "administrator"])
def test_recovery_codes_alone_are_no_factor_and_a_passkey_is_one(people: People, role: str) -> None:
    ask_for_it()
    user = people.role(role)
    RecoveryCodes.activate(user)
    assert second_factor.owed_by(again(user))
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé"})
    assert not second_factor.owed_by(again(user))


def test_an_animator_is_led_to_add_one_then_on_to_what_was_wanted(people: People, client: Client) -> None:
    ask_for_it()
    answer = sign_in(people.animator, client, PREPARE)
    assert answer.status_code == 302
    led = urlsplit(answer["Location"])
    assert (led.path, parse_qs(led.query)) == (SET_UP, {"next": [PREPARE]})
    page = client.get(answer["Location"]).content.decode()
    assert "Votre second facteur" in page
    assert NOTICE not in page  # it leads here
    assert f'href="{PREPARE}"' in page
    refused = client.get(PREPARE)
    assert refused.status_code == 403
    assert NOTICE in refused.content.decode()
    assert f'href="{SET_UP}"' in refused.content.decode()
    assert client.get("/sessions/").status_code == 200  # as a member
    activate = "/compte/2fa/totp/activate/"
    confirm = client.get(activate)["Location"]  # who it is, once more
    assert client.post(confirm, {"password": factories.PASSWORD})["Location"] == activate
    form = client.get(activate)
    secret = re.search(r'id="authenticator_secret" type="text" value="(\w+)"', form.content.decode())[1]
    done = client.post(activate, {"code": current_code(secret)})
    assert (done.status_code, done["Location"]) == (302, "/compte/2fa/recovery-codes/")
    assert client.get(done["Location"]).status_code == 200
    written_by_reading.clear()  # allauth notes that the codes were seen
    assert client.get(PREPARE).status_code == 200
    home = client.get(f"{SET_UP}?next={PREPARE}").content.decode()
    assert NOTICE not in home
    assert f'href="{PREPARE}"' in home


def test_an_address_elsewhere_is_not_gone_on_to(people: People, client: Client) -> None:
    ask_for_it()
    client.force_login(people.animator)
    page = client.get(f"{SET_UP}?next=https://ailleurs.example/").content.decode()
    assert 'href="https://ailleurs' not in page
    assert '<a class="btn btn-quiet" href="/">' in page


def test_an_administrator_without_one_gets_nothing_but_the_way_to_it(people: People, signed_in: Any) -> None:
    ask_for_it()
    client = signed_in(people.administrator)
    for address in ("/admin/", SETTINGS, "/admin/personnes/", "/administration/donnees-personnelles/registre/"):
        answer = client.get(address)
        assert answer.status_code == 403, address
        assert "demande un second facteur" in answer.content.decode()
    for address in ("/", SET_UP, "/compte/2fa/", "/compte/premier-acces/", "/compte/mes-donnees/"):
        assert client.get(address).status_code == 200, address
    home = client.get("/").content.decode()
    assert home.count("second facteur") == 2  # the notice and its link, nothing twice


def test_members_are_not_asked(people: People, client: Client) -> None:
    ask_for_it()
    answer = sign_in(people.member, client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert NOTICE not in client.get("/").content.decode()
    assert "Rien ne manque" in client.get(SET_UP).content.decode()


def test_where_the_space_does_not_ask_nothing_changes(people: People, client: Client) -> None:
    ask_for_it(required=False)
    answer = sign_in(people.animator, client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert NOTICE not in client.get("/").content.decode()
    assert client.get(PREPARE).status_code == 200


def test_who_asks_it_of_others_has_one(people: People, signed_in: Any) -> None:
    client = signed_in(people.administrator)
    wanted = {**NAMED, "second_factor_required": "on"}
    refused = client.post(SETTINGS, wanted)
    assert refused.status_code == 422
    assert "Ajoutez d’abord un second facteur à votre propre compte" in refused.content.decode()
    assert not Space.objects.exists()
    TOTP.activate(people.administrator, generate_totp_secret())
    assert client.post(SETTINGS, wanted).status_code == 302
    assert Space.objects.get().second_factor_required
    assert client.post(SETTINGS, NAMED).status_code == 302
    assert not Space.objects.get().second_factor_required


def test_it_costs_an_animator_no_query(people: People, signed_in: Any) -> None:
    TOTP.activate(people.animator, generate_totp_secret())
    ask_for_it(required=False)
    client = signed_in(people.animator)
    client.get("/")
    with counted() as without:
        client.get("/")
    ask_for_it()
    client.get("/")
    with counted() as asked:
        client.get("/")
    assert len(asked) == len(without)


def test_administrators_find_who_has_none(people: People, signed_in: Any) -> None:
    TOTP.activate(people.administrator, generate_totp_secret())
    ask_for_it()
    client = signed_in(people.administrator)
    listed = client.get("/admin/personnes/?etat=sans-second-facteur").context["rows"]
    assert people.administrator not in listed
    assert people.animator in listed
    page = client.get("/admin/personnes/?etat=administration").content.decode()
    assert "Second facteur" in page
