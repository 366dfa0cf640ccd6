"""Passkeys in a browser with a pretended authenticator: registered, then the only thing needed to sign in."""

from __future__ import annotations

import pytest

from tests import factories
from tests.support.strictness import written_by_reading

pytestmark = pytest.mark.django_db(transaction=True)
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@pytest.fixture
def page(browsing):
    """A page of a device with a fingerprint reader. Passkeys want a name, not a number, for the host."""
    browsing.address = browsing.address.replace("127.0.0.1", "localhost")
    page = browsing.open()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def sign_in(page, user):
    page.goto("/compte/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", factories.PASSWORD)
    page.click("main form[action='/compte/login/'] button[type=submit]")
    page.wait_for_url("/")


def with_a_passkey(page, user):
    """Registers one and signs out again."""
    sign_in(page, user)
    page.goto("/compte/2fa/webauthn/add/")
    page.fill("[name=password]", factories.PASSWORD)
    page.click("main button[type=submit]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("/compte/2fa/recovery-codes/")
    written_by_reading.clear()  # allauth notes that the codes were seen
    page.click(".account summary")
    page.click(".account-panel button[type=submit]")
    page.wait_for_url("/")


def test_a_passkey_signs_in_alone(people, page):
    with_a_passkey(page, people.member)
    page.goto("/compte/login/?next=/accessibilite/")
    page.click("#passkey_login")
    page.wait_for_url("/accessibilite/")
    assert page.locator(".account").count() == 1


def test_the_passkey_of_a_demonstration_account_opens_nothing_in_production(people, page, settings):
    people.member.is_demo = True
    people.member.save()
    with_a_passkey(page, people.member)
    settings.DEMO_ALLOWED = False
    page.goto("/compte/login/?next=/accessibilite/")
    page.click("#passkey_login")
    page.wait_for_url("/compte/inactive/")
    assert page.locator(".account").count() == 0


def test_a_key_that_is_not_there_is_told(page):
    page.goto("/compte/login/")
    assert not page.locator("[data-passkey-problem]").is_visible()
    page.click("#passkey_login")
    page.locator("[data-passkey-problem]").wait_for()


def test_without_script_the_button_is_not_offered(browsing):
    page = browsing.open(java_script_enabled=False)
    page.goto("/compte/login/")
    assert not page.locator("#passkey_login").is_visible()
    assert page.locator("main form[action='/compte/login/'] button[type=submit]").is_visible()
