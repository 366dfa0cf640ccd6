"""Reports are tried on sessions: the kind that exists."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from core import queue
from core.reports import jobs, services
from core.reports.models import Report
from sessions_app.documents import SESSION_REPORT
from sessions_app.models import MinutesVersion
from tests import factories
from tests.support.people import People

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def space(db: None) -> None:
    from core.space import forget

    factories.SpaceFactory()
    forget()


@pytest.fixture
def version(people: People, space: None) -> MinutesVersion:
    """Published minutes of the 21st session, with an agenda of two items."""
    return publish(people, number=21)


def publish(people: People, **traits: Any) -> MinutesVersion:
    session = factories.SessionFactory(items=2, **traits)
    factories.MinutesFactory(session=session)
    return factories.MinutesVersionFactory(
        session=session, author=people.animator, organisation=people.animating, published_at=NOW
    )


@pytest.fixture(autouse=True)
def broker_may_be_asked() -> None:
    queue.forget_silence()


def ask(version: MinutesVersion, by: Any, **overrides: Any) -> Report:
    values = {"kind": SESSION_REPORT, "subject_id": version.public_id, "by": by, "now": timezone.now()}
    return services.request_report(**{**values, **overrides})


def make(report: Report) -> Report:
    """Does the worker's work here and now."""
    claimed = jobs.claim(report.pk, now=timezone.now())
    assert claimed is not None
    jobs.make(claimed)
    report.refresh_from_db()
    return report


@pytest.fixture
def dead_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker's address leads nowhere."""
    from portal.celery import app

    monkeypatch.setattr(app.conf, "broker_url", "redis+socket:///nowhere/redis.sock")
