"""Asking to come in from outside, and the answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from core.accounts.models import User
from core.notifications.models import OutboxMessage
from members.access_requests import services
from members.models import AccessRequest, Invitation, Organisation
from tests.factories import AccessRequestFactory, UserFactory
from tests.support.forms import form_to
from tests.support.people import People

pytestmark = pytest.mark.django_db
ASK = "/demander-un-acces/"
WORDS = {
    "first_name": "Anne",
    "last_name": "Le Goff",
    "email": "Anne@Exemple.example",
    "organisation_name": "le rameau",
    "why": "Pour apporter nos méthodes.",
}


@pytest.fixture
def animator(people: People, signed_in: Any) -> Client:
    return signed_in(people.animator)


def ask(client: Client, **changes: Any) -> Any:
    return client.post(ASK, {**form_to(client.get(ASK), ASK).data, **WORDS, **changes}, follow=True)


def answering(client: Client, request: AccessRequest, **typed: Any) -> Any:
    address = f"/membres/demandes/{request.public_id}/"
    return client.post(address, typed, follow=True)


def test_a_visitor_asks_and_hears_the_same_whoever_he_is(people):
    UserFactory(email="connue@exemple.example")
    pages = []
    for email in ("anne@exemple.example", "connue@exemple.example"):
        response = ask(Client(), email=email)
        assert "Votre demande est en route" in response.text
        pages.append([str(message) for message in response.context["messages"]])
    assert pages[0] == pages[1]
    assert AccessRequest.objects.count() == 2


def test_asked_twice_it_stands_once_and_what_is_missing_is_told(people):
    ask(Client())
    ask(Client(), email="ANNE@exemple.example", why="Encore.")
    assert [request.why for request in AccessRequest.objects.all()] == ["Pour apporter nos méthodes."]
    response = ask(Client(), why="", email="non")
    assert response.status_code == 422
    assert "Le Goff" in response.text


def test_one_network_address_asks_five_times_an_hour(people):
    client = Client(REMOTE_ADDR="203.0.113.9")
    statuses = [ask(client, email=f"a{number}@exemple.example").status_code for number in range(6)]
    assert statuses == [200] * 5 + [429]
    assert AccessRequest.objects.count() == 5


def test_a_full_queue_says_so(people, monkeypatch):
    monkeypatch.setattr(services, "MOST_WAITING", 1)
    AccessRequestFactory()
    response = ask(Client())
    assert response.status_code == 422
    assert "Trop de demandes attendent" in response.text


def test_what_was_refused_can_be_sent_again_by_the_same_form(people, monkeypatch):
    client = Client()
    sent = {**form_to(client.get(ASK), ASK).data, **WORDS}
    with monkeypatch.context() as full:
        full.setattr(services, "MOST_WAITING", 0)
        assert client.post(ASK, sent).status_code == 422
    assert client.post(ASK, sent).status_code == 302
    assert AccessRequest.objects.count() == 1


def test_it_waits_on_the_home_of_the_animators(people, signed_in, animator):
    AccessRequestFactory()
    assert "1 demande d’accès" in animator.get("/").text
    for other in (people.member, people.administrator):
        assert "1 demande d’accès" not in signed_in(other).get("/").text


def test_while_nobody_animates_it_waits_on_the_home_of_the_administrators(db, signed_in):
    AccessRequestFactory()
    assert "1 demande d’accès" in signed_in(UserFactory(administrator=True, signs_in=True)).get("/").text


def test_accepted_it_becomes_a_person_with_a_position_and_an_invitation(people, animator):
    request = AccessRequestFactory(email="anne@exemple.example", organisation_name="LE RAMEAU")
    address = f"/membres/demandes/{request.public_id}/"
    data = form_to(animator.get(address), address).data
    rameau = Organisation.objects.get(slug="le-rameau")
    assert data["accept-organisation"] == [str(rameau.pk)]
    response = answering(animator, request, **{**data, "accept-role": "observer"})
    made = User.objects.get(email="anne@exemple.example")
    assert response.redirect_chain[-1][0] == f"/membres/personnes/{made.public_id}/"
    assert (made.positions.get().organisation, made.positions.get().role) == (rameau, "observer")
    assert Invitation.objects.get().user == made
    assert "a reçu une réponse" in animator.get(address, follow=True).text
    response = answering(animator, request, **{"refuse-reason": "Trop tard."})
    request.refresh_from_db()
    assert (request.state, request.answered_by, request.person) == ("accepted", people.animator, made)


def test_accepted_for_somebody_known_it_adds_the_position_alone(people, signed_in, animator):
    signed_in(people.outsider)
    request = AccessRequestFactory(email=people.outsider.email)
    page = animator.get(f"/membres/demandes/{request.public_id}/").text
    assert people.outsider.get_full_name() in page
    atelier = Organisation.objects.get(slug="atelier")
    answering(animator, request, **{"accept-organisation": atelier.pk, "accept-role": "representative"})
    assert people.outsider.positions.get().organisation == atelier
    assert not Invitation.objects.exists()


def test_refused_it_says_why_by_mail(people, animator):
    request = AccessRequestFactory(email="anne@exemple.example")
    assert answering(animator, request, **{"refuse-reason": " "}).status_code == 422
    answering(animator, request, **{"refuse-reason": "L’espace est complet\ncette année."})
    mail = OutboxMessage.objects.get()
    assert mail.to == ["anne@exemple.example"]
    assert "L’espace est complet\ncette année." in mail.text
    assert not User.objects.filter(email="anne@exemple.example").exists()
    assert "L’espace est complet" in animator.get("/membres/demandes/").text
