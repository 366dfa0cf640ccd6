"""Every mail is written with its cause and sent once; what is not known is told."""

from __future__ import annotations

import datetime as dt
import email
import time
from email import policy
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.db import IntegrityError, transaction

from core.notifications import outbox, tasks
from core.notifications.enums import MOVES, MailState
from core.notifications.models import OutboxMessage
from core.queue import forget_silence
from core.transitions import MoveRefused
from portal import settings as settings_module
from portal.celery import app
from tests.core.notifications.smtp import HANG_UP, mail_server
from tests.factories import UserFactory

NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=2)

pytestmark = pytest.mark.django_db


def written(**values: Any) -> OutboxMessage:
    defaults = {"subject": "Été", "body": "Bonjour à tous.\n", "to": ["camille@exemple.example"]}
    return outbox.put(EmailMessage(**defaults | values), now=NOW)


@pytest.fixture
def smtp(settings: Any) -> Any:
    """`smtp(port)`: the portal sends through the server on that port."""

    def use(port: int) -> None:
        settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1

    return use


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MAIL_TRANSPORT = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


def attempt(stored: OutboxMessage, now: dt.datetime = NOW) -> str:
    outbox.send(message_id=stored.pk, now=now)
    stored.refresh_from_db()
    return stored.state


# --- writing -----------------------------------------------------------------------------------------------------


def test_any_mail_of_django_goes_into_the_outbox(settings: Any) -> None:
    assert settings_module.EMAIL_BACKEND == "core.notifications.backend.OutboxBackend"
    settings.EMAIL_BACKEND = settings_module.EMAIL_BACKEND  # the test runner had put its own there
    person = UserFactory(email="camille@exemple.example")
    assert send_mail("Votre code", "123456", None, ["Camille@exemple.example"]) == 1
    stored = OutboxMessage.objects.get()
    assert (stored.state, stored.subject, stored.text, stored.recipient) == ("queued", "Votre code", "123456", person)
    assert stored.sender == settings.DEFAULT_FROM_EMAIL
    assert stored.message_id.endswith("@portail.example>")


def test_a_mail_whose_cause_is_taken_back_was_never_written() -> None:
    with transaction.atomic():
        written()
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()


def test_a_header_with_a_line_end_is_refused_at_once() -> None:
    with pytest.raises(BadHeaderError):
        written(subject="a\nBcc: x@y.example")


@pytest.mark.django_db(transaction=True)
def test_the_number_is_queued_after_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    queued: list[dict[str, Any]] = []
    monkeypatch.setattr(outbox, "enqueue", lambda task, **kwargs: queued.append(kwargs))
    with transaction.atomic():
        stored = written()
        assert queued == []
    assert queued == [{"message_id": stored.pk}]


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_costs_at_most_two_seconds_and_no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_silence()
    with monkeypatch.context() as broken:
        broken.setattr(app.conf, "broker_url", "redis+socket:///nowhere/redis.sock")
        start = time.monotonic()
        for _ in range(3):
            written()
        assert time.monotonic() - start < 2
    forget_silence()
    assert OutboxMessage.objects.filter(state=MailState.QUEUED).count() == 3


# --- sending -----------------------------------------------------------------------------------------------------


def test_a_mail_arrives_as_it_was_written(smtp: Any) -> None:
    message = EmailMultiAlternatives(
        "Séance d’été",
        "Texte",
        to=["a@exemple.example"],
        cc=["b@exemple.example"],
        bcc=["c@exemple.example"],
        reply_to=["d@exemple.example"],
        headers={"X-Note": "1"},
    )
    message.attach_alternative("<p>Texte</p>", "text/html")
    message.attach("séance.ics", "BEGIN:VCALENDAR", "text/calendar")
    message.attach("a.pdf", b"%PDF-\xff", "application/pdf")
    stored = outbox.put(message, now=NOW)
    with mail_server() as (port, conduct):
        smtp(port)
        assert attempt(stored) == MailState.SENT
    assert stored.sent_at == NOW
    (raw,) = conduct.received
    arrived = email.message_from_bytes(raw, policy=policy.default)
    assert (arrived["Subject"], arrived["Message-ID"], arrived["Reply-To"]) == (
        "Séance d’été",
        stored.message_id,
        "d@exemple.example",
    )
    assert (arrived["X-Note"], arrived["Auto-Submitted"], arrived["Bcc"]) == ("1", "auto-generated", None)
    assert email.utils.parsedate_to_datetime(arrived["Date"]) == NOW
    assert arrived.get_body(("plain",)).get_content().strip() == "Texte"
    assert arrived.get_body(("html",)).get_content().strip() == "<p>Texte</p>"
    assert [part.get_filename() for part in arrived.iter_attachments()] == ["séance.ics", "a.pdf"]


