"""The first day of a space: from an empty database to a mandate and a first session, in the browser but for the link."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from governance.models import LegalIdentity, Mandate
from members.enums import PositionRole
from members.models import Organisation, Position
from portal.setup import administrator
from sessions_app.models import Session
from tests import factories
from tests.portal.test_start import IDENTITY

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "une phrase assez longue"


def send(page: Page, **values: str) -> None:
    """Fills the fields of those names and presses the form's first button."""
    for name, value in values.items():
        field = page.locator(f"main [name={name}]").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("main form:not([action*='apparence']) button.btn-primary[type=submit]").first.click()


def step(page: Page, title: str) -> None:
    """From the home page to where the checklist leads."""
    page.goto("/")
    start = page.get_by_role("region", name="Démarrage de l’espace")
    start.get_by_role("listitem").filter(has_text=title).get_by_role("link").click()


def test_from_nothing_to_a_first_session(browsing, assert_accessible):
    entrance = administrator.start(
        email="anne@exemple.example", first_name="Anne", last_name="Durand", now=timezone.now()
    )
    path = re.sub(r"^https?://[^/]+", "", entrance.link)
    page = browsing.open()
    page.goto(path)
    assert_accessible(page)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Comment vous vous connecterez")
    assert_accessible(page)
    page.get_by_role("link", name="Choisir un mot de passe").click()
    send(page, password1=PASSWORD, password2=PASSWORD)
    expect(page.get_by_role("main")).to_contain_text("choisi")
    page.get_by_role("link", name="Continuer").click()
    expect(page.get_by_role("heading", name="Démarrage de l’espace")).to_be_visible()
    assert_accessible(page)

    step(page, "Nommer l’espace")
    send(page, name="", short_name="L’espace du Massif")
    assert_accessible(page)
    send(page, name="Espace des ingénieries du Massif central")
    expect(page.get_by_role("banner")).to_contain_text("L’espace du Massif")

    step(page, "Saisir la première organisation")
    send(page, name="Association du Massif", world="field", sector="association", level="regional")
    expect(page.get_by_role("heading", level=1)).to_have_text("Association du Massif")
    organisation = Organisation.objects.get()

    page.goto("/gouvernance/premier-mandat/")
    expect(page.get_by_role("main")).to_contain_text("saisissez d’abord l’organisation")
    user = entrance.user
    page.goto(f"/membres/personnes/{user.public_id}/fonctions/nouvelle/")
    send(page, organisation=str(organisation.pk), role=PositionRole.REPRESENTATIVE)
    expect(page.get_by_role("main")).to_contain_text("Association du Massif")
    assert Position.objects.get().user == user

    step(page, "Confier l’animation")
    assert_accessible(page)
    send(page, organisation=str(organisation.pk), started_on="demain", note="Décision de la réunion fondatrice")
    expect(page.locator(".invalid").first).to_be_visible()
    send(page, started_on="janvier 2026")
    expect(page.get_by_role("heading", level=1)).to_have_text("Identité légale")
    assert Mandate.objects.get().organisation == organisation
    send(page, **IDENTITY)
    page.goto("/mentions-legales/")
    expect(page.get_by_role("main")).to_contain_text("Association loi 1901")
    assert LegalIdentity.objects.count() == 1

    step(page, "Ouvrir le premier cycle")
    send(page, year="2026", theme="Les premiers pas")
    expect(page.get_by_role("main")).to_contain_text("Les premiers pas")
    step(page, "Préparer la première session")
    page.locator("main [name=number]").fill("1")
    page.locator("main [name=title]").fill("Se rencontrer")
    for name in ("cycle", "format", "mode"):
        page.locator(f"main select[name={name}]").select_option(index=1)
    page.locator("main [name=date]").fill(factories.days(30).isoformat())
    page.locator("main form button.btn-primary[type=submit]").first.click()
    expect(page.get_by_role("main")).to_contain_text("Se rencontrer")
    assert Session.objects.get().title == "Se rencontrer"

    page.goto("/administration/demarrage/")
    assert_accessible(page)
    expect(page.get_by_role("main")).to_contain_text("7 sur 9 sont faites.")
    page.get_by_role("listitem").filter(has_text="Inviter les autres").get_by_role("button", name="Plus tard").click()
    step(page, "Envoyer un courriel d’essai")
    page.get_by_role("button", name="Envoyer le courriel d’essai").click()
    expect(page.get_by_role("main")).to_contain_text("Le serveur de courriel a répondu")
    assert_accessible(page)

    other = browsing.open()
    other.goto(path)
    expect(other.get_by_role("main")).to_contain_text("il a déjà servi")
    other.goto("/")
    other.get_by_role("contentinfo").get_by_role("button", name="English").click()
    other.goto(path)
    expect(other.get_by_role("main")).to_contain_text("It signs in once, and was used already.")
