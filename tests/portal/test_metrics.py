"""What Prometheus reads: only with the token, each request once, and the state of jobs, mails and queues as it is."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from core import metrics
from core.notifications.enums import MailState
from core.notifications.models import OutboxMessage
from core.tasks import canary
from tests.support.people import People

TOKEN = "a-token-of-the-test"


@pytest.fixture
def read(settings: Any) -> Any:
    """{(name, labels as pairs): value} of the page as Prometheus asks for it."""
    settings.METRICS_TOKEN = TOKEN

    def read() -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
        response = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert (response.status_code, response["Content-Type"].split(";")[0]) == (200, "text/plain")
        families = text_string_to_metric_families(response.content.decode())
        return {(row.name, frozenset(row.labels.items())): row.value for each in families for row in each.samples}

    return read


def one(found: dict[Any, float], name: str, **labels: str) -> float:
    return found.get((name, frozenset(labels.items())), 0)


def test_without_a_token_the_address_does_not_exist(client: Client, db: None) -> None:
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize("sent", ["", "Bearer ", "Bearer a-token-of-the-tesT", f"Basic {TOKEN}", TOKEN])
def test_another_token_is_refused(client: Client, db: None, settings: Any, sent: str) -> None:
    settings.METRICS_TOKEN = TOKEN
    response = client.get("/metrics", headers={"Authorization": sent})
    assert (response.status_code, response.content) == (401, b"")


def test_a_request_counts_once_under_its_route(people: People, signed_in: Any, read: Any) -> None:
    before, browser = read(), signed_in(people.member)
    browser.get("/sessions/?q=Durand")
    after, labels = read(), {"method": "GET", "route": "sessions:list"}
    for name, extra in [("portal_requests_total", {"status": "200"}), ("portal_request_seconds_count", {})]:
        assert one(after, name, **labels, **extra) - one(before, name, **labels, **extra) == 1
    assert one(after, "portal_request_queries_total", **labels) > one(before, "portal_request_queries_total", **labels)
    assert not any("Durand" in value for _, pairs in after for _, value in pairs)


def test_an_address_that_leads_nowhere_has_no_route(client: Client, db: None, read: Any) -> None:
    labels = {"method": "GET", "route": "", "status": "404"}
    before = read()
    client.get("/nulle-part-du-tout/")
    assert one(read(), "portal_requests_total", **labels) - one(before, "portal_requests_total", **labels) == 1


def test_a_wrong_password_is_a_refused_sign_in(people: People, client: Client, read: Any) -> None:
    before = read()
    client.post("/compte/login/", {"login": people.member.email, "password": "faux-mot-de-passe"})
    assert one(read(), "portal_sign_ins_refused_total") - one(before, "portal_sign_ins_refused_total") == 1


def test_what_waits_in_the_outbox(db: None, read: Any) -> None:
    now = timezone.now()
    for number, state in enumerate((MailState.QUEUED, MailState.QUEUED, MailState.UNCERTAIN)):
        OutboxMessage.objects.create(
            to=["a@exemple.org"],
            subject="S",
            text="T",
            kind="portal.test",
            message_id=f"<{number}@exemple.org>",
            state=state,
            created_at=now - dt.timedelta(hours=1),
        )
    found = read()
    assert [one(found, "portal_mails", state=state) for state in ("queued", "uncertain", "sent")] == [2, 1, 0]
    assert 3600 <= one(found, "portal_oldest_mail_seconds") < 3700
    assert one(found, "portal_database_up") == 1


def test_how_long_a_queue_has_been_silent(db: None, read: Any) -> None:
    canary(queue="mail")
    found = read()
    assert 0 <= found["portal_queue_silent_seconds", frozenset({("queue", "mail")})] < 60
    assert ("portal_queue_silent_seconds", frozenset({("queue", "reports")})) not in found  # never came home


def test_a_lost_lease_is_told_by_whichever_web_server_is_asked(db: None, read: Any) -> None:
    before = read()
    metrics.lease_lost(), metrics.lease_lost()
    assert one(read(), "portal_leases_lost_total") - one(before, "portal_leases_lost_total") == 2


def test_without_the_database_that_is_told(database_away: None, read: Any) -> None:
    found = read()
    assert one(found, "portal_database_up") == 0
    assert ("portal_oldest_mail_seconds", frozenset()) not in found


def test_processes_of_one_server_add_up(tmp_path: Any) -> None:
    script = """
import os
from core import metrics
from portal.settings import METRICS_TOKEN
child = os.fork()
metrics.request_answered(method="GET", route="home", status=200, seconds=0.1, queries=3)
if not child:
    os._exit(0)
os.waitpid(child, 0)
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
registry = CollectorRegistry()
MultiProcessCollector(registry)
print(generate_latest(registry).decode())
"""
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert 'portal_requests_total{method="GET",route="home",status="200"} 2.0' in told
