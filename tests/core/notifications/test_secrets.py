"""Codes and personal links leave the outbox with the mail that carried them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from core.notifications import outbox
from core.notifications.enums import MailState
from core.notifications.link_mail import mail_link
from core.notifications.models import OutboxMessage
from portal import settings as settings_module
from tests import factories
from tests.core.notifications.smtp import HANG_UP, mail_server
from tests.support.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = settings_module.EMAIL_BACKEND
    settings.MAIL_TRANSPORT = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


def only() -> OutboxMessage:
    return OutboxMessage.objects.get()


def send(stored: OutboxMessage, now: dt.datetime | None = None) -> OutboxMessage:
    outbox.send(message_id=stored.pk, now=now or timezone.now())
    stored.refresh_from_db()
    return stored


def a_link(people: People) -> OutboxMessage:
    mail_link(
        people.member,
        view="sessions:dates-by-link",
        template="dates_link",
        title=lambda: "Quelles dates ?",
        context={"poll": SimpleNamespace(session=factories.SessionFactory(), note="", last_day=factories.days(3))},
        scope="dates",
        about=("session", people.member.public_id),
        expires_at=factories.moment(3),
        now=timezone.now(),
    )
    return only()


def a_reset(people: People) -> OutboxMessage:
    Client().post("/compte/password/reset/", {"email": people.member.email})
    return only()


def a_code(people: People) -> OutboxMessage:
    Client().post("/compte/login/code/", {"email": people.member.email})
    return only()


def secret_of(stored: OutboxMessage) -> str:
    code = re.search(r"^ {4}(\S+)$", stored.text, re.MULTILINE)
    return code[1] if code else re.search(r"https?://\S+/([0-9A-Za-z_-]{30,})/", stored.text)[1]


@pytest.mark.parametrize("write", [a_link, a_reset, a_code])
def test_the_mail_has_it_and_the_portal_no_longer(write: Any, people: People, folder: Path) -> None:
    stored = write(people)
    secret = secret_of(stored)
    assert stored.holds_secret
    assert send(stored).state == MailState.SENT
    (sent,) = folder.iterdir()
    assert secret in sent.read_text().replace("=\n", "")
    assert secret not in f"{stored.subject} {stored.text} {stored.html} {stored.secrets} {stored.headers}"
    assert "…" in stored.text
    assert stored.emptied_at is not None
    assert len(stored.text) > 50  # the rest can still be read


@pytest.mark.parametrize("write", [a_link, a_reset, a_code])
def test_an_uncertain_one_may_be_sent_again_for_a_day(
    write: Any, people: People, settings: Any, signed_in: Any
) -> None:
    stored, now = write(people), timezone.now()
    secret = secret_of(stored)
    OutboxMessage.objects.filter(pk=stored.pk).update(state=MailState.UNCERTAIN)
    outbox.requeue_stale(now=now + dt.timedelta(hours=23))
    stored.refresh_from_db()
    assert secret in stored.text
    outbox.requeue_stale(now=now + dt.timedelta(hours=25))
    stored.refresh_from_db()
    assert secret not in f"{stored.text} {stored.html} {stored.secrets}"
    factories.SpaceFactory()
    administrator = signed_in(people.administrator)
    page = administrator.get(f"/admin/mails/{stored.public_id}/").content.decode()
    assert "Le code ou le lien de ce courriel a été retiré du portail" in page
    assert "renvoyer" not in page
    administrator.post(f"/admin/mails/{stored.public_id}/renvoyer/")
    stored.refresh_from_db()
    assert stored.state == MailState.UNCERTAIN


def test_a_mail_without_secret_stays_as_it_was(people: People) -> None:
    from django.core.mail import send_mail

    send_mail("Une nouvelle", "Voir https://portail.example/sessions/22/", None, [people.member.email])
    stored = only()
    assert not stored.holds_secret
    send(stored)
    assert (stored.text, stored.emptied_at) == ("Voir https://portail.example/sessions/22/", None)


def test_a_server_that_hangs_up_leaves_what_may_be_sent_again(people: People, settings: Any) -> None:
    stored = a_code(people)
    secret = secret_of(stored)
    with mail_server(END=HANG_UP) as (port, _conduct):
        settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1
        assert send(stored).state == MailState.UNCERTAIN
    assert secret in stored.text
    assert outbox.resend(message_id=stored.pk, now=timezone.now()).state == MailState.QUEUED


def test_the_database_keeps_no_secret_of_a_sent_mail(people: People) -> None:
    stored = a_code(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.filter(pk=stored.pk).update(state=MailState.SENT, sent_at=timezone.now())
