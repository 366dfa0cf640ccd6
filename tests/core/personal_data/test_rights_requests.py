"""Somebody without an account exercises a right: written, confirmed by the mail's link, answered within the month."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from core import waiting
from core.notifications.models import Notification, OutboxMessage
from core.personal_data.models import RightsRequest
from tests.factories import RightsRequestFactory, UserFactory
from tests.support.forms import form_to
from tests.support.people import People

pytestmark = pytest.mark.django_db
ASK, LIST = "/donnees-personnelles/demande/", "/administration/donnees-personnelles/demandes/"
WORDS = {
    "right": "erasure",
    "name": "Anne Le Goff",
    "email": "Anne@Exemple.example",
    "words": "Mon nom figure dans un ordre du jour.",
}


def text(response: Any) -> str:
    return response.text.replace("\u00a0", " ").replace("\u202f", " ")


def ask(client: Client, **changes: Any) -> Any:
    return client.post(ASK, {**form_to(client.get(ASK), ASK).data, **WORDS, **changes}, follow=True)


def link_in(stored: OutboxMessage) -> str:
    return re.search(r"https?://[^/]+(/donnees-personnelles/demande/[-\w]+/)", stored.text)[1]


def test_from_a_visitor_to_the_answer(people: People, signed_in: Any) -> None:
    visitor = Client()
    assert "votre demande compte dès que vous l’y confirmez" in text(ask(visitor))
    admin = signed_in(people.administrator)
    assert "demande sur des données personnelles" not in text(admin.get("/"))  # nobody has confirmed it

    stored = OutboxMessage.objects.get(kind="personal_data.request")
    assert stored.to == ["anne@exemple.example"]
    link = link_in(stored)
    page = text(visitor.get(link))
    assert "Mon nom figure dans un ordre du jour." in page
    assert RightsRequest.objects.get().confirmed_at is None  # a scanner that follows the link changes nothing
    assert "au plus tard" in text(visitor.post(link))
    assert RightsRequest.objects.get().confirmed_at

    assert "1 demande sur des données personnelles" in text(admin.get("/"))
    assert [row.recipient for row in Notification.objects.all()] == [people.administrator]
    listed = text(admin.get(LIST))
    assert "Anne Le Goff" in listed
    assert re.search(r"encore (2[789]|3[01]) jours", listed)

    address = f"{LIST}{RightsRequest.objects.get().public_id}/"
    response = admin.post(address, {"answer": "done", "words": "C’est fait : votre nom est retiré."}, follow=True)
    assert "La réponse est en route." in text(response)
    answer = OutboxMessage.objects.filter(kind="personal_data.request").latest("pk")
    assert answer.to == ["anne@exemple.example"]
    assert "C’est fait : votre nom est retiré." in answer.text
    assert "CNIL" in answer.text
    assert "demande sur des données personnelles" not in text(admin.get("/"))
    assert "Il y a été répondu" in text(visitor.get(link))
    assert "C’est fait : votre nom est retiré." in text(admin.get(address))


def test_it_is_of_whom_the_address_was_when_it_was_confirmed(people: People, signed_in: Any) -> None:
    writer = UserFactory(email="anne@exemple.example", first_name="Anne", last_name="Le Goff")
    visitor = Client()
    ask(visitor)
    visitor.post(link_in(OutboxMessage.objects.get(kind="personal_data.request")))
    writer.email = "ailleurs@exemple.example"
    writer.save()
    EmailAddress.objects.filter(email="anne@exemple.example").delete()
    UserFactory(email="anne@exemple.example", first_name="Zoé", last_name="Après")
    page = text(signed_in(people.administrator).get(f"{LIST}{RightsRequest.objects.get().public_id}/"))
    assert f"/membres/personnes/{writer.public_id}/" in page
    assert "Zoé" not in page


def test_the_same_is_said_whoever_it_is(people: People) -> None:
    UserFactory(email="connue@exemple.example")
    pages = [
        [str(message) for message in ask(Client(), email=email).context["messages"]]
        for email in ("anne@exemple.example", "connue@exemple.example")
    ]
    assert pages[0] == pages[1]
    assert RightsRequest.objects.count() == 2


def test_sent_twice_it_arrives_once(people: People) -> None:
    client = Client()
    sent = {**form_to(client.get(ASK), ASK).data, **WORDS}
    client.post(ASK, sent)
    client.post(ASK, sent)
    assert RightsRequest.objects.count() == OutboxMessage.objects.count() == 1


def test_what_is_missing_is_told_and_nothing_is_lost(people: People) -> None:
    response = ask(Client(), email="non", right="")
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"email", "right"}
    assert "Mon nom figure dans un ordre du jour." in text(response)


def test_one_network_address_asks_five_times_an_hour(people: People) -> None:
    client = Client(REMOTE_ADDR="203.0.113.7")
    statuses = [ask(client, email=f"a{number}@exemple.example").status_code for number in range(6)]
    assert statuses == [200] * 5 + [429]
    assert RightsRequest.objects.count() == 5


def test_one_mailbox_gets_three_mails_a_day(people: People) -> None:
    """Whatever network they are asked from; other mailboxes are not concerned, however it is written."""
    places = [Client(REMOTE_ADDR=f"203.0.113.{number}") for number in range(5)]
    for client, email in zip(places, ["anne@exemple.example", "Anne@Exemple.example"] * 2, strict=False):
        response = ask(client, email=email)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["email"]
    assert "ou écrivez à nouveau demain" in text(response)
    assert [mail.to for mail in OutboxMessage.objects.all()] == [["anne@exemple.example"]] * 3
    assert ask(places[4], email="zoe@exemple.example").status_code == 200


def test_nobody_closes_the_form_to_others(people: People) -> None:
    RightsRequestFactory.create_batch(501, unconfirmed=True)
    assert ask(Client()).status_code == 200
    assert RightsRequest.objects.filter(email="anne@exemple.example").exists()


def test_the_mail_to_an_address_nobody_confirmed_holds_no_word_of_who_wrote(people: People) -> None:
    ask(Client(), name="Gagnez un million : exemple.example", words="Cliquez vite.")
    stored = OutboxMessage.objects.get()
    for part in (stored.subject, stored.text, stored.html):
        assert "million" not in part
        assert "Cliquez" not in part


def test_what_was_refused_can_be_sent_again_by_the_same_form(people: People) -> None:
    RightsRequestFactory.create_batch(3, email="anne@exemple.example", asked_at=timezone.now())
    client = Client()
    sent = {**form_to(client.get(ASK), ASK).data, **WORDS}
    assert client.post(ASK, sent).status_code == 422
    RightsRequest.objects.update(asked_at=timezone.now() - dt.timedelta(days=1))
    assert client.post(ASK, sent).status_code == 302
    assert RightsRequest.objects.filter(words=WORDS["words"]).count() == 1


def test_a_page_gone_back_to_with_other_words_is_another_request(people: People) -> None:
    client = Client()
    sent = {**form_to(client.get(ASK), ASK).data, **WORDS}
    client.post(ASK, sent)
    client.post(ASK, {**sent, "words": "Et rectifiez le compte rendu."})
    assert RightsRequest.objects.count() == 2


def test_a_link_holds_a_week_and_a_wrong_one_never(people: People) -> None:
    ask(Client())
    link = link_in(OutboxMessage.objects.get())
    RightsRequest.objects.update(asked_at=timezone.now() - dt.timedelta(days=7, minutes=1))
    for address in (link, f"{ASK}x{'y' * 42}/"):
        for method in ("get", "post"):
            response = getattr(Client(), method)(address)
            assert response.status_code == 404
            assert "Vous pouvez l’écrire à nouveau." in text(response)
    assert RightsRequest.objects.get().confirmed_at is None


@pytest.mark.parametrize(
    ("confirmed", "due"),
    [
        (dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC), dt.date(2026, 2, 28)),
        (dt.datetime(2026, 12, 15, 23, 30, tzinfo=dt.UTC), dt.date(2027, 1, 16)),  # half past midnight in Paris
        (dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC), dt.date(2026, 4, 1)),
    ],
)
def test_the_law_gives_one_month(confirmed: dt.datetime, due: dt.date) -> None:
    assert RightsRequest(confirmed_at=confirmed).due_on == due


def test_what_is_late_is_said_on_the_home_and_in_the_list(people: People, signed_in: Any) -> None:
    RightsRequestFactory(confirmed_at=timezone.now() - dt.timedelta(days=40))
    admin = signed_in(people.administrator)
    assert "jours de retard" in text(admin.get(LIST))
    (task,) = [task for task in waiting.tasks(people.administrator, timezone.now()) if task.url == LIST]
    assert task.is_overdue
    assert str(task.title) in text(admin.get("/"))


def test_two_administrators_answer_once(people: People, signed_in: Any) -> None:
    found = RightsRequestFactory()
    address, words = f"{LIST}{found.public_id}/", {"answer": "refused", "words": "Non."}
    admin = signed_in(people.administrator)
    admin.post(address, words)
    assert "Cette demande a reçu une réponse entre-temps." in text(admin.post(address, words, follow=True))
    assert OutboxMessage.objects.filter(kind="personal_data.request").count() == 1


def test_an_answer_has_its_evidence(people: People) -> None:
    found = RightsRequestFactory()
    with pytest.raises(IntegrityError, match="rights_request_answered"):
        RightsRequest.objects.filter(pk=found.pk).update(answer="done")
