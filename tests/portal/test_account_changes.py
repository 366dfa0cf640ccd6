"""What changes an account asks once more who it is, and is told to the address that was there before."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from tests import factories
from tests.portal.test_one_owner import AGAIN, EMAIL, code_in, confirmed
from tests.support.strictness import written_by_reading

pytestmark = pytest.mark.django_db
BY_CODE = "/compte/reauthenticate/code/"


@pytest.fixture(autouse=True)
def mails_at_once(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def user() -> User:
    return factories.UserFactory(email="connue@exemple.example", signs_in=True)


@pytest.fixture
def client(user: User) -> Client:
    """Signed in a moment ago, by password; nothing more was asked."""
    client = Client()
    client.post("/compte/login/", {"login": user.email, "password": factories.PASSWORD})
    return client


def told() -> list[tuple[str, str]]:
    return [(message.to[0], message.subject) for message in mail.outbox]


@pytest.mark.parametrize(
    ("address", "data"),
    [
        (EMAIL, {"email": "nouvelle@exemple.example", "action_add": ""}),
        (EMAIL, {"email": "seconde@exemple.example", "action_primary": ""}),
        (EMAIL, {"email": "seconde@exemple.example", "action_remove": ""}),
        ("/compte/2fa/totp/activate/", {"code": "000000"}),
        ("/compte/2fa/recovery-codes/generate/", {}),
        ("/compte/2fa/webauthn/add/", {}),
    ],
)
def test_it_asks_once_more(user: User, client: Client, address: str, data: dict[str, str]) -> None:
    EmailAddress.objects.create(user=user, email="seconde@exemple.example", verified=True)
    response = client.post(address, data)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, AGAIN)
    user.refresh_from_db()
    assert user.email == "connue@exemple.example"
    assert EmailAddress.objects.filter(user=user).count() == 2
    assert mail.outbox == []


def test_a_new_password_asks_for_the_old_one_and_is_told(user: User, client: Client) -> None:
    new = {"password1": "huit-chameaux-sur-la-dune", "password2": "huit-chameaux-sur-la-dune"}
    client.post("/compte/password/change/", {"oldpassword": "ce n’est pas lui", **new})
    assert mail.outbox == []
    client.post("/compte/password/change/", {"oldpassword": factories.PASSWORD, **new})
    assert told() == [(user.email, "Votre mot de passe a été changé")]


def test_a_password_chosen_by_link_is_told(user: User) -> None:
    visitor = Client()
    visitor.post("/compte/password/reset/", {"email": user.email})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    page = visitor.get(link, follow=True)
    new = {"password1": "huit-chameaux-sur-la-dune", "password2": "huit-chameaux-sur-la-dune"}
    visitor.post(page.redirect_chain[-1][0], new)
    assert told()[1:] == [(user.email, "Votre mot de passe a été changé")]


def test_a_second_address_and_its_end_are_told_to_the_first(user: User) -> None:
    EmailAddress.objects.create(user=user, email="seconde@exemple.example", verified=True)
    client = confirmed(user)
    client.post(EMAIL, {"email": "seconde@exemple.example", "action_primary": ""})
    assert told() == [("connue@exemple.example", "Votre adresse principale a changé")]
    client.post(EMAIL, {"email": "connue@exemple.example", "action_remove": ""})
    assert [address for address, _subject in told()[1:]] == ["seconde@exemple.example", "connue@exemple.example"]
    assert "connue@exemple.example n’appartient plus" in mail.outbox[-1].body


def test_a_confirmed_address_is_told_to_the_main_one(user: User) -> None:
    client = confirmed(user)
    client.post(EMAIL, {"email": "nouvelle@exemple.example", "action_add": ""})
    client.post("/compte/confirm-email/", {"code": code_in(mail.outbox[0])})
    assert told()[1:] == [("connue@exemple.example", "Une adresse a été ajoutée")]
    assert "nouvelle@exemple.example" in mail.outbox[-1].body


@pytest.mark.django_db(transaction=True)
def test_keys_and_codes_are_told(user: User) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    client = confirmed(user)
    form = client.get("/compte/2fa/totp/activate/").context["form"]
    code = format_hotp_value(hotp_value(form.secret, next(yield_hotp_counters_from_time())))
    client.post("/compte/2fa/totp/activate/", {"code": code})
    client.post("/compte/2fa/recovery-codes/generate/", {})
    client.post("/compte/2fa/totp/deactivate/", {})
    key = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé"}, created_at=timezone.now()
    )
    client.post(f"/compte/2fa/webauthn/keys/{key.pk}/remove/", {})
    written_by_reading.clear()
    assert told() == [
        (user.email, subject)
        for subject in (
            "Application de codes activée",
            "Nouveaux codes de secours",
            "Application de codes désactivée",
            "Une clé a été retirée",
        )
    ]


# --- who has neither password nor second factor ------------------------------------------------------------------


@pytest.fixture
def by_code() -> tuple[User, Client]:
    """An invited person, signed in by a code."""
    user, client = factories.UserFactory(email="invitee@exemple.example"), Client()
    client.post("/compte/login/code/", {"email": user.email})
    client.post("/compte/login/code/confirm/", {"code": code_in(mail.outbox[0])})
    mail.outbox.clear()
    return user, client


def grow_old(client: Client) -> None:
    session = client.session
    session["account_authentication_methods"][-1]["at"] -= 600
    session.save()


def test_a_code_of_a_moment_ago_is_enough(by_code: tuple[User, Client]) -> None:
    _user, client = by_code
    response = client.post(EMAIL, {"email": "nouvelle@exemple.example", "action_add": ""})
    assert response["Location"] == "/compte/confirm-email/"


def test_later_another_code_is_asked_for_and_the_form_goes_on(by_code: tuple[User, Client]) -> None:
    user, client = by_code
    grow_old(client)
    asked = client.post(EMAIL, {"email": "nouvelle@exemple.example", "action_add": ""})
    assert asked["Location"] == f"{BY_CODE}?next=%2Fcompte%2Femail%2F"
    assert mail.outbox == []
    page = client.get(asked["Location"])
    assert user.email in page.content.decode()
    sent = client.post(BY_CODE, {"send": "", "next": EMAIL})
    assert told() == [(user.email, "Votre code de connexion")]
    assert client.get(sent["Location"]).status_code == 200
    response = client.post(BY_CODE, {"code": code_in(mail.outbox[0]), "next": EMAIL})
    assert response["Location"] == "/compte/confirm-email/"
    assert told()[1:] == [("nouvelle@exemple.example", "Confirmez votre adresse")]


def test_three_wrong_codes_end_it(by_code: tuple[User, Client]) -> None:
    _user, client = by_code
    grow_old(client)
    client.post(BY_CODE, {"send": ""})
    answers = [client.post(BY_CODE, {"code": "nonnon"}).status_code for _ in range(3)]
    assert answers == [200, 200, 302]
    assert client.post(BY_CODE, {"code": code_in(mail.outbox[0])})["Location"] == BY_CODE
    assert client.post(EMAIL, {"email": "nouvelle@exemple.example", "action_add": ""})["Location"].startswith(BY_CODE)


def test_a_late_code_is_no_code(by_code: tuple[User, Client]) -> None:
    _user, client = by_code
    client.post(BY_CODE, {"send": ""})
    session = client.session
    session["reauthentication_code"]["at"] -= 600
    session.save()
    assert client.post(BY_CODE, {"code": code_in(mail.outbox[0])})["Location"] == BY_CODE
