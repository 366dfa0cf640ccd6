"""The led start: steps read from the data, what waits by choice, the test mail; and the first mandate, once."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core import partial_dates
from core.accounts.models import User
from core.accounts.rights import PermissionRefused
from core.notifications import outbox
from core.notifications.enums import MailState
from core.notifications.models import OutboxMessage
from governance.founding.services import found
from governance.legal import supply
from governance.models import LegalIdentity, Mandate
from members.models import Organisation
from portal.models import StartMark
from portal.setup import steps
from portal.setup.services import BETWEEN
from tests import factories
from tests.support.forms import form_to
from tests.support.people import People
from tests.support.races import together

pytestmark = pytest.mark.django_db
START, MAIL, FOUND = "/administration/demarrage/", "/administration/demarrage/courriel/", "/gouvernance/premier-mandat/"
IDENTITY = {
    "publisher": "Association du Massif",
    "publisher_status": "Association loi 1901, RNA W123456789",
    "publisher_address": "1, place du Marché, 63000 Clermont-Ferrand",
    "publisher_contact": "contact@massif.example",
    "publication_director": "Anne Durand",
    "host": "Hébergeur",
    "host_address": "2, rue du Port, 59100 Roubaix",
    "host_contact": "01 23 45 67 89",
    "privacy_contact": "Anne Durand",
    "privacy_email": "rgpd@massif.example",
}


@pytest.fixture
def anne() -> User:
    return factories.UserFactory(email="anne@exemple.example", administrator=True, signs_in=True)


@pytest.fixture
def client(anne: User, signed_in: Any) -> Client:
    return signed_in(anne)


def states(user: User) -> dict[str, str]:
    found_steps = steps.start(user, timezone.now()).steps
    return {
        step.key: "done" if step.done else "later" if step.later else "open" if step.url else "waits"
        for step in found_steps
    }


def page(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def founding_organisation() -> Organisation:
    organisation = factories.OrganisationFactory(name="Association du Massif", member=True)
    factories.PositionFactory(organisation=organisation, user__signs_in=True)
    return organisation


def test_every_step_follows_from_the_data(anne: User) -> None:
    assert {name for name, state in states(anne).items() if state == "done"} == set()
    assert states(anne)["mandate"] == states(anne)["legal"] == states(anne)["cycle"] == "waits"
    factories.SpaceFactory()
    organisation = founding_organisation()
    assert states(anne) | {"people": "", "invitations": ""} == {
        "name": "done",
        "organisation": "done",
        "people": "",
        "mandate": "open",
        "legal": "waits",
        "mail": "open",
        "invitations": "",
        "cycle": "waits",
        "session": "waits",
    }
    found(organisation=organisation, by=anne, started_on=partial_dates.month(2026, 1), note="Acte", now=timezone.now())
    assert (states(anne)["mandate"], states(anne)["legal"], states(anne)["cycle"]) == ("done", "open", "waits")
    factories.PositionFactory(organisation=organisation, user=anne)  # who also animates
    assert states(User.objects.get(pk=anne.pk))["cycle"] == "open"
    supply(organisation=organisation, by=anne, values=IDENTITY, now=timezone.now())
    factories.SessionFactory()
    User.objects.exclude(pk=anne.pk).update(last_login=timezone.now())
    assert {name for name, state in states(anne).items() if state != "done"} == {"mail"}


def test_a_step_waits_and_is_taken_up_again(client: Client, anne: User) -> None:
    for _twice in range(2):
        assert client.post(f"{START}name/plus-tard/").status_code == 302
    assert states(anne)["name"] == "later"
    assert StartMark.objects.count() == 1
    client.post(f"{START}name/plus-tard/", {"again": "1"})
    assert states(anne)["name"] == "open"
    assert client.post(f"{START}autre/plus-tard/").status_code == 404


def test_the_checklist_stays_on_the_home_page_until_done(client: Client, anne: User) -> None:
    home = client.get("/")
    assert 'aria-labelledby="start"' in page(home)
    assert 'href="/administration/espace/"' in page(home)
    for key in steps.KEYS:
        client.post(f"{START}{key}/plus-tard/")
    assert 'aria-labelledby="start"' not in page(client.get("/"))
    assert page(client.get(START)).count("Reprendre") == len(steps.KEYS)


def test_others_see_no_checklist(people: People, signed_in: Any) -> None:
    for role in ("visitor", "outsider", "member", "animator"):
        assert "Démarrage de l’espace" not in page(signed_in(people.role(role)).get("/"))


# --- the first mandate -------------------------------------------------------------------------------------------


def send(client: Client, **changed: str) -> Any:
    form = form_to(client.get(FOUND), FOUND)
    organisation = Organisation.objects.first()
    values = {"organisation": str(organisation.pk), "started_on": "janvier 2026", "note": "Décision du 12 janvier"}
    return client.post(FOUND, {**form.data, **values, **changed})


def test_the_first_mandate_and_its_legal_identity(client: Client, anne: User) -> None:
    organisation = founding_organisation()
    response = send(client)
    mandate = Mandate.objects.get()
    assert (mandate.organisation, str(mandate.note)) == (organisation, "Décision du 12 janvier")
    assert mandate.started_on == partial_dates.month(2026, 1)
    assert timezone.localtime(mandate.starts_at).date() == dt.date(2026, 1, 1)
    address = f"/gouvernance/identite-legale/{organisation.slug}/"
    assert (response.status_code, response["Location"]) == (302, address)
    event = Mandate.pgh_event_model.objects.get()
    assert event.pgh_context["user"] == str(anne.public_id)

    assert client.get(address).status_code == 200
    assert client.post(address, IDENTITY).status_code == 302
    assert LegalIdentity.objects.get().publisher == "Association du Massif"
    assert "Association loi 1901, RNA W123456789" in page(Client().get("/mentions-legales/"))


def test_it_is_founded_once(client: Client) -> None:
    founding_organisation()
    assert send(client).status_code == 302
    again = client.get(FOUND)
    assert again.status_code == 403
    assert "est déjà confiée" in page(again)
    assert "par une passation" in page(again)
    assert client.post(FOUND, {}).status_code == 403


def test_by_an_administrator_alone(people: People, signed_in: Any) -> None:
    for role in ("member", "animator", "funder"):
        with pytest.raises(PermissionRefused):
            found(
                organisation=people.animating,
                by=people.role(role),
                started_on=partial_dates.month(2026, 1),
                note="x",
                now=timezone.now(),
            )


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"organisation": ""}, "organisation", "obligatoire"),
        ({"organisation": "999999"}, "organisation", "choix"),
        ({"started_on": ""}, "started_on", "obligatoire"),
        ({"started_on": "2099"}, "started_on", "dans l’avenir"),
        ({"started_on": "jamais"}, "started_on", ""),
        ({"note": " "}, "note", "obligatoire"),
        ({"note": "x" * 301}, "note", "300"),
    ],
)
def test_wrong_input_stands_at_its_field(client: Client, wrong: dict[str, str], field: str, told: str) -> None:
    founding_organisation()
    response = send(client, **wrong)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert told in page(response)
    assert not Mandate.objects.exists()


def test_an_organisation_without_a_representative_cannot_be_chosen(client: Client) -> None:
    factories.OrganisationFactory(member=True)
    assert "saisissez d’abord l’organisation" in page(client.get(FOUND))
    assert list(send(client).context["form"].errors) == ["organisation"]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_at_once_found_one_mandate() -> None:
    first = factories.UserFactory(administrator=True)
    second = factories.UserFactory(administrator=True)
    organisation = founding_organisation()

    def by(user: User) -> Any:
        return found(
            organisation=organisation,
            by=user,
            started_on=partial_dates.month(2026, 1),
            note=user.email,
            now=timezone.now(),
        )

    results = together(lambda: by(first), lambda: by(second), refusals=(PermissionRefused,))
    assert sorted(type(result).__name__ for result in results) == ["Mandate", "PermissionRefused"]
    assert Mandate.objects.count() == 1


def test_an_administrator_writes_the_legal_pages_of_who_animates_alone(people: People, signed_in: Any) -> None:
    client = signed_in(people.administrator)
    assert client.get(f"/gouvernance/identite-legale/{people.animating.slug}/").status_code == 200
    assert client.get(f"/gouvernance/identite-legale/{people.formerly_animating.slug}/").status_code == 403


# --- the test mail -----------------------------------------------------------------------------------------------


def test_a_test_mail_says_what_the_transport_answered(client: Client, anne: User, settings: Any) -> None:
    assert client.post(MAIL, {"send": "1"}).status_code == 302
    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.subject, mail.state) == ([anne.email], "Courriel d’essai du portail", MailState.QUEUED)
    assert "Rien encore." in page(client.get(MAIL))
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    outbox.send(message_id=mail.pk, now=timezone.now())
    mail.refresh_from_db()
    assert "refused" in mail.problem
    assert mail.problem in page(client.get(MAIL))
    assert "Est-il arrivé" not in page(client.get(MAIL))

    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    outbox.send(message_id=mail.pk, now=timezone.now() + dt.timedelta(hours=1))
    assert "Il a pris le courriel le" in page(client.get(MAIL))
    assert states(anne)["mail"] == "open"
    assert client.post(MAIL, {"arrived": "1"}).status_code == 302
    assert states(anne)["mail"] == "done"


def test_a_second_one_waits_a_moment(client: Client) -> None:
    client.post(MAIL, {"send": "1"})
    response = client.post(MAIL, {"send": "1"}, follow=True)
    assert "vient d’être écrit" in page(response)
    assert OutboxMessage.objects.count() == 1
    OutboxMessage.objects.update(created_at=timezone.now() - BETWEEN)
    client.post(MAIL, {"send": "1"})
    assert OutboxMessage.objects.count() == 2
