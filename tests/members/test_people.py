"""People, their positions and who administers, sent as people send it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from core.accounts.models import User
from core.partial_dates import month
from members.models import Organisation, Position
from tests.factories import OrganisationFactory, PositionFactory, UserFactory, days
from tests.support.forms import form_to
from tests.support.people import People

pytestmark = pytest.mark.django_db
INVITE = "/membres/personnes/inviter/"


@pytest.fixture
def animator(people: People, signed_in: Any) -> Client:
    return signed_in(people.animator)


@pytest.fixture
def administrator(people: People, signed_in: Any) -> Client:
    return signed_in(people.administrator)


def send(client: Client, address: str, **typed: Any) -> Any:
    return client.post(address, {**form_to(client.get(address), address).data, **typed})


def errors(response: Any) -> list[str]:
    assert response.status_code == 422
    return [str(message) for messages in response.context["form"].errors.values() for message in messages]


def newcomer(**changes: Any) -> dict[str, Any]:
    atelier = Organisation.objects.get(slug="atelier")
    return {
        "first_name": "Anne",
        "last_name": "Le Goff",
        "email": "Anne.LeGoff@Exemple.example",
        "organisation": atelier.pk,
        "role": "substitute",
        "began_on": "novembre 2024",
        **changes,
    }


@pytest.mark.parametrize("role", ["animator", "administrator"])
def test_somebody_new_is_named_placed_and_invited(people, signed_in, role):
    client = signed_in(people.role(role))
    response = send(client, INVITE, **newcomer(send="on"))
    made = User.objects.get(email="anne.legoff@exemple.example")
    assert (response.status_code, response["Location"]) == (302, f"/membres/personnes/{made.public_id}/")
    position = made.positions.get()
    assert (position.role, position.began_on, position.period.lower) == (
        "substitute",
        month(2024, 11),
        dt.date(2024, 11, 1),
    )
    assert EmailAddress.objects.get(user=made).verified is False
    assert made.invitations.get().by_mail
    page = client.get(response["Location"]).text
    assert "Novembre 2024" in page
    assert "Aucune connexion à ce jour" in page


def test_an_address_has_one_owner_however_it_is_written(animator):
    UserFactory(email="anne@exämple.example", first_name="Anne", last_name="Première")
    for email in ("ANNE@exämple.example", "anne@xn--exmple-cua.example", " anne@EXÄMPLE.example "):
        (sentence,) = errors(send(animator, INVITE, **newcomer(email=email)))
        assert "Anne Première" in sentence
    assert send(animator, INVITE, **newcomer(email="anne+portail@exämple.example")).status_code == 302
    assert not Position.objects.filter(user__last_name="Première").exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"began_on": "2025", "ended_on": "2024"}, "La fonction se termine avant de commencer."),
        ({"began_on": "bientôt"}, "Écrivez un jour"),
        ({"email": "anne"}, "adresse"),
    ],
)
def test_what_cannot_be_is_told_and_nobody_is_made(animator, typed, sentence):
    response = send(animator, INVITE, **newcomer(**typed))
    (found,) = errors(response)
    assert sentence in found
    assert "Le Goff" in response.text
    assert not User.objects.filter(last_name="Le Goff").exists()


def test_a_second_position_may_not_meet_the_first(people, animator):
    address = f"/membres/personnes/{people.member.public_id}/fonctions/nouvelle/"
    atelier = Organisation.objects.get(slug="atelier")
    typed = {"organisation": atelier.pk, "role": "observer", "began_on": f"{days(-3):%d/%m/%Y}"}
    assert errors(send(animator, address, **typed)) == [
        "Cette personne occupe déjà une fonction dans cette organisation pendant une partie de cette période."
    ]
    other = OrganisationFactory()
    assert send(animator, address, **typed | {"organisation": other.pk}).status_code == 302
    assert people.member.positions.count() == 2


def test_the_last_representative_who_leaves_is_told(people, animator, signed_in):
    position = people.member.positions.get()
    address = f"/membres/personnes/{people.member.public_id}/fonctions/{position.public_id}/"
    assert "n’a pas d’autre représentant" in animator.get(address).text
    response = animator.post(
        address, {**form_to(animator.get(address), address).data, "ended_on": f"{days(-1):%d/%m/%Y}"}, follow=True
    )
    assert "Plus personne ne représente" in response.text
    assert signed_in(people.member).get("/membres/").status_code == 403
    PositionFactory(organisation=position.organisation)
    other = PositionFactory(organisation=position.organisation)
    address = f"/membres/personnes/{other.user.public_id}/fonctions/{other.public_id}/"
    assert "n’a pas d’autre représentant" not in animator.get(address).text


def test_a_position_entered_by_mistake_is_taken_back(people, animator):
    position = PositionFactory(user=people.outsider, organisation=people.animating)
    address = f"/membres/personnes/{people.outsider.public_id}/fonctions/{position.public_id}/retirer/"
    assert animator.post(address).status_code == 302
    assert not people.outsider.positions.exists()


def test_the_address_of_somebody_who_never_came_can_be_mended(animator):
    wrong = UserFactory(email="fuate@exemple.example")
    address = f"/membres/personnes/{wrong.public_id}/modifier/"
    assert send(animator, address, email="Faute@exemple.example").status_code == 302
    assert list(EmailAddress.objects.filter(user=wrong).values_list("email", flat=True)) == ["faute@exemple.example"]
    taken = UserFactory(email="prise@exemple.example")
    assert errors(send(animator, address, email=taken.email)) == [
        "Quelqu’un est déjà connu sous cette adresse électronique."
    ]


def test_who_came_already_keeps_the_address(people, signed_in, animator):
    signed_in(people.member)
    address = f"/membres/personnes/{people.member.public_id}/modifier/"
    assert send(animator, address, email="autre@exemple.example", first_name="Dominique").status_code == 302
    people.member.refresh_from_db()
    assert (people.member.first_name, people.member.email) == ("Dominique", "member@exemple.example")


def test_an_administrator_is_named_by_administrators_alone(people, animator, administrator):
    address = f"/membres/personnes/{people.member.public_id}/administration/"
    assert animator.post(address, {"administrator": "1"}).status_code == 403
    response = administrator.post(address, {"administrator": "1"}, follow=True)
    assert "administre désormais le portail" in response.text
    people.member.refresh_from_db()
    assert people.member.is_staff


def test_the_last_administrator_stays(people, administrator, signed_in):
    address = f"/membres/personnes/{people.administrator.public_id}/administration/"
    never_came = UserFactory(administrator=True)
    assert never_came.last_login is None
    response = administrator.post(address, {"administrator": ""}, follow=True)
    assert "nommez d’abord un autre administrateur" in response.text
    people.administrator.refresh_from_db()
    assert people.administrator.is_staff
    other = UserFactory(administrator=True, signs_in=True)
    signed_in(other)
    administrator.post(address, {"administrator": ""})
    people.administrator.refresh_from_db()
    assert not people.administrator.is_staff


def test_the_list_finds_who_never_came(people, animator, signed_in):
    signed_in(people.member)
    UserFactory(last_name="Absente")
    page = animator.get("/membres/personnes/?venu=jamais").text
    assert "Absente" in page
    assert people.member.email not in page
    page = animator.get("/membres/personnes/?fonction=non&q=abs").text
    assert "1 personne" in page
