"""Every form of funding that adds something, sent three times as a browser sends it: it is added once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.web.one_time_keys import FIELD
from funding.models import (
    Amendment,
    BearerContact,
    Commitment,
    FinancialReport,
    FrozenFigures,
    FundingLine,
    Indicator,
    Initiative,
    InitiativeDocument,
    Instalment,
    Payment,
    Programme,
)
from tests.matrix.adding import ADDS
from tests.matrix.scene import Scene, build
from tests.support import races
from tests.support.forms import form_to
from tests.support.people import make_people


def of(name: str, key: str = "slug") -> Any:
    return lambda scene: [getattr(scene.other["funding"][name], key)]


def nothing(scene: Scene) -> list[Any]:
    return []


LINE = ("funding:line", of("line", "public_id"))
FOLLOW_UP = ("funding:follow-up", of("shared"))
SHARED = of("shared")
# address that adds → model, page on which the form stands (none: its own), its arguments, query, what is typed
CASES: dict[str, tuple[Any, str, Any, str, dict[str, str]]] = {
    "funding:line-pay": (Payment, *LINE, "", {"versement-paid_on": "2024-07-01", "versement-amount": "10"}),
    "funding:line-plan": (Instalment, *LINE, "", {"echeance-due_on": "2024-07-01", "echeance-amount": "10"}),
    "funding:line-amend": (Amendment, *LINE, "", {"avenant-signed_on": "2024-08-01", "avenant-change": "5"}),
    "funding:line-report": (FinancialReport, *LINE, "", {"bilan-due_on": "2025-04-01"}),
    "funding:line-add": (FundingLine, "", SHARED, "", {"reference": "N-9", "amount_requested": "10"}),
    "funding:create": (Initiative, "", nothing, "", {"title": "Neuve", "bearer_name": "Association"}),
    "funding:document-add": (
        InitiativeDocument, "", SHARED, "", {"title": "Autre note", "link": "https://exemple.example/n"},
    ),
    "funding:programme-create": (Programme, "", nothing, "", {"name": "Nouveau programme"}),
    "funding:commitment-add": (Commitment, "", of("programme"), "", {"text": "Dix territoires", "unit": "territories"}),
    "funding:indicator": (Indicator, *FOLLOW_UP, "", {"indicateur-name": "Emplois"}),
    "funding:contact": (
        BearerContact, *FOLLOW_UP, "",
        {"contact-first_name": "Léa", "contact-last_name": "Neuve", "contact-email": "lea@portail.example"},
    ),
    "funding:freeze": (FrozenFigures, "", nothing, "", {"name": "Bilan", "as_of": "2024-12-31"}),
}  # fmt: skip


def test_no_form_is_forgotten():
    assert set(CASES) == {name for name in ADDS if name.startswith("funding:")}


def prepared(scene: Scene, case: str) -> tuple[Any, Client, str, dict[str, Any]]:
    model, page, arguments, query, typed = CASES[case]
    client = Client()
    client.force_login(scene.people.funder, backend="core.accounts.backends.SignInBackend")
    action = reverse(case, args=arguments(scene)) + query
    address = reverse(page, args=arguments(scene)) if page else action
    form = form_to(client.get(address), address, action)
    assert FIELD in form.data
    own = scene.other["funding"]["line"].funder_id
    first = {"organisation": str(own)} if case == "funding:freeze" else {}  # the only choice, which a browser sends
    return model, client, form.action, {**form.data, **first, **typed}


@pytest.mark.parametrize("case", CASES)
def test_sent_three_times_it_is_added_once(case, db):
    model, client, address, data = prepared(build(make_people()), case)
    before = model.objects.count()
    first = client.post(address, data)
    assert (first.status_code, model.objects.count() - before) == (302, 1)
    for _again in range(2):
        again = client.post(address, data)
        assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert model.objects.count() - before == 1


@pytest.mark.django_db(transaction=True)
def test_a_payment_sent_three_times_at_once_is_counted_once(transactional_db):
    scene = build(make_people())
    _model, client, address, data = prepared(scene, "funding:line-pay")
    line = scene.other["funding"]["line"]

    def send() -> int:
        sender = Client()
        sender.cookies = client.cookies.copy()
        return sender.post(address, data).status_code

    assert races.together(send, send, send) == [302, 302, 302]
    line.refresh_from_db()
    assert (line.payments.count(), line.amount_paid) == (1, 10)
