"""The register of breaches: what is written down, the 72 hours, what the law asks a reason for, who may read it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from core.personal_data.breaches import page
from core.personal_data.models import Breach, Risk
from tests import factories
from tests.support.people import People

pytestmark = pytest.mark.django_db
LIST = "/administration/donnees-personnelles/violations/"
ADD = f"{LIST}ajouter/"


def typed(moment: dt.datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def given(**changed: Any) -> dict[str, Any]:
    values = {
        "title": "Tableau parti à la mauvaise adresse",
        "discovered_at": typed(timezone.now() - dt.timedelta(hours=5)),
        "confidentiality": "on",
        "nature": "Une liste de présence est partie à un tiers.",
        "people_concerned": "Personnes présentes",
        "people_count": "1 200",
        "data_concerned": "Noms, organisations",
        "consequences": "Réutilisation des noms.",
        "measures": "Effacement demandé.",
        "risk": "risk",
    }
    return {name: value for name, value in (values | changed).items() if value is not None}


@pytest.fixture
def client(people: People, signed_in: Any) -> Client:
    return signed_in(people.administrator)


def text(client: Client, address: str = LIST) -> str:
    return " ".join(client.get(address).content.decode().replace("\u00a0", " ").split())


def test_a_breach_is_written_down_and_its_clock_runs(client: Client, people: People) -> None:
    assert "Aucune violation n’est connue" in text(client)
    answer = client.post(ADD, given())
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    kept = Breach.objects.get()
    assert (kept.people_count, kept.records_count, kept.recorded_by) == (1200, None, people.administrator)
    shown = text(client)
    assert "encore 66 heures" in shown or "encore 67 heures" in shown
    assert "Perte de confidentialité." in shown
    assert "environ 1 200 personnes" in shown.replace("\u202f", " ")
    assert "nombre inconnu" in shown
    assert "1 violation de données à notifier" in text(client, "/")


@pytest.mark.parametrize(
    ("hours", "left", "over", "late"),
    [
        (0, 72, 0, False),
        (1, 71, 0, False),
        (71.5, 0, 0, False),
        (72.5, 0, 0, True),
        (73, 0, 1, True),
        (100, 0, 28, True),
    ],
)
def test_seventy_two_hours(hours: float, left: int, over: int, late: bool) -> None:
    now = timezone.now()
    entry = page.entry(Breach(discovered_at=now - dt.timedelta(hours=hours), risk=Risk.RISK), now)
    assert (entry.left, entry.over, entry.is_late, entry.runs) == (left, over, late, True)


def test_notified_after_seventy_two_hours_needs_its_reasons(client: Client) -> None:
    now = timezone.now()
    late = given(discovered_at=typed(now - dt.timedelta(hours=80)), notified_at=typed(now - dt.timedelta(hours=1)))
    answer = client.post(ADD, late)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"why_late"}
    assert client.post(ADD, late | {"why_late": "Le prestataire a tardé à répondre."}).status_code == 302
    shown = text(client)
    assert "notifiée en retard" in shown
    assert "Le prestataire a tardé à répondre." in shown
    assert "à notifier" not in text(client, "/")


def test_without_risk_it_is_not_notified_but_says_why(client: Client) -> None:
    answer = client.post(ADD, given(risk="none"))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"why_not_notified"}
    assert client.post(ADD, given(risk="none", why_not_notified="Le fichier était chiffré.")).status_code == 302
    shown = text(client)
    assert "pas à notifier" in shown
    assert "Le fichier était chiffré." in shown


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"confidentiality": None}, "availability"),
        ({"discovered_at": typed(timezone.now() + dt.timedelta(hours=30))}, "discovered_at"),
        ({"notified_at": typed(timezone.now() - dt.timedelta(days=9))}, "notified_at"),
        ({"people_told_on": "2019-01-01"}, "people_told_on"),
        ({"people_told_on": "2090-01-01"}, "people_told_on"),
        ({"people_count": "-3"}, "people_count"),
        ({"nature": ""}, "nature"),
    ],
)
def test_what_cannot_be_is_told_at_its_place(client: Client, changed: dict[str, Any], field: str) -> None:
    answer = client.post(ADD, given(**changed))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Breach.objects.exists()


def test_a_high_risk_waits_until_the_people_are_told(client: Client) -> None:
    now = timezone.now()
    client.post(ADD, given(risk="high", notified_at=typed(now - dt.timedelta(hours=1)), notified_number="V-2026-1"))
    assert "À faire dans les meilleurs délais" in text(client)
    assert "1 violation de données à notifier" in text(client, "/")
    kept = Breach.objects.get()
    address = f"{LIST}{kept.public_id}/"
    assert 'value="V-2026-1"' in text(client, address)
    told = given(risk="high", notified_at=typed(now - dt.timedelta(hours=1)), people_told_on=str(timezone.localdate()))
    assert client.post(address, told)["Location"] == LIST
    assert "à notifier" not in text(client, "/")


def test_every_change_is_kept_in_the_audit(client: Client) -> None:
    client.post(ADD, given())
    kept = Breach.objects.get()
    client.post(f"{LIST}{kept.public_id}/", given(measures="Effacement confirmé."))
    events = apps.get_model("personal_data", "BreachEvent").objects.order_by("pgh_id")
    assert [row.measures for row in events] == ["Effacement demandé.", "Effacement confirmé."]


@pytest.mark.parametrize("role", ["member", "animator", "former_animator", "funder", "outsider"])
def test_administrators_alone_read_and_write_it(people: People, signed_in: Any, role: str) -> None:
    kept = factories.BreachFactory()
    client = signed_in(people.role(role))
    for address in (LIST, ADD, f"{LIST}{kept.public_id}/"):
        assert client.get(address).status_code == 403
        assert client.post(address, given()).status_code in (403, 405)
    assert Breach.objects.count() == 1
    assert kept.title not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"confidentiality": False}, "breach_loses_something"),
        ({"risk": "none"}, "breach_silent_with_reasons"),
        ({"notified_at": timezone.now() + dt.timedelta(days=20)}, "breach_late_with_reasons"),
        ({"notified_at": timezone.now() - dt.timedelta(days=20)}, "breach_notified_once_known"),
    ],
)
def test_the_database_holds_the_same(values: dict[str, Any], constraint: str) -> None:
    kept = factories.BreachFactory()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Breach.objects.filter(pk=kept.pk).update(**values)
