"""What the matrix does not read for secrets: exports, verifications, mails, the public PDF; and that the words are there.

Secret words are planted where something is not out (`tests/support/secrets.py`). `tests/test_matrix.py` looks for them
in every answer of every address, for every role; here is what has no row there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core.notifications.models import Notification, OutboxMessage
from core.reports.registry import kind
from sessions_app.models import AgendaItem, MinutesVersion
from tests.matrix.scene import Scene
from tests.support.pages import rows
from tests.support.people import ROLES
from tests.support.secrets import SECRETS, forbidden, found_in, told_by
from tests.support.stage import Cookies, staged

EXPORTS = [
    (name, suffix)
    for name in ("sessions:decisions", "sessions:actions", "sessions:regularity")
    for suffix in ("csv", "xlsx")
]


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Scene, Cookies]]:
    with staged(django_db_blocker) as built:
        yield built


def further_addresses(scene: Scene) -> list[str]:
    """Exports, verifications, and the pages of every session: what the rows of the matrix leave out."""
    found = {f"{reverse(name)}?format={suffix}" for name, suffix in EXPORTS}
    found |= {f"/verifier/{version.content_sha256}/" for version in MinutesVersion.objects.all()}
    for session in scene.sessions.values():
        found |= {session.get_absolute_url(), reverse("sessions:minutes", args=[session.number])}
    return sorted(found)


def read(address: str, cookies: dict[str, str]) -> set[str]:
    client = Client()
    client.cookies.load(cookies)
    return told_by(client.get(address))


@pytest.mark.django_db  # without a test that says so, pytest-django makes no database
@pytest.mark.parametrize("role", [role for role in ROLES if role != "animator"])
def test_no_further_address_tells_a_secret(stage, role):
    scene, cookies = stage
    leaks = {
        address: told
        for address in further_addresses(scene)
        if (told := read(address, cookies[role]) & forbidden(role))
    }
    assert leaks == {}


@pytest.mark.django_db
def test_the_animator_does_find_them(stage):
    """Else the walk would prove nothing."""
    scene, cookies = stage
    found: set[str] = set()
    findable = set(SECRETS) - forbidden("animator")  # a draft of the watch is its contributor's alone
    told = [reverse(row.url, args=row.arguments(scene)) + row.query for row in rows() if row.get]
    for address in [*further_addresses(scene), *told]:
        found |= read(address, cookies["animator"])
        if found == findable:
            break
    assert found == findable


@pytest.mark.django_db
def test_no_notification_and_no_mail_tells_a_secret(stage):
    with translation.override("fr"):
        told = [
            (row.recipient.email, word)
            for row in Notification.objects.select_related("recipient")
            for word in found_in(f"{row.title} {row.url}".encode())
        ]
    sent = [
        (mail.to, word)
        for mail in OutboxMessage.objects.all()
        for word in found_in(f"{mail.subject} {mail.text} {mail.html} {mail.attachments}".encode())
    ]
    assert (told, sent) == ([], [])


@pytest.mark.django_db
def test_the_public_pdf_tells_nothing_reserved(stage):
    scene, _cookies = stage
    report = kind("session-report-public")
    with translation.override("fr"):
        content = report.content(scene.sessions["public"].versions.get(), "fr")
        about = {"title": content.title, "created": content.created, "language": "fr"}
        html = render_to_string(report.template, {**content.context, **about})
    assert found_in(html.encode()) == set()
    assert AgendaItem.objects.filter(title="Un jasmin").exists()


def test_a_word_is_found_in_a_text_but_not_in_a_token():
    token = "aB3datteQ9" + "x" * 54
    assert (found_in(b"<p>Une Datte</p>"), found_in(f'<input value="{token}">'.encode())) == ({"datte"}, set())
