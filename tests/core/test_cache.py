"""A Redis that answers with an error is as good as none: pages, sign-in and jobs go on. Real servers in each state."""

from __future__ import annotations

from typing import Any

import pytest
import redis
from django.core.cache import cache
from django.test import Client

from core import queue
from core.cache import forget_silence, trouble
from portal.celery import app
from tests import factories
from tests.core.test_queue import nothing
from tests.support.broker import Broker

pytestmark = pytest.mark.django_db


def full(server: redis.Redis) -> None:
    server.config_set("maxmemory", "1")


def denied(server: redis.Redis) -> None:
    server.acl_setuser("default", enabled=True, nopass=True, categories=["-@all"])


def read_only(server: redis.Redis) -> None:
    server.replicaof("127.0.0.1", "1")


@pytest.fixture(params=[full, denied, read_only])
def ailing(request: pytest.FixtureRequest, broker: Broker, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    broker.start()
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": broker.url}}
    monkeypatch.setattr(app.conf, "broker_url", broker.url.replace("unix://", "redis+socket://").split("?")[0])
    queue.forget_silence()
    cache.set("a", 1)
    request.param(redis.Redis.from_url(broker.url))
    yield
    queue.forget_silence()


def test_every_operation_is_a_miss(ailing: None) -> None:
    assert cache.add("b", 1) is True
    assert cache.get("b", "nothing") == "nothing"
    cache.set("c", 1)
    cache.set_many({"d": 1})
    assert cache.get_many(["c", "d"]) == {}
    assert cache.get_or_set("e", 5) == 5
    cache.delete_many(["a"])
    cache.touch("a")
    cache.delete("a")
    cache.has_key("a")
    assert trouble()


def test_pages_sign_in_and_jobs_go_on(ailing: None, people: Any) -> None:
    factories.SpaceFactory()
    client = Client()
    for address in ("/", "/compte/login/", "/api/v1/sessions/", "/donnees-ouvertes/"):
        assert client.get(address).status_code == 200, address
    sign_in = {"login": people.administrator.email, "password": factories.PASSWORD}
    assert client.post("/compte/login/", sign_in)["Location"] == "/"
    checks = {str(check.label): check.state for check in client.get("/admin/").context["checks"]}
    assert checks["Redis"] == "no"
    assert client.get("/health/ready").json()["redis"] == "does not serve"
    assert queue.enqueue(nothing, queue="nowhere") is False


def test_one_that_hangs_costs_a_second_once(
    broker: Broker, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, people: Any
) -> None:
    broker.start()
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": broker.url}}
    cache.get("a")
    broker.hang()
    factories.SpaceFactory()
    client = Client()
    sign_in = {"login": people.administrator.email, "password": factories.PASSWORD}
    assert client.post("/compte/login/", sign_in)["Location"] == "/"
    assert client.get("/").status_code == 200
    asked = [record for record in caplog.records if "The cache does not serve" in record.getMessage()]
    assert len(asked) == 1
    broker.go_on()
    forget_silence()
    cache.set("a", 2)
    assert cache.get("a") == 2
