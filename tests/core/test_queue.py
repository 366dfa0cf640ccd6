"""The hand-over to the broker: quick, silent, and never the reason why a request fails."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import shared_task

from core import queue
from portal.celery import app


@shared_task(name="tests.nothing")
def nothing(**kwargs: object) -> None:
    pass


@pytest.fixture(autouse=True)
def may_be_asked() -> Iterator[None]:
    queue.forget_silence()
    yield
    queue.forget_silence()


def use_broker(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr(app.conf, "broker_url", url)


def seconds_for_a_hand_over() -> float:
    start = time.monotonic()
    assert queue.enqueue(nothing, queue="nowhere", thing=1) is False
    return time.monotonic() - start


def test_a_broker_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    use_broker(monkeypatch, "redis+socket:///nowhere/redis.sock")

    assert seconds_for_a_hand_over() < 2


def test_a_broker_that_hangs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "r.sock"))
        listener.listen()
        use_broker(monkeypatch, f"redis+socket://{tmp_path}/r.sock")

        assert seconds_for_a_hand_over() < 2
        assert seconds_for_a_hand_over() < 0.1  # not asked again so soon


def test_it_is_asked_again_after_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        use_broker(broken, "redis+socket:///nowhere/redis.sock")
        seconds_for_a_hand_over()
    assert queue.enqueue(nothing, queue="nowhere") is False

    monkeypatch.setattr(queue, "_PAUSE", 0)
    queue.forget_silence()
    assert queue.enqueue(nothing, queue="nowhere") is True
    with app.connection_for_write() as connection:
        assert connection.default_channel.client.delete("nowhere") == 1
