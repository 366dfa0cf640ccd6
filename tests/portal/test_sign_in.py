"""The way in: nothing tells who has an account, and one returns to where one wanted to go."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from tests import factories
from tests.support.strictness import written_by_reading

pytestmark = pytest.mark.django_db
LOGIN = "/compte/login/"


def body(response, *addresses):
    """The page without what differs each time: tokens, and the address typed in."""
    shown = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"', "", response.content.decode())
    for address in addresses:
        shown = shown.replace(address, "…")
    return shown


@pytest.fixture
def known():
    return factories.UserFactory(email="connue@exemple.example", signs_in=True)


def test_wrong_password_and_unknown_account_get_the_same_answer(client, known):
    wrong = client.post(LOGIN, {"login": known.email, "password": "ce-n-est-pas-lui"})
    unknown = client.post(LOGIN, {"login": "absente@exemple.example", "password": "ce-n-est-pas-lui"})
    assert wrong.status_code == unknown.status_code == 200
    assert "alert-danger" in wrong.content.decode()
    assert body(wrong, known.email) == body(unknown, "absente@exemple.example")


@pytest.mark.parametrize("address", ["/compte/password/reset/", "/compte/login/code/"])
def test_asking_for_a_mail_tells_nothing(known, address):
    first = Client().post(address, {"email": known.email}, follow=True)
    second = Client().post(address, {"email": "absente@exemple.example"}, follow=True)
    assert first.redirect_chain == second.redirect_chain
    assert body(first, known.email) == body(second, "absente@exemple.example")


def test_one_returns_to_where_one_wanted_to_go(client, people):
    asked = client.get("/sessions/?cycle=2024")
    assert asked.status_code == 302
    page = client.get(asked["Location"])
    assert 'name="next" value="/sessions/?cycle=2024"' in page.content.decode()
    response = client.post(
        asked["Location"],
        {"login": people.member.email, "password": factories.PASSWORD, "next": "/sessions/?cycle=2024"},
    )
    assert response["Location"] == "/sessions/?cycle=2024"


def test_next_does_not_lead_to_another_site(client, people):
    response = client.post(
        LOGIN, {"login": people.member.email, "password": factories.PASSWORD, "next": "https://autre.example/"}
    )
    assert response["Location"] == "/"


def test_nobody_registers_alone(client):
    assert 'name="password1"' not in client.get("/compte/signup/").content.decode()
    client.post("/compte/signup/", {"email": "nouvelle@exemple.example", "password1": "x" * 20, "password2": "x" * 20})
    assert not factories.User.objects.filter(email="nouvelle@exemple.example").exists()


def test_a_code_by_mail_signs_in(client, known, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post("/compte/login/code/", {"email": known.email})
    code = re.search(r"^ {4}(\S+)$", mail.outbox[0].body, re.MULTILINE)[1]
    response = client.post("/compte/login/code/confirm/", {"code": code})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(known.pk)


def test_every_page_of_the_account_answers(people, signed_in):
    client = signed_in(people.member)
    for address in ("email", "password/change", "2fa", "2fa/webauthn", "sessions", "logout"):
        response = client.get(f"/compte/{address}/")
        assert response.status_code == 200, address
        assert response.content.decode().count("<h1>") == 1


def test_a_second_factor_and_its_codes(client, known):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    client.post(LOGIN, {"login": known.email, "password": factories.PASSWORD})
    asked = client.get("/compte/2fa/totp/activate/", follow=True)
    assert asked.redirect_chain[-1][0].startswith("/compte/reauthenticate/")
    client.post("/compte/reauthenticate/", {"password": factories.PASSWORD})
    form = client.get("/compte/2fa/totp/activate/").context["form"]
    code = format_hotp_value(hotp_value(form.secret, next(yield_hotp_counters_from_time())))
    response = client.post("/compte/2fa/totp/activate/", {"code": code}, follow=True)
    assert response.status_code == 200
    assert client.get("/compte/2fa/recovery-codes/").content.decode().count("<li>") >= 10
    written_by_reading.clear()  # allauth notes that the codes were seen
    for address in ("2fa", "2fa/recovery-codes/generate", "2fa/totp/deactivate", "2fa/webauthn/add"):
        assert client.get(f"/compte/{address}/").status_code == 200
    client.post("/compte/logout/")
    response = client.post(LOGIN, {"login": known.email, "password": factories.PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0].startswith("/compte/2fa/authenticate/")
    assert 'name="code"' in response.content.decode()
