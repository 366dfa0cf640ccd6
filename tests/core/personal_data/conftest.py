"""Jobs are done here and now, by no worker of another test."""

from __future__ import annotations

import pytest

from core import queue
from portal.celery import app


@pytest.fixture
def dead_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    queue.forget_silence()
    monkeypatch.setattr(app.conf, "broker_url", "redis+socket:///nowhere/redis.sock")
