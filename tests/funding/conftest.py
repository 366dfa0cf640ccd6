"""A funder, who acts for it, and one funding it keeps; a test that needs others says so itself."""

from __future__ import annotations

import pytest

from portal.celery import app as celery
from tests import factories
from tests.funding import rows


@pytest.fixture
def funder():
    return rows.funder(member=True)


@pytest.fixture
def officer(funder):
    """Who acts for the funder."""
    return factories.PositionFactory(organisation=funder).user


@pytest.fixture
def line(funder):
    return rows.line(of=rows.initiative(prepared_by=funder), by=funder, due=())


@pytest.fixture
def dead_broker(monkeypatch):
    """No worker of another test takes the jobs of these."""
    monkeypatch.setattr(celery.conf, "broker_url", "redis+socket:///nowhere/redis.sock")
