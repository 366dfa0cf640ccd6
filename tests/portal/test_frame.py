"""The frame of every page: language, navigation, account, foot; and the reader's choices."""

from __future__ import annotations

import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


def text(client, address="/mentions-legales/"):
    return client.get(address).content.decode()


def test_french_is_the_language_of_a_first_visit_whatever_the_browser_says(client):
    response = client.get("/", headers={"Accept-Language": "en"})
    assert '<html lang="fr">' in response.content.decode()
    assert response["Content-Language"] == "fr"


def test_choosing_a_language_leads_back_and_lasts(client, people):
    client.force_login(people.member, backend="core.accounts.backends.SignInBackend")
    response = client.post("/langue/", {"language": "en", "next": "/accessibilite/?a=1"})
    assert response.status_code == 302
    assert response["Location"] == "/accessibilite/?a=1"
    assert '<html lang="en">' in text(client)
    people.member.refresh_from_db()
    assert people.member.language == "en"


@pytest.mark.parametrize("target", ["https://autre.example/", "//autre.example", "javascript:alert(1)", ""])
@pytest.mark.parametrize("address", ["/langue/", "/apparence/"])
def test_choices_never_lead_to_another_site(client, address, target):
    assert client.post(address, {"language": "en", "theme": "dark", "next": target})["Location"] == "/"


def test_an_unknown_language_is_refused(client):
    assert client.post("/langue/", {"language": "tlh"}).status_code == 400


def test_appearance_is_kept_in_a_cookie_and_can_be_given_back_to_the_system(client):
    client.post("/apparence/", {"theme": "dark"})
    assert 'data-theme="dark"' in text(client)
    client.post("/apparence/", {"theme": "system"})
    assert '<html lang="fr">' in text(client)


def test_a_forged_appearance_is_not_written_into_the_page(client):
    client.cookies["theme"] = '"><script>'
    assert '<html lang="fr">' in text(client)


def test_visitors_see_only_what_is_open(client, people):
    links = set(re.findall(r'href="(/[^"]*)"', text(client)))
    assert {"/", "/compte/login/", "/mentions-legales/"} <= links
    assert not any(link.startswith("/sessions") for link in links)


def test_the_current_entry_is_marked(people, signed_in):
    shown = text(signed_in(people.member), "/sessions/")
    assert re.search(r'href="/sessions/" aria-current="page"', shown)
    assert not re.search(r'href="/" aria-current', shown)


def test_signing_out_is_a_form(people, signed_in):
    client = signed_in(people.member)
    assert 'action="/compte/logout/"' in text(client)
    client.get("/compte/logout/")
    assert client.session.get("_auth_user_id")
    client.post("/compte/logout/")
    assert client.session.get("_auth_user_id") is None


def test_the_foot_names_who_animates_today(client, people):
    shown = text(client)
    assert people.animating.name in shown
    assert people.formerly_animating.name not in shown


def test_demonstration_data_says_so(client):
    assert "demo-note" not in text(client)
    factories.Space.objects.all().delete()
    factories.SpaceFactory(demonstration=True)
    from core import space

    space.forget()
    assert "demo-note" in text(client)


def test_htmx_sends_the_token(client):
    assert re.search(r"hx-headers='\{\"X-CSRFToken\": \"\w+\"\}'", text(client))


def test_pages_carry_no_inline_script_or_style(client, people, signed_in):
    for address in ("/", "/style/", "/compte/login/", "/sessions/"):
        shown = text(signed_in(people.member) if address == "/sessions/" else client, address)
        assert not re.search(r"<style|\sstyle=|\son\w+=", shown)
        scripts = re.findall(r"<script([^>]*)>", shown)
        assert all("src=" in script or 'type="application/json"' in script for script in scripts)


@pytest.mark.parametrize("address", ["/mentions-legales/", "/donnees-personnelles/"])
def test_without_a_legal_identity_the_pages_still_answer(client, address):
    assert client.get(address).status_code == 200
