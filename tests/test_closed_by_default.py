"""Whoever is not signed in sees a short list of pages; every other address asks to sign in and leads back."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.urls import resolve, reverse

from core.web.middleware import answers_visitors
from tests.support.addresses import all_addresses

PUBLIC = {
    "space-logo",
    "account_sign_in_link",  # the token is the key
    "accessibility",
    "appearance",
    "contact",  # writing to the animators
    "health-live",
    "health-ready",
    "home",
    "icon",
    "language",
    "legal-notice",
    "metrics",  # does not exist without a token, which its reader bears
    "privacy",
    "notifications:unsubscribe",  # the signed address is the key
    "personal_data:request",  # whoever it is about may have no account
    "personal_data:request-confirm",  # the token is the key
    "security-txt",
    "style-guide",  # of components only; does not exist in production
    "reports:verify",
    "search:search",  # a visitor finds the public minutes
    "search:suggest",
    "reports:verify-code",
    "sessions:minutes-public",  # what the animators opened to everybody, in its public form
    "sessions:minutes-public-file",
    "sessions:minutes-public-list",
    "sessions:minutes-public-feed",
    "members:access-request",  # asking to come in
    "members:invitation",  # the link itself says whom it lets in
    "governance:ballot-by-link",  # the link itself says who may: a key of one person for one consultation
    "governance:ballot-by-link-document",
    "funding:update-not-me",
    "funding:update-by-link",  # the link itself says who may: a key of one person for one initiative
    "sessions:answer-by-link",  # the token is the key
    "sessions:answer-not-me",
    "sessions:dates-by-link",  # the token is the key
    "sessions:dates-not-me",
    "sessions:evaluate-by-link",  # the token is the key
    "sessions:evaluate-not-me",
    # open data: what everybody may see, and nothing about people
    "open-data",
    "open-data-file",
    "api:api-root",
    "api:initiative",
    "api:initiatives",
    "api:minutes",
    "api:minutes-list",
    "api:nothing",
    "api:openapi-json",
    "api:programme",
    "api:watch",
    "api:watch-item",
    "api:programmes",
    "api:session",
    "api:sessions",
    "sessions:calendar-one",  # these four: signed in, or by the key of a person
    "watch:atom",
    "sessions:calendar-feed",
    "sessions:atom",
}
# allauth decides for its own pages: these do not ask who is there, because they are the way in.
WAYS_IN = {
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
}
ADDRESSES = all_addresses()
CLOSED = [address for address in ADDRESSES if address.name not in PUBLIC | WAYS_IN and not address.redirects]


def test_the_public_list_is_exact():
    own = [address for address in ADDRESSES if not address.view.__module__.startswith(("allauth.", "django."))]
    public = {address.name for address in own if answers_visitors(address.view)}
    assert public == (PUBLIC | WAYS_IN) & {address.name for address in own}


def test_the_ways_in_exist():
    assert {address.name for address in ADDRESSES} >= WAYS_IN


def test_examples_lead_where_they_should():
    for address in ADDRESSES:
        found = resolve(address.path)
        assert (found.url_name is None and address.name == address.path) or found.view_name == address.name


@pytest.mark.parametrize("address", CLOSED, ids=str)
def test_a_visitor_is_asked_to_sign_in(client, db, address):
    sign_in = f"{reverse('account_login')}?next={address.path}"
    for method in ("get", "post"):
        response = getattr(client, method)(address.path)
        assert response.status_code == 302, f"{method} {address.path}: {response.status_code}"
        assert unquote(response["Location"]) == sign_in


@pytest.mark.parametrize("address", [address for address in CLOSED if not address.of_allauth], ids=str)
def test_a_fragment_leads_the_whole_page_to_sign_in(client, db, address):
    response = client.get(address.path, headers={"HX-Request": "true"})
    assert response.status_code == 401
    assert response["HX-Redirect"].startswith(reverse("account_login"))
    assert response.content == b""
