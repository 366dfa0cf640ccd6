"""Signing in by an identity provider, a process of its own: bound by its identifier, never by an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from core.accounts import identity_provider
from core.accounts.models import User
from portal import machine
from portal.environment import Environment, openid_connect, provider_id
from tests import factories
from tests.support.identity_provider import CLIENT, SECRET, Provider
from tests.support.strictness import written_by_reading

pytestmark = pytest.mark.django_db
OWN = "/compte/mes-donnees/"
CONNECTIONS = "/compte/3rdparty/"


@pytest.fixture(scope="module")
def process() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.stop()


@pytest.fixture
def provider(process: Provider, settings: Any) -> Provider:
    settings.SOCIALACCOUNT_PROVIDERS = openid_connect(
        process.url, client_id=CLIENT, secret=SECRET, name="Identité des associations"
    )
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return process


@pytest.fixture
def user() -> User:
    return factories.UserFactory(email="connue@exemple.example", signs_in=True)


def start(provider: Provider, process: str = "login", wanted: str = "") -> str:
    address = f"/compte/oidc/{provider_id(provider.url)}/login/?process={process}"
    return f"{address}&next={wanted}" if wanted else address


def go_through(client: Client, provider: Provider, *, process: str = "login", wanted: str = "", **there: str) -> Any:
    """From the button to the answer of the portal to who comes back; `there` is said to the provider."""
    page = client.post(start(provider, process, wanted))
    assert page.status_code == 200
    leave = re.search(r"""http-equiv="refresh" content="0;URL='([^']+)'""", page.content.decode())[1].replace(
        "&amp;", "&"
    )
    assert leave.startswith(f"{provider.url}/authorize?")
    back = requests.get(leave, params=there, allow_redirects=False, timeout=10)
    target = urlsplit(back.headers["Location"])
    answer = client.get(f"{target.path}?{target.query}")
    written_by_reading.clear()  # OpenID Connect comes back by a GET; it counts once, in the browser that left
    return answer


def bind(client: Client, provider: Provider, user: User, sub: str = "a-1") -> Any:
    client.force_login(user)
    confirm = client.get("/compte/2fa/totp/activate/")["Location"]  # who it is, once more
    client.post(confirm, {"password": factories.PASSWORD})
    return go_through(client, provider, process="connect", **{"as": sub})


def is_in(client: Client) -> bool:
    return client.get(OWN).status_code == 200


def test_who_bound_an_identity_comes_in_by_it(client: Client, provider: Provider, user: User) -> None:
    answer = bind(client, provider, user)
    assert (answer.status_code, answer["Location"]) == (302, CONNECTIONS)
    page = client.get(CONNECTIONS).content.decode()
    assert "Identité des associations" in page
    assert "Dissocier" in page
    bound = SocialAccount.objects.get()
    assert (bound.user, bound.uid, bound.provider) == (user, "a-1", provider_id(provider.url))
    elsewhere = Client()
    answer = go_through(elsewhere, provider, wanted="/accessibilite/", **{"as": "a-1"})
    assert (answer.status_code, answer["Location"]) == (302, "/accessibilite/")
    assert is_in(elsewhere)


def test_the_button_stands_on_the_page_of_signing_in(client: Client, provider: Provider) -> None:
    page = client.get("/compte/login/?next=/veille/").content.decode()
    assert "Se connecter avec Identité des associations" in page
    assert "next=%2Fveille%2F" in page


def test_without_a_provider_there_is_no_button(client: Client) -> None:
    assert "/oidc/" not in client.get("/compte/login/").content.decode()


@pytest.mark.parametrize("verified", [True, False])
def test_an_address_opens_nothing(client: Client, provider: Provider, user: User, verified: bool) -> None:
    EmailAddress.objects.filter(user=user).update(verified=verified)
    answer = go_through(client, provider, **{"as": "étranger", "email": user.email})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "n’est associée à aucun compte" in page
    assert user.email not in page
    assert not is_in(client)
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1


def test_nothing_but_the_identifier_is_kept(client: Client, provider: Provider, user: User) -> None:
    bind(client, provider, user)
    kept = SocialAccount.objects.get().extra_data
    assert "@" not in str(kept)


