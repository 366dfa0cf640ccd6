"""What every answer says to browsers and proxies: who may keep it, and what of the device it may use."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.support.people import People

pytestmark = pytest.mark.django_db
OPEN = [
    "/donnees-ouvertes/initiatives.csv",
    "/donnees-ouvertes/initiatives.geojson",
    "/donnees-ouvertes/subventions-scdl.csv",
    "/donnees-ouvertes/360giving.json",
    "/api/v1/initiatives/",
    "/api/v1/initiatives/?statut=x",
    "/api/v1/sessions/",
]


def read(client: Client, address: str) -> tuple[bytes, str, str]:
    response = client.get(address)
    return response.getvalue(), response.headers["Cache-Control"], response.headers["Content-Language"]


@pytest.mark.parametrize("address", OPEN)
def test_open_data_are_one_for_all(address: str, people: People, signed_in: Any) -> None:
    """It may be kept by a proxy, so nothing of the reader changes it: not the language, not the account."""
    factories.SpaceFactory()
    plain, english, member = Client(), Client(), signed_in(people.animator)
    english.cookies["django_language"] = member.cookies["django_language"] = "en"
    answers = {read(client, address) for client in (plain, english, member)}
    assert len(answers) == 1
    assert answers.pop()[2] == "fr"


def test_pages_of_a_reader_are_kept_by_nobody(people: People, signed_in: Any, client: Client) -> None:
    factories.SpaceFactory()
    member = signed_in(people.member)
    for address in ("/", "/membres/", "/sessions/", "/nulle-part/", "/admin/", "/mentions-legales/"):
        assert member.get(address)["Cache-Control"] == "private, no-store", address
    assert "Cache-Control" not in client.get("/mentions-legales/")


def test_the_device_is_not_used(client: Client) -> None:
    policy = client.get("/health/live")["Permissions-Policy"]
    assert "camera=()" in policy
    assert "publickey-credentials-get=(self)" in policy


def test_static_files_are_not_touched(people: People, signed_in: Any) -> None:
    response = signed_in(people.member).get("/static/img/favicon.svg")
    assert response.status_code == 200
    assert "no-store" not in response.headers.get("Cache-Control", "")
    assert b"<svg" in response.getvalue()


def test_whom_to_tell_of_a_weakness(client, db):
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == "http://127.0.0.1:8000/contact/"
    assert fields["Canonical"].endswith("/.well-known/security.txt")
    left = dt.datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert 170 < left.days < 181  # RFC 9116 asks for less than a year
