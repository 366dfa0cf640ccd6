"""What tests of this app share."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from core.accounts.models import User
from core.models import Region
from members.models import Position
from portal.celery import app as celery
from tests.factories import PositionFactory, RegionFactory, UserFactory
from tests.support.people import People


@pytest.fixture
def dead_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker of another test takes the jobs of these."""
    monkeypatch.setattr(celery.conf, "broker_url", "redis+socket:///nowhere/redis.sock")


@pytest.fixture
def animator(people: People, signed_in: Any) -> Client:
    return signed_in(people.animator)


@pytest.fixture
def regions() -> None:
    for code, name in (("53", "Bretagne"), ("84", "Auvergne-Rhône-Alpes")):
        if not Region.objects.filter(code=code).exists():
            RegionFactory(code=code, name=name)


@pytest.fixture
def leaver(people: People) -> Position:
    return people.member.positions.get()


@pytest.fixture
def successor(leaver: Position) -> User:
    return PositionFactory(
        user=UserFactory(first_name="Bruno", last_name="Keller", signs_in=True),
        organisation=leaver.organisation,
        substitute=True,
    ).user
