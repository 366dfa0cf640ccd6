"""Out of a kind of mail as mail programs do it: one POST to the address in the header, without page or cookie."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.notifications import kinds, mails, outbox, services, unsubscribing
from core.notifications.enums import Delivery
from core.notifications.models import Notification, OutboxMessage, Preference
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
KIND, OTHER, ALWAYS = "sessions_app.announced", "sessions_app.changed", "sessions_app.cancelled"
VALUES = {"number": 21, "title": "Une session", "reason": "La neige"}


def tell(user: Any, kind: str = KIND) -> None:
    services.notify(kind=kind, users=[user], values=VALUES, now=timezone.now())


def path_in(mail: OutboxMessage) -> str:
    found = re.fullmatch(r"<http://127\.0\.0\.1:8000(/\S+)>", mail.headers["List-Unsubscribe"])
    assert found
    return found[1]


def one_click(path: str) -> int:
    """As RFC 8058 has it."""
    return Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"}).status_code


def test_one_click_ends_the_mails_of_that_kind_alone() -> None:
    person = UserFactory()
    tell(person)
    mail = OutboxMessage.objects.get()
    sent = outbox.rebuild(mail).message()
    assert sent["List-Unsubscribe"] == mail.headers["List-Unsubscribe"]
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = path_in(mail)
    assert Client().get(path).status_code == 200  # a scanner
    assert not Preference.objects.exists()
    for _time in range(2):
        assert one_click(path) == 200
    assert list(Preference.objects.values_list("user", "kind", "delivery")) == [(person.pk, KIND, Delivery.NEVER)]
    tell(person)
    tell(person, OTHER)
    assert sorted(OutboxMessage.objects.values_list("kind", flat=True)) == [KIND, OTHER]
    assert Notification.objects.filter(kind=KIND).count() == 2


def test_the_page_says_what_it_ends_and_has_one_button() -> None:
    person = UserFactory()
    tell(person)
    path = path_in(OutboxMessage.objects.get())
    page = Client().get(path).content.decode().replace("\u00a0", " ")
    assert "« Session annoncée » ne viendra plus par courriel." in page
    assert "C’est fait : « Session annoncée » ne vient plus par courriel." in Client().post(
        path
    ).content.decode().replace("\u00a0", " ")


def test_the_weekly_mail_ends_with_all_that_comes_in_it() -> None:
    person, now = UserFactory(), timezone.now()
    services.prefer(user=person, kind=KIND, delivery=Delivery.WEEKLY)
    tell(person)
    assert mails.send_digests(now=now + dt.timedelta(days=7)) == 1
    tell(person)
    assert one_click(path_in(OutboxMessage.objects.get())) == 200
    weekly = {kind.name for kind in kinds.registered() if kind.delivery == Delivery.WEEKLY}  # comes so unless chosen
    assert dict(Preference.objects.values_list("kind", "delivery")) == dict.fromkeys({KIND, *weekly}, Delivery.NEVER)
    assert mails.send_digests(now=now + dt.timedelta(days=14)) == 0


def test_what_is_told_whatever_one_prefers_has_no_such_header() -> None:
    tell(UserFactory(), ALWAYS)
    assert "List-Unsubscribe" not in OutboxMessage.objects.get().headers


def test_another_person_another_kind_or_a_sign_more_is_nobodys() -> None:
    person, other = UserFactory(), UserFactory()
    token = unsubscribing.token_of(person, KIND)
    forged = [
        other.public_id.hex + token[32:],
        unsubscribing.token_of(person, OTHER)[:-43] + token[-43:],
        token[:-1] + ("0" if token[-1] != "0" else "1"),
        token + "a",
        "é" * 3,
        "a",
    ]
    for text in forged:
        assert one_click(f"/notifications/desabonnement/{text}/") == 404
    person.is_active = False
    person.save()
    assert one_click(f"/notifications/desabonnement/{token}/") == 404
    assert not Preference.objects.exists()


def test_a_link_outlives_the_key_it_was_signed_with(settings: Any) -> None:
    person = UserFactory()
    token = unsubscribing.token_of(person, KIND)
    settings.SECRET_KEY, former = "y" * 60, settings.SECRET_KEY
    assert one_click(f"/notifications/desabonnement/{token}/") == 404
    settings.SECRET_KEY_FALLBACKS = [former]
    assert one_click(f"/notifications/desabonnement/{token}/") == 200
    assert Preference.objects.get().delivery == Delivery.NEVER
