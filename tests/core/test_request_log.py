"""One line a request, without anything of a person; one number that leads from an error page to what happened."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core import job_log, logs
from core.logs import JsonFormatter
from core.notifications import outbox, tasks
from core.queue import enqueue
from core.web.request_log import NUMBER_HEADER
from tests.support.people import People
from tests.support.worker import wait_for

NUMBER = re.compile(r"[0-9a-f]{12}")


@pytest.fixture
def lines(settings: Any) -> Iterator[Any]:
    """The log as a production portal writes it, as one dictionary a line."""
    settings.REQUEST_LOG = True
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    logger = logging.getLogger()
    logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logger.removeHandler(handler)


def test_a_request_is_one_line_by_its_route(people: People, signed_in: Any, lines: Any) -> None:
    response = signed_in(people.member).get("/recherche/?q=Durand&cle=geheim")
    (line,) = [line for line in lines() if line["logger"] == "core.requests"]
    assert set(line) == {
        *("at", "level", "logger", "message", "request"),
        *("method", "route", "status", "ms", "queries", "bytes"),
    }
    assert (line["method"], line["status"], line["bytes"]) == ("GET", response.status_code, len(response.content))
    assert line["queries"] > 0
    assert line["ms"] > 0
    assert NUMBER.fullmatch(line["request"])
    assert response[NUMBER_HEADER] == line["request"]
    assert line["at"].startswith(f"{timezone.now():%Y}")
    for personal in ("Durand", "geheim", people.member.email, people.member.get_full_name()):
        assert personal not in json.dumps(line, ensure_ascii=False)


@pytest.mark.parametrize(
    ("address", "route"),
    [("/sessions/", "sessions:list"), ("/compte/lien/Xq7Zw9kLmN3pRtVb/", "account_sign_in_link"), ("/nowhere/", "")],
)
def test_the_route_stands_for_the_address(db: None, client: Client, lines: Any, address: str, route: str) -> None:
    client.get(address)
    assert [line["route"] for line in lines() if line["logger"] == "core.requests"] == [route]
    assert "Xq7Zw9kLmN3pRtVb" not in json.dumps(lines())


def test_machines_that_ask_whether_it_lives_are_no_lines(db: None, client: Client, lines: Any) -> None:
    client.get("/health/live"), client.get("/health/ready")
    assert lines() == []


def test_where_it_is_switched_off_there_is_a_number_and_no_line(
    db: None, client: Client, lines: Any, settings: Any
) -> None:
    settings.REQUEST_LOG = False
    assert NUMBER.fullmatch(client.get("/compte/login/")[NUMBER_HEADER])
    assert lines() == []


def test_the_number_on_the_error_page_leads_to_the_traceback(
    db: None, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.home.members", lambda now: 1 / 0)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    number = response[NUMBER_HEADER]
    text = re.sub(r"\s+", " ", response.content.decode())
    assert f'Dites ce numéro, il mène à ce qui s’est passé : <strong class="num">{number}</strong>' in text
    told = {line["logger"]: line for line in lines()}
    assert told["django.request"]["request"] == told["core.requests"]["request"] == number
    assert "ZeroDivisionError" in told["django.request"]["exception"]


def test_each_request_has_its_own_and_nothing_stays(db: None, client: Client) -> None:
    numbers = {client.get("/compte/login/")[NUMBER_HEADER] for _ in range(3)}
    assert len(numbers) == 3
    assert logs.request_number.get() == ""


def test_a_number_sent_by_somebody_is_not_taken(db: None, client: Client) -> None:
    response = client.get("/compte/login/", headers={"x-request-id": "forged"})
    assert NUMBER.fullmatch(response[NUMBER_HEADER])


@pytest.mark.django_db(transaction=True)
def test_a_job_bears_the_number_of_the_request_that_queued_it(start_worker: Any) -> None:
    from django.core.mail import EmailMessage

    running = start_worker(PORTAL_REQUEST_LOG="yes")
    stored = outbox.put(EmailMessage("Bonjour", "x", to=["a@exemple.example"]), now=timezone.now())
    token = logs.request_number.set("abc123abc123")
    try:
        assert enqueue(tasks.send_mail, message_id=stored.pk)
    finally:
        logs.request_number.reset(token)
    line = re.compile(r"core\.notifications\.tasks\.send_mail SUCCESS, [\d.]+ ms \[abc123abc123\]")
    wait_for(lambda: line.search(running.log.read_text()), what=running.log.read_text)


def test_a_job_of_the_clock_that_finds_nothing_is_no_line(db: None, lines: Any) -> None:
    job_log._begin(task_id="1", task=tasks.requeue_stale_mail)
    job_log._end(task_id="1", task=tasks.requeue_stale_mail, state="SUCCESS")
    job_log._begin(task_id="2", task=tasks.requeue_stale_mail)
    job_log._end(task_id="2", task=tasks.requeue_stale_mail, state="FAILURE")
    assert [(line["job"].rpartition(".")[2], line["state"]) for line in lines()] == [("requeue_stale_mail", "FAILURE")]
