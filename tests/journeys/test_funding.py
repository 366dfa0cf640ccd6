"""A grant from its request to its settlement, entered by its funder; and the news of a bearer who has no account."""

from __future__ import annotations

import re

from core.notifications.models import OutboxMessage
from funding.enums import UpdateState
from funding.models import Funder, Update
from tests.factories import SpaceFactory
from tests.funding import rows
from tests.support.people import make_people


def open_and_send(page, summary: str, values: dict[str, str], button: str) -> None:
    """Unfolds a form of the page, fills it and sends it."""
    page.click(f"summary:has-text('{summary}')")
    for name, value in values.items():
        page.fill(f"[name={name}]", value)
    page.click(f"main details[open] button:has-text('{button}')")


def test_a_bearer_without_account_gives_news(browsing, assert_accessible):
    SpaceFactory()
    people = make_people()
    keeper = people.funder.positions.get().organisation
    Funder.objects.create(organisation=keeper)
    initiative = rows.initiative(title="Tiers-lieu", slug="tiers-lieu", prepared_by=keeper)
    Update.objects.create(initiative=initiative, due_on="2025-06-30", changed_at=initiative.changed_at)
    funder = browsing.open(people.funder)
    funder.goto("/initiatives/tiers-lieu/suivi/")
    assert_accessible(funder)
    open_and_send(funder, "Ajouter un indicateur", {"indicateur-name": "Repas servis"}, "Ajouter cet indicateur")
    contact = {"contact-first_name": "Inès", "contact-last_name": "Porteuse", "contact-email": "ines@porteuse.example"}
    open_and_send(funder, "Solliciter quelqu’un", contact, "Solliciter cette personne")
    mail = OutboxMessage.objects.get(kind="funding.update")
    address = re.search(r"/nouvelles/[\w-]+/", mail.text)[0]

    bearer = browsing.open(None, width=360)
    bearer.goto(address)
    assert_accessible(bearer)
    bearer.fill("[name=text]", "La cuisine est ouverte.")
    bearer.fill("main input[name^=mesure-]", "1 250")
    bearer.click("text=Envoyer le point d’étape")
    assert "arrivé" in bearer.inner_text("h1")
    assert Update.objects.get().state == UpdateState.SUBMITTED

    funder.goto("/initiatives/tiers-lieu/")
    assert "La cuisine est ouverte." in funder.inner_text("main")
    assert_accessible(funder)
    funder.goto("/initiatives/tiers-lieu/suivi/")
    funder.click("button:has-text('Retirer')")
    assert bearer.goto(address).status == 410
