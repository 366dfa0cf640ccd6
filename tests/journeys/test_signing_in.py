"""The way in: with a password or a mailed code, back to where one wanted to go; nothing told to strangers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from core.accounts.models import User
from core.notifications.models import OutboxMessage
from tests.factories import PASSWORD
from tests.support.worker import wait_for


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def account_menu(page: Page, user: User) -> Locator:
    """What only somebody signed in finds on a page."""
    return page.locator("summary", has_text=f"Mon compte\u00a0: {user.get_full_name()}")


@pytest.mark.parametrize("role", ["member", "animator", "former_animator", "funder", "administrator"])
def test_every_account_signs_in_and_out(portal, people, assert_accessible, role):
    user = people.role(role)
    page = portal.open()
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Se connecter").first.click()
    assert_accessible(page)
    sign_in(page, user.email)
    assert_accessible(page)
    account_menu(page, user).click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("link", name="Se connecter").first).to_be_visible()
    page.goto("/sessions/")
    expect(page).to_have_url(re.compile(r"/compte/login/\?next="))


def test_a_visitor_comes_back_to_where_he_wanted_to_go(portal, people, scene):
    page = portal.open()
    wanted = f"/sessions/{scene.sessions['published'].number}/"
    page.goto(wanted)
    sign_in(page, people.member.email)
    expect(page).to_have_url(re.compile(f"{wanted}$"))


def test_a_wrong_password_and_an_unknown_account_get_one_answer(portal, people):
    said = []
    for email in (people.member.email, "inconnue@exemple.example"):
        page = portal.open()
        page.goto("/compte/login/")
        sign_in(page, email, "ce-n-est-pas-le-bon")
        expect(page.get_by_role("main")).to_contain_text("n’est pas le bon")
        said.append(re.sub(r"\s+", " ", page.get_by_role("main").inner_text()))
    assert said[0] == said[1]


def test_a_mailed_code_signs_in(portal, people):
    page = portal.open()
    page.goto("/compte/login/")
    page.get_by_role("link", name="Recevoir un code par courriel").click()
    page.get_by_role("main").get_by_role("textbox").fill(people.member.email)
    page.get_by_role("button", name="M’envoyer le code").click()
    mail = wait_for(lambda: OutboxMessage.objects.filter(to=[people.member.email], kind="account").first(), seconds=5)
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", mail.text, re.MULTILINE)
    assert code, mail.text
    page.get_by_role("main").get_by_role("textbox").fill(code[1])
    page.get_by_role("button", name="Confirmer").click()
    expect(account_menu(page, people.member)).to_be_visible()


def test_nobody_registers_alone(portal):
    page = portal.open()
    page.goto("/compte/signup/")
    expect(page.get_by_role("main")).to_contain_text("invitation")
    expect(page.locator("form input[type=password]")).to_have_count(0)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_language_is_chosen_and_kept(portal, language):
    words = {"fr": "Se connecter", "en": "Sign in"}
    page = portal.open()
    page.goto("/")
    if language == "en":
        page.get_by_role("contentinfo").get_by_role("button", name="English").click()
    page.goto("/compte/login/")
    expect(page.get_by_role("heading", level=1)).to_have_text(words[language])
    assert page.locator("html").get_attribute("lang") == language
