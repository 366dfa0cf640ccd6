"""Role × organisation × object × verb: every address against every role, by the tables in `tests/matrix/`.

Every answer is also read for words that are not out for who gets it (`tests/support/secrets.py`), asked who may keep
it, and followed: a link asks the right that its page asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.matrix.scene import Scene
from tests.matrix.vocabulary import SIGN_IN, Row
from tests.support.addresses import all_addresses
from tests.support.pages import READING_ORDER, links_in, rows
from tests.support.people import ROLES
from tests.support.secrets import MEANT, forbidden, told_by
from tests.support.stage import Cookies, staged

ROWS = rows()
LINKS: dict[tuple[str, str], set[str]] = {}  # what the pages of the matrix lead to, by role and address
# Answered by 304 where the browser has it still: it keeps the file, but asks each time whether it may.
ASKED_EACH_TIME = {
    "members:organisation-logo",
    "funding:document",
    "funding:file-fetch",
    "funding:frozen-file",
    "governance:consultation-document",
    "governance:handover-document",
    "governance:handover-paper-file",
    "governance:left-file",
    "sessions:atom",
    "sessions:calendar-feed",
    "sessions:calendar-one",
    "sessions:material",
    "sessions:material-proposed-file",
    "sessions:minutes-public-feed",
    "sessions:minutes-public-file",
    "sessions:record-file",
    "sessions:report-draft-file",
    "sessions:report-file",
    "sessions:report-version-file",
    "sessions:signed-sheet",
    "sessions:signing-sheet-file",
    "watch:atom",
    "watch:document",
}
# The same for whoever asks, signed in or not.
FOR_EVERYBODY = {"icon", "open-data-file", *(row.url for row in ROWS if row.url.startswith("api:"))}


def test_every_address_is_classified():
    known = {address.name for address in all_addresses()}
    asked = {address.name for address in all_addresses() if not address.redirects}
    told = {row.url for row in ROWS}  # of an address that only leads on, a row may say whom it leads
    assert sorted(asked - told) == [], "these addresses have no row in tests/matrix/"
    assert sorted(told - known) == [], "these rows name no address"


def test_every_verb_is_classified():
    """Over all rows of an address, both GET and POST are told."""
    for method in ("get", "post"):
        told = {row.url for row in ROWS if getattr(row, method) is not None}
        silent = {row.url for row in ROWS} - told
        assert sorted(silent) == [], f"no row tells what {method.upper()} does"


LIMITED = {"members:invitation"}  # how often a code is sent is limited by whom it is sent to


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Scene, Cookies]]:
    with staged(django_db_blocker) as built:
        yield built


@pytest.mark.django_db  # without a test that says so, pytest-django makes no database
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_what_each_role_gets(stage, row):
    scene, cookies = stage
    address = reverse(row.url, args=row.arguments(scene)) + row.query
    found, expected, leaks, kept = {}, {}, {}, {}
    for method, wanted in (("get", row.get), ("post", row.post)):
        for role in ROLES if wanted else ():
            client = Client()
            client.cookies.load(cookies[role])
            if row.url in LIMITED:
                cache.clear()  # each role asks as if it were the first
            with transaction.atomic():
                response = getattr(client, method)(address, row.data(scene) if method == "post" else None)
                transaction.set_rollback(True)
            found[method, role] = _outcome(response)
            if told := _told(response, row, role):
                leaks[method, role] = told
            if method == "get" and response.status_code == 200 and not response.streaming:
                LINKS[role, address] = links_in(response)
            if role != "visitor" and not _is_kept_private(row, response):
                kept[method, role] = response.headers.get("Cache-Control")
            expected[method, role] = wanted[role]
    assert found == expected
    assert leaks == {}, "words that are not out for these roles"
    assert kept == {}, "somebody's browser or a proxy may keep this"


def _told(response: Any, row: Row, role: str) -> set[str]:
    """Secret words that `role` reads here and may not."""
    told = told_by(response) & forbidden(role)  # reading a file to its end also closes it
    return set() if (row.url, role) in MEANT else told


def _outcome(response) -> int | str:
    to = urlsplit(response.headers.get("Location", ""))
    if response.status_code == 302 and to.path == reverse("account_login") and to.query.startswith("next="):
        return SIGN_IN
    return response.status_code


def _is_kept_private(row: Row, response: Any) -> bool:
    told = set(re.split(r",\s*", response.headers.get("Cache-Control", "")))
    if row.url in FOR_EVERYBODY:
        return "public" in told or "no-store" in told
    return {"private", "no-store"} <= told or (row.url in ASKED_EACH_TIME and {"private", "no-cache"} <= told)


@pytest.mark.django_db
@pytest.mark.parametrize("row", [row for row in ROWS if row.get], ids=str)
def test_head_is_answered_as_get_without_a_body(stage, row):
    scene, cookies = stage
    address = reverse(row.url, args=row.arguments(scene)) + row.query
    role = next((role for role in READING_ORDER if row.get[role] == 200), "member")
    client = Client()
    client.cookies.load(cookies[role])
    response = client.head(address)
    assert (_outcome(response), response.getvalue()) == (row.get[role], b"")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a_link_asks_the_right_that_its_page_asks(stage, role):
    """Follows every link and every form sent by GET of every page of the matrix that `role` may read."""
    scene, cookies = stage
    client = Client()
    client.cookies.load(cookies[role])

    def asked(address: str) -> Any:
        with transaction.atomic():
            response = client.get(address)
            transaction.set_rollback(True)
        if response.streaming:
            response.getvalue()  # reading a file to its end closes it
        return response

    from_page: dict[str, str] = {}
    for row in ROWS:
        if row.get and row.get[role] == 200 and not row.file:
            address = reverse(row.url, args=row.arguments(scene)) + row.query
            for link in LINKS.get((role, address)) or links_in(asked(address)):
                from_page.setdefault(link, address)
    refused = {
        link: f"{status} from {page}"
        for link, page in sorted(from_page.items())
        if (status := asked(link).status_code) in (403, 404)
    }
    assert refused == {}
