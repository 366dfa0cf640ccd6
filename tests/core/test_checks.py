"""A connection that breaks while a rule is checked is told as that, never as a rule that was broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from core.reports.models import Report
from core.reports.services import request_report
from sessions_app.documents import SESSION_REPORT
from tests import factories
from tests.support.people import People

CHECK = '"_check"'


class Breaking:
    """Ends the connection, or the statement, just before Django asks whether a constraint holds."""

    def __init__(self, how: Callable[[Any], None]) -> None:
        self.how, self.met = how, 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if CHECK in str(sql):
            self.met += 1
            self.how(context["connection"].connection)
            sql, params = "SELECT pg_sleep(1)", None
        return execute(sql, params, many, context)


def lost(raw: Any) -> None:
    raw.pgconn.finish()


def out_of_time(raw: Any) -> None:
    raw.execute("SET LOCAL statement_timeout = 1")


@pytest.fixture
def version(transactional_db: None, people: People) -> Any:
    session = factories.SessionFactory(items=1)
    factories.MinutesFactory(session=session)
    return factories.MinutesVersionFactory(session=session, author=people.animator, organisation=people.animating)


@pytest.mark.parametrize("how", [lost, out_of_time])
def test_a_rule_that_was_not_checked_was_not_broken(version: Any, people: People, how: Callable[[Any], None]) -> None:
    breaking = Breaking(how)
    with connection.execute_wrapper(breaking), pytest.raises(OperationalError):
        request_report(kind=SESSION_REPORT, subject_id=version.public_id, by=people.member, now=timezone.now())
    assert breaking.met == 1
    connection.close()
    assert Report.objects.count() == 0


def test_people_are_told_that_the_database_is_away(version: Any, people: People, signed_in: Any) -> None:
    client: Client = signed_in(people.member)
    address = f"/sessions/{version.session.number}/rapport/"
    with connection.execute_wrapper(Breaking(lost)):
        response = client.post(address, follow=True)
    connection.close()
    assert response.status_code == 503
    assert "déjà" not in response.content.decode()


@pytest.mark.django_db
def test_a_value_that_the_database_cannot_compute_with_is_as_before() -> None:
    user = User(email="x@exemple.example", first_name="A", last_name="B")
    user.full_clean(exclude=["password"])
