"""Mails through a real worker: sent, found again, and told when nobody can know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from core.notifications import outbox
from core.notifications.enums import MailState
from core.notifications.models import OutboxMessage
from core.notifications.querysets import FORGOTTEN_AFTER
from portal import settings as settings_module
from portal.celery import app
from tests import factories
from tests.core.notifications.smtp import SILENCE, mail_server
from tests.support.people import People
from tests.support.worker import Worker, wait_for

CODE = re.compile(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", re.MULTILINE)


def state_of(stored: OutboxMessage) -> str:
    stored.refresh_from_db()
    return stored.state


def delivered(stored: OutboxMessage) -> bool:
    """Sent; on a busy machine the broker may not answer in time, and then the sweep, which beat runs, helps."""
    outbox.requeue_stale(now=timezone.now() + FORGOTTEN_AFTER)
    return state_of(stored) == MailState.SENT


def files_with(text: str) -> list[Path]:
    folder = Path(settings.EMAIL_FILE_PATH)
    return [file for file in folder.glob("*") if text.encode() in file.read_bytes()]


def written(subject: str) -> OutboxMessage:
    return outbox.put(EmailMessage(subject, "Bonjour.", to=["camille@exemple.example"]), now=timezone.now())


def test_the_worker_sends_what_was_written(worker: Worker) -> None:
    stored = written("Par le travailleur")
    wait_for(lambda: delivered(stored))
    assert len(files_with("Par le travailleur")) == 1


def test_what_an_emptied_broker_lost_is_found_again(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broker_away:
        broker_away.setattr(outbox, "enqueue", lambda task, **arguments: False)
        stored = written("Perdu puis vu")
    wait_for(lambda: delivered(stored))
    assert len(files_with("Perdu puis vu")) == 1


@pytest.fixture
def no_other_worker_takes_mail(transactional_db: None) -> Iterator[None]:
    """The worker that tests share leaves the queue alone, so that the test's own gets what it writes."""
    app.control.cancel_consumer("mail", reply=True, timeout=1)
    yield
    app.control.add_consumer("mail", reply=True, timeout=1)


@pytest.mark.usefixtures("no_other_worker_takes_mail")
def test_a_worker_killed_while_sending_leaves_the_mail_uncertain(start_worker: Any) -> None:
    with mail_server(END=SILENCE) as (port, conduct):
        worker = start_worker(PORTAL_EMAIL_URL=f"smtp://127.0.0.1:{port}")
        stored = written("Interrompu")
        wait_for(lambda: delivered(stored) or conduct.received)
        assert state_of(stored) == MailState.SENDING
        worker.kill()
    assert outbox.requeue_stale(now=timezone.now()) == 0
    assert state_of(stored) == MailState.SENDING  # the lease still runs
    outbox.requeue_stale(now=timezone.now() + outbox.LEASE)
    assert state_of(stored) == MailState.UNCERTAIN
    assert (stored.attempts, len(conduct.received)) == (1, 1)


def test_one_signs_in_with_the_code_of_the_mail_which_the_administrator_reads_without_it(
    worker: Worker, people: People, signed_in: Any, settings: Any
) -> None:
    settings.EMAIL_BACKEND = settings_module.EMAIL_BACKEND  # the test runner had put its own there
    factories.SpaceFactory()
    visitor = Client()
    visitor.post("/compte/login/code/", {"email": people.member.email})
    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.recipient) == ([people.member.email], people.member)
    wait_for(lambda: delivered(mail))
    sent = max(files_with(f"To: {people.member.email}"), key=lambda file: file.stat().st_mtime_ns)
    code = CODE.search(sent.read_text())
    assert code, sent.read_text()
    page = signed_in(people.administrator).get(f"/admin/mails/{mail.public_id}/").content.decode()
    text = re.search(r'<pre class="mail-text">(.*?)</pre>', page, re.DOTALL)
    assert text
    assert not CODE.search(text[1]), text[1]
    visitor.post("/compte/login/code/confirm/", {"code": code[1]})
    assert visitor.get("/membres/").status_code == 200
