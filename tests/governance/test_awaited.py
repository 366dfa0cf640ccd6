"""What a handover waits for, and from whom: every reader is told the next step in its state."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.db.periods import today
from core.partial_dates import day
from governance.choices import sessions_since
from governance.handovers import interim, services
from governance.handovers.awaited import awaited
from governance.models import Handover
from tests import factories
from tests.factories import days, moment
from tests.governance.stage import IDENTITY, Stage

SignedIn = Callable[[Any], Client]


def said(handover: Handover) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", awaited(handover, timezone.now()))


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("drafted", "Un·e représentant·e du RAMEAU la propose aux membres."),
        ("proposed", "Un·e représentant·e de la Fondation des Territoires donne son accord de principe, ou refuse."),
        ("accepted", "Les membres la valident, en session ; l’animation le saisit ici."),
        ("validated", "Un·e représentant·e du RAMEAU transmet l’animation."),
        ("completed", ""),
    ],
)
def test_in_every_state(stage: Stage, state: str, sentence: str) -> None:
    assert said(getattr(stage, state)()) == sentence


def test_while_it_waits_for_its_moment(stage: Stage) -> None:
    assert said(stage.completed(at=moment(24))).startswith("La Fondation des Territoires anime l’espace à partir du ")


def test_nothing_once_it_has_ended(stage: Stage) -> None:
    handover = services.decline(
        handover=stage.proposed(), by=stage.people["receiver"], reason="Trop tôt.", now=timezone.now()
    )
    assert said(handover) == ""


def asked(stage: Stage) -> Handover:
    return interim.request(
        by=stage.people["other0"],
        organisation=stage.others[0],
        receiver=stage.receiver,
        reason="Aucune réponse.",
        now=timezone.now(),
    )


def test_a_request_for_an_interim_is_no_draft(stage: Stage, signed_in: SignedIn) -> None:
    handover = asked(stage)
    assert said(handover).startswith("D’autres organisations membres s’associent à la demande")
    page = signed_in(stage.people["other1"]).get(handover.get_absolute_url()).text
    assert "Brouillon" not in page
    assert "Demandé" in page


def test_the_page_says_it_to_everybody_and_offers_it_to_who_may(stage: Stage, signed_in: SignedIn) -> None:
    handover = stage.proposed()
    for role, offered in (("receiver", True), ("other0", False), ("administrator", False)):
        page = signed_in(stage.people[role]).get(handover.get_absolute_url()).text
        assert "donne son accord de principe, ou refuse" in page, role
        assert ("/accepter/" in page) is offered, role


def test_the_legal_identity_that_is_missing_is_said_and_leads_back(stage: Stage, signed_in: SignedIn) -> None:
    handover = stage.accepted()
    client = signed_in(stage.people["receiver"])
    sentence = "doit d’abord fournir son identité légale"
    assert sentence in client.get(handover.get_absolute_url()).text
    answer = client.post(reverse("governance:legal-identity", args=[stage.receiver.slug]), IDENTITY)
    assert answer.url == handover.get_absolute_url()
    assert sentence not in client.get(handover.get_absolute_url()).text


def test_only_sessions_that_may_have_validated_are_offered(stage: Stage, signed_in: SignedIn) -> None:
    handover = stage.accepted()
    factories.SessionFactory(date=day(days(-40)))
    assert list(sessions_since(handover)) == []
    page = signed_in(stage.people["holder"]).get(f"{handover.get_absolute_url()}valider/").text
    assert "Aucune session ne s’est tenue depuis la proposition" in page
    fitting = factories.SessionFactory(date=day(today(timezone.now())))
    assert list(sessions_since(handover)) == [fitting]
