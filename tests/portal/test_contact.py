"""Whoever reads the public home can write to the people who animate the space today."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client

from core.notifications.models import OutboxMessage
from core.web.one_time_keys import FIELD
from portal import settings as settings_module
from portal.personal_data import COOKIES
from tests import factories
from tests.support.forms import form_to
from tests.support.people import People

pytestmark = pytest.mark.django_db
CONTACT = "/contact/"
TYPED = {
    "name": "Nora Petit",
    "organisation": "L’Établi",
    "email": "nora@etabli.example",
    "text": "Bonjour,\n\nnous aimerions <rejoindre> l’espace.",
}


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = settings_module.EMAIL_BACKEND
    factories.SpaceFactory()


def filled(client: Client) -> dict[str, Any]:
    return {**form_to(client.get(CONTACT), CONTACT).data, **TYPED}


def recipients() -> list[list[str]]:
    return list(OutboxMessage.objects.order_by("pk").values_list("to", flat=True))


def test_the_home_of_visitors_leads_there(client: Client, people: People) -> None:
    assert f'href="{CONTACT}"' in client.get("/").content.decode()
    page = client.get(CONTACT).content.decode()
    assert "Fondation des Territoires anime l’espace aujourd’hui" in page


def test_a_message_goes_to_who_animates_today_and_the_answer_to_who_wrote(client: Client, people: People) -> None:
    response = client.post(CONTACT, filled(client), follow=True)
    assert response.redirect_chain == [(CONTACT, 302)]
    assert "Votre message est en route" in response.content.decode()
    assert recipients() == [[people.animator.email]]
    sent = OutboxMessage.objects.get()
    assert (sent.subject, sent.headers["Reply-To"]) == ("Message envoyé par Nora Petit", "nora@etabli.example")
    assert "nous aimerions <rejoindre> l’espace." in sent.text
    assert "nous aimerions &lt;rejoindre&gt; l’espace." in sent.html


def test_it_follows_the_mandate(client: Client, people: People) -> None:
    factories.MandateFactory(organisation=people.formerly_animating, starts_at=factories.moment(-1), started_on=None)
    client.post(CONTACT, filled(client))
    assert recipients() == [[people.former_animator.email]]


def test_without_anybody_it_goes_to_the_address_of_the_space(client: Client, db: None) -> None:
    client.post(CONTACT, filled(client))
    assert recipients() == [["contact@espace.example"]]


def test_sent_twice_it_arrives_once(client: Client, people: People, signed_in: Any) -> None:
    for sender in (client, signed_in(people.member)):
        OutboxMessage.objects.all().delete()
        data = filled(sender)
        assert data[FIELD]
        assert [sender.post(CONTACT, data).status_code for _ in range(2)] == [302, 302]
        assert len(recipients()) == 1


def test_much_from_one_place_is_refused(client: Client, people: People) -> None:
    statuses = [client.post(CONTACT, filled(client)).status_code for _ in range(7)]
    assert statuses == [302] * 5 + [429] * 2
    assert len(recipients()) == 5


@pytest.mark.parametrize(
    "wrong",
    [{"email": "nora"}, {"text": ""}, {"name": ""}, {"text": "x" * 4001}, {"email": "a@b.example\nBcc: c@d.example"}],
)
def test_what_is_missing_or_wrong_is_told(client: Client, people: People, wrong: dict[str, str]) -> None:
    response = client.post(CONTACT, {**filled(client), **wrong})
    assert response.status_code == 422
    assert recipients() == []


def test_a_line_end_in_a_name_makes_no_header(client: Client, people: People) -> None:
    client.post(CONTACT, {**filled(client), "name": "Nora\r\nBcc: c@d.example"})
    assert OutboxMessage.objects.get().subject == "Message envoyé par Nora Bcc: c@d.example"


def test_a_form_of_another_site_is_refused(people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(CONTACT, TYPED).status_code == 403


def test_the_privacy_page_names_every_cookie(client: Client, people: People) -> None:
    """What is really set along the ways of a reader."""
    client.post(CONTACT, filled(client))
    seen = set(client.cookies)
    client.post("/langue/", {"language": "fr"})
    client.post("/apparence/", {"theme": "dark"})
    client.get("/compte/login/")
    client.post("/compte/login/", {"login": people.member.email, "password": factories.PASSWORD})
    seen |= set(client.cookies)
    assert (
        seen
        == {cookie.name for cookie in COOKIES}
        == {"sessionid", "csrftoken", "django_language", "theme", "messages"}
    )
    page = client.get("/donnees-personnelles/").content.decode()
    assert all(f"<code>{name}</code>" in page for name in seen)
    assert configured.SESSION_COOKIE_AGE == 14 * 24 * 3600  # "two weeks"


def test_the_statement_uses_the_words_of_the_law(client: Client, people: People) -> None:
    page = client.get("/accessibilite/").content.decode()
    assert "<h1>Accessibilité : non conforme</h1>" in page.replace("\xa0", " ")
    assert "conformément à l’article 47 de la loi" in page
    assert 'href="/contact/"' in page
