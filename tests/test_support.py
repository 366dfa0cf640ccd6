"""The ground itself: a test that ought to fail does."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection

from core.accounts import rights
from tests import factories


def test_tests_run_as_the_application(db):
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        cursor.execute("TRUNCATE sessions_app_session CASCADE")


@pytest.mark.parametrize("round_", [1, 2])
def test_a_committed_test_leaves_nothing(transactional_db, round_):
    assert factories.OrganisationFactory._meta.model.objects.count() == 0
    factories.OrganisationFactory(member=True, with_scheme=True)


def test_reference_data_survives(transactional_db):
    from core.models import Region

    assert Region.objects.count() == 18


@pytest.mark.parametrize(
    ("name", "granted"),
    [
        ("sessions_app.view_session", {"observer", "member", "former_animator", "funder", "animator", "administrator"}),
        ("sessions_app.prepare_session", {"animator"}),
        ("accounts.administer", {"administrator"}),
    ],
)
def test_people_have_their_roles(people, name, granted):
    from tests.support.people import ROLES

    assert {role for role in ROLES if rights.allows(people.role(role), name)} == granted
