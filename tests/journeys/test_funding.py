"""A grant from its request to its settlement, entered by its funder; and the news of a bearer who has no account."""

from __future__ import annotations

import re
from decimal import Decimal

from core.models import Region
from core.notifications.models import OutboxMessage
from funding.enums import LineState, UpdateState
from funding.models import Funder, FundingLine, Initiative, Update
from tests.factories import SpaceFactory
from tests.funding import rows
from tests.support.people import make_people


def open_and_send(page, summary: str, values: dict[str, str], button: str) -> None:
    """Unfolds a form of the page, fills it and sends it."""
    page.click(f"summary:has-text('{summary}')")
    for name, value in values.items():
        page.fill(f"[name={name}]", value)
    page.click(f"main details[open] button:has-text('{button}')")


def test_the_life_of_a_grant(browsing, assert_accessible):
    SpaceFactory()
    people = make_people()
    Funder.objects.create(organisation=people.funder.positions.get().organisation)
    Region.objects.get_or_create(code="84", defaults={"name": "Auvergne-Rhône-Alpes"})
    page = browsing.open(people.funder)

    # The initiative: a draft first, then shared with the members.
    page.goto("/initiatives/nouvelle/")
    page.fill("[name=title]", "Tiers-lieu nourricier")
    page.fill("[name=bearer_name]", "Association Les Mains")
    page.fill("[name=bearer_siret]", "12345678901234")
    page.check("[name=regions][value='84']")
    page.click("main form button[type=submit]")
    assert "clé de contrôle" in page.inner_text("main")
    assert page.input_value("[name=title]") == "Tiers-lieu nourricier", "what was typed stays"
    page.fill("[name=bearer_siret]", "73282932000074")
    page.click("main form button[type=submit]")
    assert_accessible(page)
    page.click("text=Partager avec les membres")
    page.fill("[name=spotted_on]", "décembre 2024")
    assert_accessible(page)
    with page.expect_navigation():
        page.click("main form button:has-text('Partager avec les membres')")
    initiative = Initiative.objects.get()
    assert initiative.draft_of is None

    # The funding: asked for, agreed, signed, planned, called, paid, amended, settled.
    page.click("text=Ajouter un financement de mon organisation")
    page.fill("[name=reference]", "2025-001")
    page.fill("[name=amount_requested]", "12 500,50 €")
    page.fill("[name=requested_on]", "2025-01-10")
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    line = FundingLine.objects.get()
    assert (line.state, line.amount_requested) == (LineState.REQUESTED, Decimal("12500.50"))
    open_and_send(
        page, "Accorder", {"accorder-amount_agreed": "10 000", "accorder-decided_on": "2025-02-01"}, "Accorder"
    )
    open_and_send(
        page,
        "Conventionner",
        {"conventionner-contract_number": "C-1", "conventionner-signed_on": "2025-03-01"},
        "Conventionner",
    )
    open_and_send(page, "Prévoir une échéance", {"echeance-due_on": "2025-04-01", "echeance-amount": "4000"}, "Prévoir")
    page.fill("[name=called_on]", "2025-03-20")
    with page.expect_navigation():
        page.click("text=Saisir l’appel")
    open_and_send(
        page,
        "Saisir un versement",
        {"versement-paid_on": "2025-04-02", "versement-amount": "40000"},
        "Saisir ce versement",
    )
    assert "dépasser" in page.inner_text("main"), "never more paid than agreed"
    page.fill("[name=versement-amount]", "4000")
    page.click("main details[open] button:has-text('Saisir ce versement')")
    assert_accessible(page)
    less = {"avenant-signed_on": "2025-05-01", "avenant-change": "-1 000", "avenant-reason": "Un atelier de moins"}
    open_and_send(page, "Saisir un avenant", less, "Saisir cet avenant")
    assert FundingLine.objects.get().total == Decimal(9000)
    open_and_send(page, "Solder", {"solder-closed_on": "2025-12-31"}, "Solder")
    line.refresh_from_db()
    assert (line.state, line.amount_paid, line.remaining) == (LineState.SETTLED, Decimal(4000), Decimal(0))


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