@pytest.mark.parametrize("wrong", ["issuer", "audience", "late", "code"])
def test_a_false_answer_opens_nothing(client: Client, provider: Provider, user: User, wrong: str) -> None:
    bind(client, provider, user)
    elsewhere = Client()
    answer = go_through(elsewhere, provider, wrong=wrong, **{"as": "a-1"})
    assert answer.status_code == 401
    assert "Le fournisseur d’identité ne vous a pas connecté" in answer.content.decode()
    assert not is_in(elsewhere)


def test_who_turns_back_there_is_told(client: Client, provider: Provider) -> None:
    answer = go_through(client, provider, wrong="refused")
    assert (answer.status_code, answer["Location"]) == (302, "/compte/3rdparty/login/cancelled/")


def test_an_answer_for_another_browser_opens_nothing(client: Client, provider: Provider, user: User) -> None:
    bind(client, provider, user)
    page = client.post(start(provider)).content.decode()
    leave = re.search(r"URL='([^']+)'", page)[1].replace("&amp;", "&")
    back = urlsplit(requests.get(leave, params={"as": "a-1"}, allow_redirects=False, timeout=10).headers["Location"])
    other = Client()
    assert other.get(f"{back.path}?{back.query}").status_code == 401
    assert not is_in(other)
    assert set(parse_qs(back.query)) == {"code", "state"}


def test_a_closed_account_stays_closed(client: Client, provider: Provider, user: User) -> None:
    bind(client, provider, user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    elsewhere = Client()
    answer = go_through(elsewhere, provider, **{"as": "a-1"})
    assert answer["Location"] == "/compte/inactive/"
    assert not is_in(elsewhere)


def test_a_second_factor_is_asked_all_the_same(client: Client, provider: Provider, user: User) -> None:
    bind(client, provider, user)
    TOTP.activate(user, generate_totp_secret())
    elsewhere = Client()
    answer = go_through(elsewhere, provider, **{"as": "a-1"})
    assert answer["Location"].startswith("/compte/2fa/authenticate/")
    assert not is_in(elsewhere)


def test_an_identity_opens_one_account(client: Client, provider: Provider, user: User) -> None:
    bind(client, provider, user)
    other = factories.UserFactory(signs_in=True)
    second = Client()
    bind(second, provider, other)
    assert SocialAccount.objects.get().user == user
    assert "déjà" in second.get(CONNECTIONS).content.decode()


def test_it_is_unbound_without_a_password(client: Client, provider: Provider, user: User) -> None:
    bind(client, provider, user)
    bound = SocialAccount.objects.get()
    user.set_unusable_password()
    user.save()
    session = client.session
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.save()
    answer = client.post(CONNECTIONS, {"account": bound.pk})
    assert (answer.status_code, answer["Location"]) == (302, CONNECTIONS)
    assert not SocialAccount.objects.exists()
    assert go_through(Client(), provider, **{"as": "a-1"}).status_code == 403


def test_a_provider_that_is_away_is_said(client: Client, provider: Provider, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = openid_connect("http://127.0.0.1:9", client_id="x", secret="y", name="")
    answer = client.post(f"/compte/oidc/{provider_id('http://127.0.0.1:9')}/login/")
    assert answer.status_code == 401
    assert "Il ne répond pas" in answer.content.decode()


def test_another_provider_gets_other_identifiers() -> None:
    assert provider_id("https://id.exemple.example/realms/a") == "id-exemple-example-realms-a"
    assert provider_id("https://id.exemple.example/realms/b") != provider_id("https://id.exemple.example/realms/a")


def test_the_address_to_come_back_to_is_told(provider: Provider, settings: Any) -> None:
    settings.BASE_URL = "https://portail.exemple.example"
    address = f"https://portail.exemple.example/compte/oidc/{provider_id(provider.url)}/login/callback/"
    assert identity_provider.callback_address() == address
    assert any(address in str(check.detail) for check in machine._identity_provider())


@pytest.mark.parametrize(
    "address", ["http://id.exemple.example", "id.exemple.example", "https://id.exemple.example/?x=1"]
)
def test_production_takes_https_alone(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("PORTAL_OIDC_URL", address)
    environment = Environment()
    assert environment.https_url("PORTAL_OIDC_URL", plain_allowed=False) == ""
    with pytest.raises(ImproperlyConfigured, match="PORTAL_OIDC_URL"):
        environment.finish()
