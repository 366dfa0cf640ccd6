"""What no one means and every robot sends: no address, no parameter and no field answers it with an error of the portal.

Walks the resolver and the pages of the matrix, so that a new address or field is tried without being named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from lxml import html

from core.forms.base import CleanInputMixin
from tests.matrix.scene import Scene, build
from tests.support.addresses import all_addresses
from tests.support.pages import readable_pages, tables
from tests.support.people import make_people

NUL = "a\0b"
CONTROL = "Titre\x0bcollé\x07 e\u0301"
HUGE = "9" * 5000
HOSTILE = {
    "nul": NUL,
    "control": CONTROL,
    "long": "a" * 10_000,
    "huge": HUGE,
    "beyond bigint": str(10**20),
    "below zero": "-1",
    "first day": "0001-01-01T00:00",
    "last day": "31/12/9999",
    "not a number": "NaN",
    "superscript": "²",  # a digit that is no number
}
IN_PATHS = {
    "nul": "a%00b",
    "control": "a%0Bb",
    "surrogate": "%ED%A0%80",
    "cut sign": "%E2%82",
    "long": "a" * 10_000,
    "huge": HUGE,
    "beyond bigint": str(10**20),
}
READERS = ("animator", "administrator", "funder", "member")


def test_no_argument_of_an_address(db, people, signed_in):
    client = signed_in(people.animator)
    client.raise_request_exception = False
    found = {}
    for address in all_addresses():
        for start, end in _arguments(address.path):
            for name, text in IN_PATHS.items():
                path = address.path[:start] + text + address.path[end:]
                found[address.name, start, name] = client.get(path).status_code
    assert len(found) > 500
    assert {key: status for key, status in found.items() if status >= 500} == {}
    assert {status for (*_place, name), status in found.items() if name == "nul"} == {400}


def _arguments(path: str) -> Iterator[tuple[int, int]]:
    """Where each made-up argument of an example path stands."""
    for match in re.finditer(r"exemple(-\w+)?|00000000-0000-4000-8000-000000000000|(?<=/)(1|53)(?=[/.])", path):
        yield match.span()


def test_text_in_a_path_has_a_pattern():
    """`<str:…>` takes whatever stands there; only the open data's "nothing here" may."""
    loose = [
        route
        for route in _routes(get_resolver(), "")
        if re.search(r"<(str:|path:)?\w+>", route) and route != "api/v1/<path:rest>" and not route.startswith("compte/")
    ]
    assert loose == []