def test_a_mail_goes_out_once(smtp: Any) -> None:
    stored = written()
    with mail_server() as (port, conduct):
        smtp(port)
        assert [attempt(stored), attempt(stored), attempt(stored, LATER)] == [MailState.SENT] * 3
    assert (len(conduct.received), stored.attempts) == (1, 1)


def test_mails_land_in_the_folder_of_a_local_portal(folder: Path) -> None:
    assert attempt(written(subject="Votre code")) == MailState.SENT
    (file,) = folder.iterdir()
    assert b"Subject: Votre code" in file.read_bytes()


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "END"])
def test_a_refusal_for_good_is_failed_with_the_servers_words(smtp: Any, step: str) -> None:
    stored = written()
    with mail_server(**{step: "550 no such person"}) as (port, _conduct):
        smtp(port)
        assert attempt(stored) == MailState.FAILED
    assert stored.problem == "550 no such person"


@pytest.mark.parametrize("step", ["CONNECT", "MAIL", "RCPT", "DATA", "END"])
def test_a_refusal_for_now_waits_longer_each_time_and_then_fails(smtp: Any, step: str) -> None:
    stored, now = written(), NOW
    with mail_server(**{step: "451 come back later"}) as (port, _conduct):
        smtp(port)
        for wait in outbox.WAITS:
            assert attempt(stored, now) == MailState.QUEUED
            assert stored.not_before == now + wait
            assert outbox.send(message_id=stored.pk, now=now) is None  # not before its time
            now += wait
        assert attempt(stored, now) == MailState.FAILED
    assert stored.problem == "451 come back later"


def test_a_server_that_is_away_is_tried_again(smtp: Any) -> None:
    smtp(1)
    stored = written()
    assert attempt(stored) == MailState.QUEUED
    assert "ConnectionRefusedError" in stored.problem
    with mail_server() as (port, conduct):
        smtp(port)
        assert attempt(stored, NOW + outbox.WAITS[0]) == MailState.SENT
    assert len(conduct.received) == 1


def test_a_lost_answer_is_uncertain_told_and_never_sent_again(smtp: Any) -> None:
    stored = written()
    with mail_server(END=HANG_UP) as (port, conduct):
        smtp(port)
        assert attempt(stored) == MailState.UNCERTAIN
        assert attempt(stored, LATER) == MailState.UNCERTAIN
        outbox.requeue_stale(now=LATER)
        assert attempt(stored, LATER) == MailState.UNCERTAIN
    assert len(conduct.received) == 1  # it had arrived
    assert "SMTPServerDisconnected" in stored.problem


def test_a_server_that_takes_the_mail_and_does_not_say_goodbye_has_taken_it(smtp: Any) -> None:
    stored = written()
    with mail_server(QUIT=HANG_UP) as (port, _conduct):
        smtp(port)
        assert attempt(stored) == MailState.SENT


# --- dead workers --------------------------------------------------------------------------------------------------


class WorkerDied(BaseException):
    """Nothing of the portal catches it, as nothing catches SIGKILL."""


