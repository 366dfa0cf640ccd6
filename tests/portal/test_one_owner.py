"""One owner of an address: who was invited owns it before the first sign-in, and nobody else can claim it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from core.accounts.addresses import normal
from core.accounts.models import User
from tests import factories
from tests.support.races import together

EMAIL, CONFIRM, AGAIN = "/compte/email/", "/compte/confirm-email/", "/compte/reauthenticate/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mails_at_once(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def invited() -> User:
    return factories.UserFactory(email="anne.dubois@bücher.example")


@pytest.fixture
def curious() -> Client:
    """Somebody with an account, who has just confirmed that it is he."""
    user = factories.UserFactory(email="curieux@exemple.example", signs_in=True)
    return confirmed(user)


def confirmed(user: User) -> Client:
    client = Client()
    client.post("/compte/login/", {"login": user.email, "password": factories.PASSWORD})
    client.post(AGAIN, {"password": factories.PASSWORD})
    return client


def add(client: Client, address: str) -> Any:
    return client.post(EMAIL, {"email": address, "action_add": ""}, follow=True)


def code_in(message: Any) -> str:
    return re.search(r"^ {4}(\S+)$", message.body, re.MULTILINE)[1]


def without_what_differs(response: Any, address: str) -> str:
    page = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"', "", response.content.decode())
    return page.replace(address, "…")


def test_an_invitation_owns_its_address(invited: User) -> None:
    address = EmailAddress.objects.get(user=invited)
    assert (address.email, address.primary, address.verified) == (invited.email, True, False)


def test_a_correct_code_confirms_it_and_nothing_more_is_asked(client: Client, invited: User) -> None:
    client.post("/compte/login/code/", {"email": invited.email})
    response = client.post("/compte/login/code/confirm/", {"code": code_in(mail.outbox[0])})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(invited.pk)
    assert EmailAddress.objects.get(user=invited).verified
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "anne.dubois@bücher.example",
        "Anne.DUBOIS@BÜCHER.example",
        "anne.dubois@bu\u0308cher.example",  # the accent apart
        "anne.dubois@xn--bcher-kva.example",
        " ANNE.dubois@xn--BCHER-kva.example ",
    ],
)
def test_nobody_else_claims_it_however_it_is_written(curious: Client, invited: User, typed: str) -> None:
    mail.outbox.clear()
    response = add(curious, typed)
    assert response.redirect_chain == [(CONFIRM, 302)]
    assert [(message.to, message.subject) for message in mail.outbox] == [([invited.email], "Vous avez déjà un compte")]
    for code in ("123456", curious.session["account_email_verification_code"]["code"]):
        curious.post(CONFIRM, {"code": code})
    assert list(EmailAddress.objects.filter(email=invited.email).values_list("user", "verified")) == [
        (invited.pk, False)
    ]
    assert "code" not in mail.outbox[0].body.lower()


def test_the_page_answers_alike_for_a_known_and_an_unknown_address(invited: User) -> None:
    def answers(name: str, address: str) -> list[str]:
        client = confirmed(factories.UserFactory(email=f"{name}@exemple.example", last_name="Pareil", signs_in=True))
        pages = [add(client, address), client.get(EMAIL), client.post(CONFIRM, {"code": "000000"})]
        return [without_what_differs(page, address).replace(name, "…") for page in pages]

    assert answers("zzun", invited.email) == answers("zzdeux", "personne@exemple.example")


def test_one_own_address_may_be_added_told_and_made_the_main_one(curious: Client) -> None:
    mail.outbox.clear()
    add(curious, "Curieux+Portail@exemple.example")
    response = curious.post(CONFIRM, {"code": code_in(mail.outbox[0])}, follow=True)
    assert response.status_code == 200
    curious.post(EMAIL, {"email": "curieux+portail@exemple.example", "action_primary": ""})
    assert User.objects.get(last_login__isnull=False).email == "curieux+portail@exemple.example"
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (
        ["curieux@exemple.example"],
        "Votre adresse principale a changé",
    )


def test_a_tag_is_another_mailbox(curious: Client, invited: User) -> None:
    mail.outbox.clear()
    add(curious, "anne.dubois+x@bücher.example")
    assert [message.to for message in mail.outbox] == [["anne.dubois+x@bücher.example"]]
    assert not EmailAddress.objects.filter(email__contains="+x").exists()  # until the code is entered


def test_a_person_is_not_invited_at_an_address_that_somebody_has_added(curious: Client) -> None:
    user = User.objects.get(email="curieux@exemple.example")
    EmailAddress.objects.create(user=user, email="autre@exemple.example", verified=True)
    with pytest.raises(ValidationError) as refused:
        factories.UserFactory(email="AUTRE@exemple.example")
    assert list(refused.value.message_dict) == ["email"]


def test_the_database_knows_one_owner(invited: User) -> None:
    other = factories.UserFactory()
    for email in (invited.email, invited.email.upper()):
        with pytest.raises(IntegrityError), transaction.atomic():
            EmailAddress.objects.create(user=other, email=email)


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_one_address_at_once() -> None:
    """Each holds a code of the same new address: one gets it, the other is told."""
    clients = []
    for name in ("premiere", "seconde"):
        client = confirmed(factories.UserFactory(email=f"{name}@exemple.example", signs_in=True))
        add(client, "commune@exemple.example")
        cache.clear()  # of the limit on mails to one address
        clients.append(client)

    def confirm(client: Client) -> int:
        return client.post(CONFIRM, {"code": client.session["account_email_verification_code"]["code"]}).status_code

    assert set(together(*(lambda client=client: confirm(client) for client in clients))) <= {200, 302}
    assert EmailAddress.objects.filter(email="commune@exemple.example", verified=True).count() == 1


def test_the_normal_form() -> None:
    assert normal(" É.x@XN--BCHER-KVA.Example ") == "é.x@bücher.example"
    assert normal("x@xn--zz--.example") == "x@xn--zz--.example"
    assert normal("sans arobase") == "sans arobase"
