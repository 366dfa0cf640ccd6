"""A programme officer on Monday: reads the figures, keeps her filter, sends her table, freezes the quarter."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from funding.models import FrozenFigures, FundingLine
from members.models import SavedView

WORKER = 60_000  # ms; the worker compares and writes, the page follows by itself


def test_the_monday_of_a_programme_officer(portal, people, scene, assert_accessible):
    page = portal.open(people.funder)
    page.goto("/financements/?stade=en-cours")
    assert_accessible(page)
    agreed = page.locator(".kpi").filter(has=page.get_by_text("Accordé", exact=True)).locator("a").first
    shown = agreed.inner_text()
    agreed.click()
    expect(page.get_by_text(f"Accordé {shown}")).to_be_visible()  # a string: blanks of every kind are alike

    page.goto("/financements/?stade=en-cours")
    page.get_by_role("link", name="Enregistrer ce filtre").click()
    assert_accessible(page)
    page.get_by_label("Nom de la vue").fill("En cours")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("link", name="En cours", exact=True)).to_be_visible()
    assert SavedView.objects.get(name="En cours").query == "stade=en-cours"

    page.get_by_role("link", name="Arrêter ces chiffres").click()
    page.get_by_label("Titre").fill("Bilan de l’année")
    page.get_by_label("Chiffres au").fill("2024-12-31")
    assert_accessible(page)
    page.get_by_role("button", name="Arrêter ces chiffres").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bilan de l’année")
    assert_accessible(page)
    page.get_by_role("link", name="Écarts depuis l’arrêté").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Écarts depuis l’arrêté")
    assert_accessible(page)
    assert FrozenFigures.objects.filter(name="Bilan de l’année", query="stade=en-cours").count() == 1


def test_a_table_is_looked_at_before_it_is_written(portal, people, scene, worker, assert_accessible):
    line = scene.other["funding"]["line"]
    page = portal.open(people.funder)
    page.goto("/financements/import/")
    assert_accessible(page)

    def send(text: str) -> None:
        page.goto("/financements/import/")
        page.get_by_label(re.compile("Fichier CSV ou Excel")).set_input_files(
            {"name": "table.csv", "mimeType": "text/csv", "buffer": text.encode("cp1252")}
        )
        page.get_by_role("button", name="Voir ce que ce fichier changerait").click()

    send(f"Référence;Objet;Montant accordé\n{line.reference};Été;12.500")
    expect(page.get_by_role("cell", name="Colonne C")).to_be_visible(timeout=WORKER)
    assert_accessible(page)
    send(f"Référence;Objet;Montant accordé\n{line.reference};Été;12 500,50 €")
    page.get_by_role("button", name="Écrire cette ligne").click(timeout=WORKER)
    expect(page.get_by_role("heading", level=1)).to_have_text("L’import est enregistré", timeout=WORKER)
    line = FundingLine.objects.get(pk=line.pk)
    assert (line.purpose, str(line.amount_agreed)) == ("Été", "12500.50")
