"""Nothing that is not out leaks: secret words are planted, then every address is read by every role, and what was sent.

Each word says where it stands and who may read it. The addresses are those of the matrix, so that a new page, file,
feed or export is read here as soon as it has its row. PDFs are read from what they are made of.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.notifications.models import Notification, OutboxMessage
from core.reports.registry import kind
from members.models import Organisation
from sessions_app.messages import services as messages
from sessions_app.messages.enums import Recipients
from sessions_app.minutes import exposure
from sessions_app.models import AgendaItem, AmendmentRequest, MaterialProposal, MinutesEntry, MinutesVersion, Session
from tests import factories
from tests.matrix.scene import Scene, build
from tests.support.pages import rows
from tests.support.people import ROLES, make_people

MEMBERS = {"member", "observer", "former_animator", "funder", "animator", "administrator"}
# word → where it stands, and who may come across it
SECRETS: dict[str, set[str]] = {
    "abricotier": {"animator"},  # a session that is a draft: its title, place, agenda, guest, material
    "bergamote": {"animator"},  # the draft of minutes
    "clementine": {"animator"},  # a decision and an action that are not out
    "datte": {"animator"},  # minutes that were withdrawn, and why
    "eglantine": {"animator", "member"},  # minutes under review: the member's organisation took part
    "framboise": {"animator", "member"},  # a request to amend them, of the member
    "groseille": {"animator", "member"},  # a material that the member proposed
    "hibiscus": {"animator"},  # a message to the members, not sent
    "jasmin": MEMBERS,  # an item reserved to members, in minutes that are public
    "kumquat": MEMBERS,  # a person present at that session
    "litchi": MEMBERS,  # a material of that session for members
}
# (address, role) → why the words of the animators stand there on purpose
MEANT = {
    ("governance:pack", "former_animator"): "the receiver of a handover prepares with what is under way",
    ("governance:pack-zip", "former_animator"): "the same, as an archive",
}
# tokens of forms, nonces, fingerprints: letters drawn by lot, in which a short word turns up one day
DRAWN_BY_LOT = re.compile(r"\b[0-9A-Za-z]{20,}\b")
EXPORTS = [
    (name, suffix)
    for name in ("sessions:decisions", "sessions:actions", "sessions:regularity")
    for suffix in ("csv", "xlsx")
]


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Scene, dict[str, dict[str, str]]]]:
    """The scene with its secrets and each role's cookies, built once and taken back whole."""
    with django_db_blocker.unblock(), transaction.atomic():
        scene = build(make_people())
        plant(scene)
        cookies: dict[str, dict[str, str]] = {"visitor": {}}
        for role in ROLES[1:]:
            client = Client()
            client.force_login(scene.people.role(role), backend="core.accounts.backends.SignInBackend")
            cookies[role] = {settings.SESSION_COOKIE_NAME: client.session.session_key}
        yield scene, cookies
        transaction.set_rollback(True)


def plant(scene: Scene) -> None:
    people, now = scene.people, timezone.now()
    draft = scene.sessions["draft"]
    Session.objects.filter(pk=draft.pk).update(title="L’abricotier", summary="abricotier", place="abricotier")
    item = factories.AgendaItemFactory(session=draft, title="Planter l’abricotier")
    factories.SpeakerFactory(item=item, guest_name="Anne Abricotier")
    factories.MaterialFactory(session=draft, title="Greffe d’abricotier")

    written = scene.sessions["written"]
    MinutesEntry.objects.filter(item__session=written).update(body="<p>Une bergamote.</p>")
    for make in (factories.DecisionFactory, factories.ActionItemFactory):
        make(session=written, text="Cueillir la clementine", responsible=organisation_of(people.member))

    scene.sessions["withdrawn"] = withdrawn = published(people, 209, "Une datte")
    exposure.make_public(session=withdrawn, by=people.animator, now=now)
    exposure.withdraw(session=withdrawn, by=people.animator, reason="À cause de la datte", now=now)

    MinutesEntry.objects.filter(item__session=scene.sessions["reviewed"]).update(body="<p>Une eglantine.</p>")
    AmendmentRequest.objects.update(wish="Une framboise", passage="framboise")
    MaterialProposal.objects.update(title="Une groseille", note="groseille")

    scene.sessions["public"] = opened = published(people, 208, "Rien de particulier", reserved="Un jasmin")
    exposure.make_public(session=opened, by=people.animator, now=now)

    announced = scene.sessions["announced"]
    said = messages.Draft(subject="Un hibiscus", body="hibiscus", invites=False, recipients=Recipients.ALL)
    messages.confirm(session=announced, draft=said, by=people.animator, now=now)


