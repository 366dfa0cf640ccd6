"""Role × organisation × object × verb: every address against every role, by the tables in `tests/matrix/`."""

from __future__ import annotations

import importlib
import pkgutil
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.urls import reverse

from tests import matrix
from tests.matrix.scene import build
from tests.matrix.vocabulary import SIGN_IN, Row
from tests.support.addresses import all_addresses
from tests.support.people import ROLES

MODULES = [importlib.import_module(f"tests.matrix.{found.name}") for found in pkgutil.iter_modules(matrix.__path__)]
ROWS: list[Row] = [row for module in MODULES for row in getattr(module, "ROWS", [])]


def test_every_address_is_classified():
    known = {address.name for address in all_addresses() if not address.redirects}
    rows = {row.url for row in ROWS}
    assert sorted(known - rows) == [], "these addresses have no row in tests/matrix/"
    assert sorted(rows - known) == [], "these rows name no address"


def test_every_verb_is_classified():
    """Over all rows of an address, both GET and POST are told."""
    for method in ("get", "post"):
        told = {row.url for row in ROWS if getattr(row, method) is not None}
        silent = {row.url for row in ROWS} - told - {"health-live", "health-ready"}
        assert sorted(silent) == [], f"no row tells what {method.upper()} does"


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_each_role_gets(people, signed_in, row):
    scene = build(people)
    address = reverse(row.url, args=row.arguments(scene)) + row.query
    found, expected = {}, {}
    for method, wanted in (("get", row.get), ("post", row.post)):
        for role in ROLES if wanted else ():
            client = signed_in(people.role(role))
            with transaction.atomic():
                response = getattr(client, method)(address, row.data(scene) if method == "post" else None)
                transaction.set_rollback(True)
            found[method, role] = _outcome(response)
            expected[method, role] = wanted[role]
    assert found == expected


def _outcome(response) -> int | str:
    to = urlsplit(response.headers.get("Location", ""))
    if response.status_code == 302 and to.path == reverse("account_login") and to.query.startswith("next="):
        return SIGN_IN
    return response.status_code