def _routes(resolver: Any, before: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        here = before + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from _routes(entry, here)
        else:
            yield here


def test_what_cannot_be_text_is_refused_in_the_readers_language(client, db):
    for answer in (
        client.get("/regions/%00/"),
        client.get("/verifier/?q=a%00b"),
        client.post("/verifier/", {"code": NUL}),
        client.post("/verifier/", {"a\0": "b"}),
    ):
        assert answer.status_code == 400
        assert "Cette demande ne peut pas être lue" in answer.content.decode()
    own_way = 'sessionid="a\\000b"'  # in which a cookie writes NUL
    assert client.get("/", headers={"Cookie": own_way}).status_code == 400


def test_another_encoding_is_refused(client, db):
    """By `unicode_escape` half a sign would come in, and what is no encoding of text would be an error."""
    for charset in ("unicode_escape", "utf-7", "base64"):
        answer = client.generic("POST", "/verifier/", b"code=1", f"multipart/form-data; boundary=x; charset={charset}")
        assert answer.status_code == 400, charset
    assert client.generic("GET", "/verifier/", b"x", "text/plain; charset=base64").status_code == 400


def test_every_form_cleans_what_enters():
    ours = [form for form in _forms_of(forms.BaseForm) if form.__module__.split(".")[0] in _APPS]
    lacking = [f"{form.__module__}.{form.__qualname__}" for form in ours if not issubclass(form, CleanInputMixin)]
    assert lacking == []


_APPS = {"core", "funding", "governance", "members", "portal", "sessions_app", "watch"}


def _forms_of(above: type) -> Iterator[type]:
    for form in above.__subclasses__():
        yield form
        yield from _forms_of(form)


# --- parameters and fields ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """A form as it stands on a page: what a browser would send, and the names a person or a robot may fill."""

    method: str
    path: str
    values: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    files: tuple[str, ...]


def _forms_on(address: str, content: bytes) -> Iterator[Sent]:
    for form in html.fromstring(content).iter("form"):
        fields = [field for field in form.iter("input", "textarea", "select") if field.get("name")]
        files = [field.get("name") for field in fields if field.get("type") == "file"]
        values = [(name, value) for name, value in form.form_values() if name not in files]
        path = form.get("action") or address
        names = {field.get("name") for field in fields if field.get("name") != "csrfmiddlewaretoken"} - {*files}
        method = (form.get("method") or "get").lower()
        if urlsplit(path).netloc == "":
            yield Sent(method, path, tuple(values), tuple(sorted(names)), tuple(files))


def _links_on(content: bytes) -> Iterator[tuple[str, str]]:
    """(path, parameter) of each link to a page of ours."""
    for link in html.fromstring(content).iter("a"):
        parts = urlsplit(link.get("href") or "")
        if parts.query and not parts.netloc and parts.path.startswith("/"):
            for name, _value in parse_qsl(parts.query):
                yield parts.path, name


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("alone", [False, pytest.param(True, marks=pytest.mark.long)], ids=["together", "alone"])
@pytest.mark.parametrize("table", tables())
def test_no_parameter_and_no_field(db, table, alone):
    scene = build(make_people())
    clients, faults, tried = {}, [], set()
    for role, address in readable_pages(scene, table):
        client = clients.setdefault(role, _client(scene, role))
        answer = client.get(address)
        if answer.streaming or not answer["Content-Type"].startswith("text/html") or not answer.content:
            continue
        links = [] if alone else [(path, (name,)) for path, name in _links_on(answer.content)]
        forms = [form for form in _forms_on(address, answer.content) if form.path != reverse("account_logout")]
        asked = [(form.path.partition("?")[0], form.names) for form in forms if form.method == "get" and not alone]
        for key in links + asked:
            if key not in tried:
                faults += _ask(client, *key)
            tried.add(key)
        for form in forms:
            alike = re.sub(r"[0-9a-f-]{36}|\d+", "…", form.path), form.names
            if form.method == "post" and alike not in tried:
                faults += _send(client, form, alone=alone)
            tried.add(alike)
    assert faults == []


def _client(scene: Scene, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != "visitor":
        client.force_login(scene.people.role(role), backend="core.accounts.backends.SignInBackend")
    return client


def _ask(client: Client, path: str, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        for kind, text in HOSTILE.items():
            status = client.get(f"{path}?{urlencode({name: text})}").status_code
            if status >= 500:
                yield f"GET {path}?{name} ({kind}): {status}"


def _send(client: Client, form: Sent, *, alone: bool) -> Iterator[str]:
    """All fields together, or each alone beside what the page offered: what is taken then reaches the services."""
    usual: dict[str, list[str]] = {}
    for name, value in form.values:
        if name != "csrfmiddlewaretoken":
            usual.setdefault(name, []).append(value)
    for names in [(name,) for name in form.names] if alone else [form.names]:
        for kind in ("control", "huge", "last day") if alone else HOSTILE:
            data = usual | {name: [HOSTILE[kind]] for name in names}
            files = {name: SimpleUploadedFile("a\x0b.pdf", b"%PDF-1.7 %%EOF") for name in form.files[:1]}
            with transaction.atomic():
                status = client.post(form.path, data | files).status_code
                transaction.set_rollback(True)
            if status >= 500:
                yield f"POST {form.path} {', '.join(names)} ({kind}): {status}"
