"""No line of a log holds what lets its reader act: every address with a secret argument is walked, in each way it may end."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from core import logs
from core.accounts.models import User
from tests import factories
from tests.support.addresses import all_addresses

SECRET = "Xq7-Zw_9kLmN3pRtVbYc5dFgHjK8sA2eU4iO6wE1yTa"
ADDRESSES = [address for address in all_addresses() if not address.redirects]


def secret_arguments(resolver: URLResolver, before: frozenset[str] = frozenset()) -> Iterator[tuple[URLPattern, set]]:
    for entry in resolver.url_patterns:
        names = before | set(entry.pattern.converters) | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from secret_arguments(entry, names)
        elif found := names & logs.SECRET_ARGUMENTS:
            yield entry, found


NAMES = {entry.name for entry, _arguments in secret_arguments(get_resolver())}
WITH_A_SECRET = [
    # `all_addresses` fills in "exemple", or "exemple-key" where the pattern is an expression
    re.sub(r"exemple(-\w+)?", "5", address.path, count=1).replace("exemple-key", SECRET)
    if address.of_allauth
    else address.path.replace("exemple", SECRET)
    for address in ADDRESSES
    if address.name.rpartition(":")[2] in NAMES
]


@pytest.fixture(params=["plain", "json"])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What the portal's own handler writes, with each of its formatters."""
    described = dict(settings.LOGGING["formatters"][request.param])
    make = import_string(described.pop("()"))
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(make(described.get("format")))
    root = logging.getLogger()
    level, root.level = root.level, logging.DEBUG
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def test_the_walk_finds_them() -> None:
    assert len(WITH_A_SECRET) >= 11
    assert all(SECRET in path for path in WITH_A_SECRET)


@pytest.mark.django_db
@pytest.mark.parametrize("path", WITH_A_SECRET)
def test_no_answer_leaves_it_in_the_log(path: str, written: io.StringIO, client: Client) -> None:
    client.raise_request_exception = False
    statuses = {client.get(path).status_code, client.get(f"{path}?format=x").status_code}
    for cut in (path[:-1], f"{path}).", f"{path}pas-la/", f"/sessions{path}"):
        statuses.add(client.get(cut).status_code)
    statuses.add(Client(enforce_csrf_checks=True).post(path).status_code)
    statuses |= {client.post(path, {"x": "1"}).status_code, client.put(path).status_code}

    def broken(*args: Any) -> None:
        raise RuntimeError(f"reading {path} did not work")

    with connection.execute_wrapper(broken):
        statuses |= {client.get(path).status_code, client.post(path).status_code}
    told = written.getvalue()
    assert 404 in statuses
    assert "…" in told
    assert SECRET not in told


def test_what_is_asked_after_the_question_mark_is_hidden_too(written: io.StringIO) -> None:
    logging.getLogger("core").warning("GET /sessions/atom.xml?cle=%s&page=2 from %s", SECRET, "127.0.0.1")
    logging.getLogger("core").warning("next=%%2Fdates%%2F%s%%2F", SECRET)
    told = written.getvalue()
    assert SECRET not in told
    assert "page=2 from 127.0.0.1" in told


def test_what_is_no_secret_stays() -> None:
    for text in ("Not Found: /sessions/22/dates/", "key=value", "/dates", "/gouvernance/repondre/", "mise à jour"):
        assert logs.without_secrets(text) == text


@pytest.mark.django_db
def test_a_refused_row_is_not_quoted(written: io.StringIO) -> None:
    """In a traceback, within a sentence, and as Celery writes an error."""
    person = factories.UserFactory(email="anne@exemple.example")
    log = logging.getLogger("core")
    for change in ({"email": "anne@exemple.example"}, {"email": None, "first_name": "Zo\u00e9\nHINT of nothing"}):
        try:
            with transaction.atomic():
                User.objects.filter(pk=factories.UserFactory().pk).update(**change)
        except IntegrityError as error:
            log.exception("it did not work")
            log.error("it did not work: %s", error)  # noqa: TRY400
            log.error("Task raised unexpected: %r", error)  # noqa: TRY400
    told = written.getvalue()
    assert told.count("it did not work") == 4
    assert told.count("DETAIL: …") >= 6
    assert "Traceback" in told
    assert "accounts_user" in told
    assert "anne@" not in told
    assert "Zo\u00e9" not in told
    assert person.first_name not in told


def test_the_server_and_the_proxy_hide_as_much() -> None:
    """The web server's own lines pass the portal's formatter; the proxy has an expression, held against the addresses."""
    server = json.loads(Path("deploy/log.json").read_text())
    assert {formatter["()"] for formatter in server["formatters"].values()} == {"core.logs.PlainFormatter"}
    written = Path("deploy/Caddyfile").read_text()
    expression = re.search(r"request>uri regexp `(.+)` ", written)[1]
    for path in [*WITH_A_SECRET, f"/sessions/atom.xml?cle={SECRET}"]:
        assert SECRET not in re.sub(expression, r"\1…", path), path


@pytest.mark.parametrize(
    "field",
    [
        "resp_headers",  # Location, and those by which a fragment leads on
        *(f"request>headers>{name}" for name in ("Referer", "Hx-Current-Url", "Cookie", "Authorization")),
        *(f"request>headers>{name}" for name in ("X-Forwarded-For", "X-Real-Ip", "Forwarded")),
    ],
)
def test_no_header_that_bears_an_address_stands_in_the_log_of_the_proxy(field: str) -> None:
    fields = re.search(r"fields \{\n(.+?)\n\t\t\t\}", Path("deploy/Caddyfile").read_text(), re.DOTALL)[1]
    assert f"{field} delete" in [line.strip() for line in fields.splitlines()]
