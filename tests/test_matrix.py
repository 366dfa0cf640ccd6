"""Role × organisation × object × verb: every address against every role, by the tables in `tests/matrix/`.

Every answer is also read for words that are not out for who gets it (`tests/support/secrets.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import SIGN_IN, Row
from tests.support.addresses import all_addresses
from tests.support.pages import rows
from tests.support.people import ROLES
from tests.support.secrets import MEANT, forbidden, told_by
from tests.support.stage import Cookies, staged

ROWS = rows()


def test_every_address_is_classified():
    known = {address.name for address in all_addresses() if not address.redirects}
    told = {row.url for row in ROWS}
    assert sorted(known - told) == [], "these addresses have no row in tests/matrix/"
    assert sorted(told - known) == [], "these rows name no address"


def test_every_verb_is_classified():
    """Over all rows of an address, both GET and POST are told."""
    for method in ("get", "post"):
        told = {row.url for row in ROWS if getattr(row, method) is not None}
        silent = {row.url for row in ROWS} - told
        assert sorted(silent) == [], f"no row tells what {method.upper()} does"


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Scene, Cookies]]:
    with staged(django_db_blocker) as built:
        yield built


@pytest.mark.django_db  # without a test that says so, pytest-django makes no database
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_each_role_gets(stage, row):
    scene, cookies = stage
    address = reverse(row.url, args=row.arguments(scene)) + row.query
    found, expected, leaks = {}, {}, {}
    for method, wanted in (("get", row.get), ("post", row.post)):
        for role in ROLES if wanted else ():
            client = Client()
            client.cookies.load(cookies[role])
            with transaction.atomic():
                response = getattr(client, method)(address, row.data(scene) if method == "post" else None)
                transaction.set_rollback(True)
            found[method, role] = _outcome(response)
            if told := _told(response, row, role):
                leaks[method, role] = told
            expected[method, role] = wanted[role]
    assert found == expected
    assert leaks == {}, "words that are not out for these roles"


def _told(response: Any, row: Row, role: str) -> set[str]:
    """Secret words that `role` reads here and may not."""
    told = told_by(response) & forbidden(role)  # reading a file to its end also closes it
    return set() if (row.url, role) in MEANT else told


def _outcome(response) -> int | str:
    to = urlsplit(response.headers.get("Location", ""))
    if response.status_code == 302 and to.path == reverse("account_login") and to.query.startswith("next="):
        return SIGN_IN
    return response.status_code
