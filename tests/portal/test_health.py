"""What the machine is told of the portal's health, and what people see while PostgreSQL or Redis is away."""

from __future__ import annotations

import logging
import os
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings as configured
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.test import Client

from core.accounts import rights
from core.logs import BriefRefusals
from portal.environment import Environment


def ready(client: Client) -> tuple[int, dict[str, object]]:
    response = client.get("/health/ready")
    return response.status_code, response.json()


@pytest.fixture
def redis_away(settings) -> None:
    settings.CACHES = {
        "default": {**configured.CACHES["default"], "LOCATION": "unix:///nowhere/redis.sock"},
    }


def test_all_is_well(client, db):
    assert ready(client) == (200, {"status": "ok", "database": "ok", "redis": "ok", "warnings": []})


def test_with_one_role_the_triggers_alone_protect_and_that_is_said(client, one_role):
    status, told = ready(client)
    assert (status, told["database"]) == (200, "ok")
    assert told["warnings"] == ["one database role: the audit trail is protected by triggers alone"]


def test_without_redis_jobs_wait_and_pages_are_served(client, db, redis_away):
    status, told = ready(client)
    assert (status, told["redis"]) == (200, "does not serve")
    assert told["warnings"] == ["jobs wait until Redis serves again"]
    assert client.get("/compte/login/").status_code == 200


def test_without_postgresql_the_portal_lives_but_is_not_ready(client, database_away):
    assert client.get("/health/live").status_code == 200
    status, told = ready(client)
    assert (status, told["status"], told["database"]) == (503, "unavailable", "does not answer")


@pytest.mark.parametrize(
    ("cookie", "address"), [("", "/"), ("x" * 32, "/"), ("x" * 32, "/sessions/"), ("x" * 32, "/sessions/21/rapport/")]
)
def test_without_postgresql_a_page_says_so(database_away, cookie, address):
    client = Client(raise_request_exception=False)
    if cookie:
        client.cookies[configured.SESSION_COOKIE_NAME] = cookie
    response = client.get(address)
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "Sa base de données ne répond pas" in response.content.decode()


@pytest.mark.parametrize(
    ("error", "told"),
    [(rights.PermissionRefused(rights.NO_ROLE), False), (RequestDataTooBig("too much"), False), (KeyError("x"), True)],
)
def test_only_faults_are_logged_with_a_traceback(error, told):
    try:
        raise error
    except type(error):
        record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Forbidden", (), sys.exc_info())
    assert BriefRefusals().filter(record)
    assert bool(record.exc_info) is told


def test_an_address_that_cannot_be_read_is_no_event(people, signed_in, caplog):
    client = signed_in(people.animator)
    caplog.handler.addFilter(BriefRefusals())
    for address in ("/initiatives/?format=x", "/decisions/?format=x"):
        response = client.get(address)
        assert (response.status_code, "<h1>" in response.content.decode()) == (400, True), address
    assert [record.getMessage() for record in caplog.records] == []


def test_a_statement_of_a_page_ends_after_some_seconds_and_a_connection_is_not_waited_for(db, monkeypatch):
    def said(name: str) -> str:
        options = Environment().database("DATABASE_URL", "")["OPTIONS"]
        parameters = {**connection.get_connection_params(), **options}
        with psycopg.connect(**parameters) as own:
            assert own.info.get_parameters()["connect_timeout"] == "5"
            return own.execute(f"SHOW {name}").fetchone()[0]

    monkeypatch.delenv("PORTAL_STATEMENT_SECONDS", raising=False)
    assert said("statement_timeout") == "0"
    monkeypatch.setenv("PORTAL_STATEMENT_SECONDS", "30")
    assert (said("statement_timeout"), said("jit")) == ("30s", "off")


def test_the_container_asks_under_an_address_that_stands_in_a_file(tmp_path):
    """Nobody listens here: what counts is that it asked."""
    (tmp_path / "address").write_text("https://portail.example\n")
    variables = {name: value for name, value in os.environ.items() if name != "PORTAL_BASE_URL"}
    done = subprocess.run(
        [sys.executable, "deploy/healthy.py"],
        cwd=configured.BASE_DIR,
        env=variables | {"PORTAL_BASE_URL_FILE": str(tmp_path / "address")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