def test_a_worker_that_died_before_sending_loses_nothing(smtp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = written()

    def die(*args: Any) -> None:
        raise WorkerDied

    with mail_server() as (port, _conduct), monkeypatch.context() as dying:
        smtp(port)
        dying.setattr(outbox, "rebuild", die)
        with pytest.raises(WorkerDied):
            outbox.send(message_id=stored.pk, now=NOW)
    assert outbox.requeue_stale(now=NOW + dt.timedelta(minutes=1)) == 0  # the lease still runs
    assert outbox.requeue_stale(now=NOW + outbox.LEASE) == 1
    with mail_server() as (port, conduct):
        smtp(port)
        assert attempt(stored, NOW + outbox.LEASE) == MailState.SENT
    assert (len(conduct.received), stored.attempts) == (1, 2)


def test_a_worker_that_died_while_sending_leaves_it_uncertain(smtp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = written()

    def die(*args: Any) -> None:
        raise WorkerDied

    with mail_server() as (port, conduct), monkeypatch.context() as dying:
        smtp(port)
        dying.setattr("django.core.mail.backends.smtp.EmailBackend.send_messages", die)
        with pytest.raises(WorkerDied):
            outbox.send(message_id=stored.pk, now=NOW)
    outbox.requeue_stale(now=NOW + outbox.LEASE)
    stored.refresh_from_db()
    assert (stored.state, stored.problem, conduct.received) == (MailState.UNCERTAIN, outbox.ENDED_SENDING, [])


def test_a_worker_that_wakes_up_too_late_sends_nothing(smtp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    stored, build = written(), outbox.rebuild

    def overtaken(message: OutboxMessage) -> Any:
        outbox.requeue_stale(now=NOW + outbox.LEASE)
        return build(message)

    with mail_server() as (port, conduct):
        smtp(port)
        monkeypatch.setattr(outbox, "rebuild", overtaken)
        assert outbox.send(message_id=stored.pk, now=NOW) is None
    assert conduct.received == []


@pytest.mark.django_db(transaction=True)
def test_what_the_broker_forgot_is_queued_again_and_only_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "enqueue", lambda task, **kwargs: False)  # the broker was away
    first, second = written(), written()
    queued: list[int] = []
    monkeypatch.setattr(outbox, "enqueue", lambda task, *, message_id: queued.append(message_id))
    assert outbox.requeue_stale(now=NOW + dt.timedelta(seconds=30)) == 0
    assert outbox.requeue_stale(now=NOW + dt.timedelta(seconds=60)) == 2
    assert outbox.requeue_stale(now=NOW + dt.timedelta(seconds=90)) == 0
    assert queued == [first.pk, second.pk]


def test_a_mail_that_always_kills_its_worker_is_given_up() -> None:
    stored = written()
    OutboxMessage.objects.update(attempts=len(outbox.WAITS) + 1, state="taken", token=stored.public_id, lease_until=NOW)
    outbox.requeue_stale(now=NOW)
    stored.refresh_from_db()
    assert (stored.state, stored.problem) == (MailState.FAILED, outbox.ENDED_BEFORE)


# --- states ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [MailState.FAILED, MailState.UNCERTAIN])
def test_an_administrator_may_send_it_once_more(state: MailState, smtp: Any) -> None:
    stored = written()
    OutboxMessage.objects.update(state=state, attempts=7, problem="x")
    outbox.resend(message_id=stored.pk, now=LATER)
    with mail_server() as (port, conduct):
        smtp(port)
        assert attempt(stored, LATER) == MailState.SENT
    assert stored.message_id.encode() in conduct.received[0]


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.SENT])
def test_other_mails_cannot_be_sent_again(state: MailState) -> None:
    stored = written()
    OutboxMessage.objects.update(state=state, sent_at=NOW if state == MailState.SENT else None)
    with pytest.raises(MoveRefused):
        outbox.resend(message_id=stored.pk, now=LATER)


def test_every_state_stands_in_the_table_of_moves() -> None:
    assert set(MOVES) == set(MailState)
    assert MOVES[MailState.SENT] == set()


@pytest.mark.parametrize("wrong", [{"state": "sent"}, {"sent_at": NOW}, {"state": "sending"}, {"lease_until": NOW}])
def test_the_database_ties_states_to_their_dates(wrong: dict[str, Any]) -> None:
    written()
    with pytest.raises(IntegrityError):
        OutboxMessage.objects.update(**wrong)


def test_tasks_take_numbers_and_whatever_a_later_version_adds(folder: Path) -> None:
    stored = written()
    OutboxMessage.objects.update(queued_at=None)
    tasks.send_mail(message_id=stored.pk, added_later=1)
    tasks.requeue_stale_mail(added_later=1)
    stored.refresh_from_db()
    assert stored.state == MailState.SENT
