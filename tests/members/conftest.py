"""What tests of this app share."""

from __future__ import annotations

import pytest

from portal.celery import app as celery


@pytest.fixture
def dead_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker of another test takes the jobs of these."""
    monkeypatch.setattr(celery.conf, "broker_url", "redis+socket:///nowhere/redis.sock")