def published(people: Any, number: int, text: str, *, reserved: str = "") -> Session:
    """Published minutes; with `reserved`, a second item that is kept to the members, with its decision."""
    session = factories.SessionFactory(number=number, items=1)
    if reserved:
        item = factories.AgendaItemFactory(session=session, title=reserved, is_reserved=True)
        factories.DecisionFactory(session=session, item=item, text=reserved, released_at=timezone.now())
        row = factories.AttendanceFactory(session=session, organisation=people.animating)
        factories.AttendeeFactory(attendance=row, user=None, name="Karim Kumquat")
        factories.MaterialFactory(session=session, title="Le litchi")
    factories.MinutesFactory(session=session, entries=f"<p>{reserved or text}</p>")
    if reserved:
        MinutesEntry.objects.filter(item=session.agenda.first()).update(body=f"<p>{text}</p>")
    factories.MinutesVersionFactory(session=session, author=people.animator, organisation=people.animating)
    return session


def organisation_of(user: Any) -> Organisation:
    return Organisation.objects.get(positions__user=user)


def found_in(content: bytes) -> set[str]:
    """The secret words in an answer; workbooks and archives are unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b" ".join(archive.read(name) for name in archive.namelist())
    text = DRAWN_BY_LOT.sub(" ", content.decode("utf-8", errors="replace")).casefold()
    return {word for word in SECRETS if word in text}


def forbidden(role: str) -> set[str]:
    return {word for word, readers in SECRETS.items() if role not in readers}


def addresses_of(scene: Scene, role: str) -> list[str]:
    """Every address of the matrix but those where `role` is meant to read more, exports, verifications, session pages."""
    told = [row for row in rows() if row.get and (row.url, role) not in MEANT]
    found = {reverse(row.url, args=row.arguments(scene)) + row.query for row in told}
    found |= {f"{reverse(name)}?format={suffix}" for name, suffix in EXPORTS}
    found |= {f"/verifier/{version.content_sha256}/" for version in MinutesVersion.objects.all()}
    for session in scene.sessions.values():
        found |= {session.get_absolute_url(), reverse("sessions:minutes", args=[session.number])}
    return sorted(found)


def read(address: str, cookies: dict[str, str]) -> set[str]:
    client = Client()
    client.cookies.load(cookies)
    response = client.get(address)
    content = response.getvalue() if response.streaming else response.content
    told = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    return found_in(content) | found_in(told.encode())


@pytest.mark.django_db  # without a test that says so, pytest-django makes no database
@pytest.mark.parametrize("role", [role for role in ROLES if role != "animator"])
def test_no_address_tells_a_secret(stage, role):
    scene, cookies = stage
    leaks = {
        address: told
        for address in addresses_of(scene, role)
        if (told := read(address, cookies[role]) & forbidden(role))
    }
    assert leaks == {}


@pytest.mark.django_db
def test_the_animator_does_find_them(stage):
    """Else the walk would prove nothing."""
    scene, cookies = stage
    found: set[str] = set()
    for address in addresses_of(scene, "animator"):
        found |= read(address, cookies["animator"])
        if found == set(SECRETS):
            break
    assert found == set(SECRETS)


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
