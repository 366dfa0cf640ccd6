"""The standing of each published version: what can be opened, by whom, at every outlet, whatever became of the other."""

from __future__ import annotations

import datetime as dt
import io
import uuid
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core import canonical, waiting
from core.accounts import rights
from core.accounts.models import User
from core.reports import files
from core.reports.enums import ReportState
from core.reports.models import Report
from sessions_app.documents import SESSION_REPORT
from sessions_app.documents.public import PUBLIC_REPORT
from sessions_app.enums import VersionState
from sessions_app.minutes import publication, services
from sessions_app.models import MinutesEntry, MinutesVersion, Session, VersionStanding
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = {1: "pamplemousse", 2: "mirabelle"}  # what each version says and the other does not
IN_FORCE, REPLACED, WITHDRAWN, NONE = "in force", "replaced", "withdrawn", "none"
REACHED = {
    # acts after version 1 was published: (state of version 1, of version 2)
    "": (IN_FORCE, NONE),
    "-1": (WITHDRAWN, NONE),
    "-1 +1": (IN_FORCE, NONE),
    "p2": (REPLACED, IN_FORCE),
    "-1 p2": (WITHDRAWN, IN_FORCE),
    "p2 -1": (WITHDRAWN, IN_FORCE),
    "-1 p2 +1": (REPLACED, IN_FORCE),
    "p2 -2": (REPLACED, WITHDRAWN),
    "p2 -1 -2": (WITHDRAWN, WITHDRAWN),
    "p2 -1 -2 +1": (IN_FORCE, WITHDRAWN),
    "p2 -1 -2 +1 +2": (REPLACED, IN_FORCE),
    "p2 -1 -2 +2": (WITHDRAWN, IN_FORCE),
}


def publish(session: Session, people: Any, number: int) -> None:
    now = timezone.now()
    services.open_amendment(session=session, by=people.animator, now=now)
    entry = MinutesEntry.objects.get(item__session=session)
    services.save_entry(
        item=entry.item, by=people.animator, body=f"<p>Un {WORDS[number]}.</p>", based_on=entry.revision, now=now
    )
    services.publish(session=session, by=people.animator, based_on=number - 1, reason="Le fruit", now=now)


def act(session: Session, people: Any, what: str) -> None:
    number, by, now = int(what[1]), people.animator, timezone.now()
    if what[0] == "p":
        publish(session, people, number)
        return
    version = MinutesVersion.objects.select_related("standing", "session").get(session=session, number=number)
    if what[0] == "-":
        publication.withdraw(session=session, by=by, reason="Un nom", now=now, documents=[version])
    else:
        publication.restore(document=version, by=by, reason="Vérifié", now=now)


@pytest.fixture
def session(people: Any) -> Session:
    factories.SpaceFactory()
    session = factories.SessionFactory(number=22, items=1)
    factories.MinutesFactory(session=session, entries="<p>Rien.</p>")
    publish(session, people, 1)
    return session


def words_in(client: Any, address: str) -> set[int]:
    """The versions whose word the answer holds, also inside a Word document."""
    content = fetched(client, address)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as document:
            content = b"".join(document.read(name) for name in document.namelist())
    return {number for number, word in WORDS.items() if word.encode() in content}


Expected = Callable[[dict[int, str], str, bool], set[int]]


def of_version(number: int) -> Expected:
    """A page of one version: for readers unless it was withdrawn, for animators always."""

    def expected(states: dict[int, str], role: str, public: bool) -> set[int]:
        if role == "visitor" or states[number] == NONE:
            return set()
        return {number} if role == "animator" or states[number] != WITHDRAWN else set()

    return expected


def in_force(states: dict[int, str], role: str, public: bool) -> set[int]:
    """What stands for the session: for readers the one in force, for animators else the newest."""
    if role == "visitor":
        return set()
    found = {number for number, state in states.items() if state == IN_FORCE}
    there = [number for number, state in states.items() if state != NONE]
    return found or ({max(there)} if role == "animator" else set())


def cited(states: dict[int, str], role: str, public: bool) -> set[int]:
    """Lists of what is in force; they make no difference between readers."""
    return set() if role == "visitor" else {number for number, state in states.items() if state == IN_FORCE}


def opened(states: dict[int, str], role: str, public: bool) -> set[int]:
    """The public form: the one in force, for everybody, while the minutes are public."""
    return {number for number, state in states.items() if state == IN_FORCE and public}


def compared(states: dict[int, str], role: str, public: bool) -> set[int]:
    if role == "visitor" or states[2] == NONE:
        return set()
    return {1, 2} if role == "animator" or WITHDRAWN not in states.values() else set()


OUTLETS: dict[str, Expected] = {
    "/sessions/22/": in_force,
    "/sessions/22/compte-rendu/": in_force,
    "/sessions/22/compte-rendu/versions/1/": of_version(1),
    "/sessions/22/compte-rendu/versions/2/": of_version(2),
    "/sessions/22/compte-rendu/versions/1/copie.docx": of_version(1),
    "/sessions/22/compte-rendu/versions/2/copie.docx": of_version(2),
    "/sessions/22/compte-rendu/versions/2/changements/": compared,
    "/sessions/22/compte-rendu/public/": opened,
    "/cycles/{year}/actes/": cited,
}


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize("acts", REACHED)
def test_every_outlet_shows_each_reader_what_stands(session, people, signed_in, acts, public):
    for what in acts.split():
        act(session, people, what)
    states = dict(zip((1, 2), REACHED[acts], strict=True))
    assert {each.number: str(each.standing.get_state_display()) for each in session.versions.all()} == {
        number: {IN_FORCE: "en vigueur", REPLACED: "remplacée", WITHDRAWN: "retirée"}[state]
        for number, state in states.items()
        if state != NONE
    }
    public = public and IN_FORCE in states.values()
    if public:
        publication.make_public(session=session, by=people.animator, now=timezone.now())
    versions = list(session.versions.order_by("number"))
    for version in versions:
        for kind in (SESSION_REPORT, PUBLIC_REPORT):
            _print(version, kind, people)
    for role in ("member", "animator", "visitor"):
        client = signed_in(people.role(role))
        for address, expected in OUTLETS.items():
            where = address.format(year=session.cycle.year)
            assert words_in(client, where) == expected(states, role, public), (role, where)
        for version in versions:
            _files_follow(client, role, states, version, public)


@pytest.mark.parametrize("state", VersionState)
def test_every_role_asks_the_right_of_the_very_version(session, people, state):
    version = session.versions.get()
    changes = {"withdrawn_at": timezone.now(), "withdrawal_reason": "Un nom"} if state == "withdrawn" else {}
    VersionStanding.objects.update(state=state, **changes)
    for role in ("member", "observer", "administrator", "funder", "former_animator", "animator", "outsider"):
        version.refresh_from_db()
        person = people.role(role)
        reads = role == "animator" or (role != "outsider" and state != "withdrawn")
        assert rights.allows(person, "sessions_app.read_minutes", version) == reads, role
        prints = role == "animator" or (role != "outsider" and state == "in_force")
        assert rights.allows(person, "sessions_app.request_report", version) == prints, role


def _files_follow(client: Any, role: str, states: dict[int, str], version: MinutesVersion, public: bool) -> None:
    """The PDFs of each version, what checks it, and the lists that name it."""
    number = version.number
    reads = role == "animator" or (role != "visitor" and states[number] == IN_FORCE)
    body = fetched(client, reverse("sessions:report-version-file", args=[22, number]))
    assert (body == f"%PDF session-report {number}".encode()) == reads, (role, number, body[:80])
    verdict = client.get(f"/verifier/{version.content_sha256}/").context["verdict"]
    assert verdict == {IN_FORCE: "authentic", REPLACED: "superseded", WITHDRAWN: "withdrawn"}[states[number]]
    is_public = public and states[number] == IN_FORCE
    body = fetched(client, "/sessions/22/compte-rendu/public.pdf")
    assert (body == f"%PDF session-report-public {number}".encode()) == is_public
    assert (version.content_sha256 in fetched(client, "/api/v1/comptes-rendus/").decode()) == is_public
    assert (str(version.public_id) in client.get("/comptes-rendus-publics/atom.xml").content.decode()) == is_public
    if role == "member":
        feed = client.get("/sessions/atom.xml").content.decode()
        assert (str(version.public_id) in feed) == (states[number] in (IN_FORCE, REPLACED))
        listed = client.get("/sessions/?documents=compte-rendu").context["filterset"].found
        assert listed == (IN_FORCE in states.values())


def fetched(client: Any, address: str) -> bytes:
    response = client.get(address)
    return response.getvalue() if response.streaming else response.content


def _print(version: MinutesVersion, kind: str, people: Any) -> None:
    """A report as the job leaves it; its bytes are short, who may have them is asked."""
    key, now, body = uuid.uuid4(), timezone.now(), f"%PDF {kind} {version.number}".encode()
    path = files.absolute_path(files.relative_path(key))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    Report.objects.create(
        public_id=key,
        kind=kind,
        subject_kind="minutes-version",
        subject_id=version.public_id,
        language="fr",
        title="Rapport",
        render_key=canonical.sha256({"kind": kind, "of": str(version.public_id)}),
        content_sha256=version.content_sha256,
        queue="reports",
        state=ReportState.DONE,
        requested_by=people.animator,
        requested_at=now,
        started_at=now,
        finished_at=now,
        attempt=1,
        file=files.relative_path(key),
        file_name="Rapport.pdf",
        file_sha256=files.sha256(body),
        file_size=len(body),
        pages=1,
    )


def test_restoring_a_newer_one_does_not_make_it_public(session, people):
    for what in ("p2", "-1", "-2", "+1"):
        act(session, people, what)
    publication.make_public(session=session, by=people.animator, now=timezone.now())
    act(session, people, "+2")
    assert publication.state_of(session) == "members"
    assert not MinutesVersion.objects.public().exists()


def test_a_withdrawal_and_a_restoration_say_who_when_and_why(session, people):
    act(session, people, "-1")
    standing = VersionStanding.objects.get()
    assert (standing.withdrawn_by, standing.withdrawal_reason) == (people.animator, "Un nom")
    assert timezone.now() - standing.withdrawn_at < dt.timedelta(minutes=1)
    version = MinutesVersion.objects.get()
    with pytest.raises(publication.RestoringUnexplained):
        publication.restore(document=version, by=people.animator, reason=" ", now=timezone.now())
    act(session, people, "+1")
    standing.refresh_from_db()
    assert (standing.restored_by, standing.restoration_reason) == (people.animator, "Vérifié")
    assert (standing.state, standing.withdrawal_reason) == (VersionState.IN_FORCE, "Un nom")
    assert canonical.sha256(version.snapshot) == version.content_sha256


def test_the_database_keeps_one_in_force_and_every_withdrawal_explained(session, people):
    publish(session, people, 2)
    first = VersionStanding.objects.filter(document__number=1)
    for change in (
        {"state": VersionState.IN_FORCE},
        {"state": VersionState.WITHDRAWN},
        {"state": VersionState.WITHDRAWN, "withdrawn_at": timezone.now()},
        {"state": VersionState.WITHDRAWN, "withdrawal_reason": "Sans date"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            first.update(**change)


def test_the_pages_that_publish_say_what_stays_closed(session, people, signed_in):
    animator = signed_in(people.animator)
    page, out = "/sessions/22/compte-rendu/publier/", "/sessions/22/compte-rendu/diffusion/"
    version = session.versions.get()
    assert (
        animator.post(out, {"choix": "retirer", "withdrawn": str(version.public_id), "reason": ""}).status_code == 422
    )
    sent = {"choix": "retirer", "withdrawn": str(version.public_id), "reason": "Un nom"}
    assert animator.post(out, sent).status_code == 302
    services.open_amendment(session=session, by=people.animator, now=timezone.now())
    assert (
        "La version 1 a été retirée et reste fermée à tous, sauf aux animateurs." in animator.get(page).content.decode()
    )
    assert animator.post(page, {"based_on": "1", "reason": "Sans le nom"}).status_code == 302
    assert [each.standing.state for each in session.versions.order_by("number")] == ["withdrawn", "in_force"]
    assert signed_in(people.member).get("/sessions/22/compte-rendu/versions/1/").status_code == 410
    refused = animator.post(out, {"choix": "retablir", "restored": str(version.public_id), "restoration": " "})
    assert (refused.status_code, "Dites pourquoi vous rouvrez" in refused.content.decode()) == (422, True)
    sent = {"choix": "retablir", "restored": str(version.public_id), "restoration": "Anonymisé"}
    assert animator.post(out, sent).status_code == 302
    assert [each.standing.state for each in session.versions.order_by("number")] == ["replaced", "in_force"]
    shown = animator.get(out).content.decode()
    assert "Anonymisé" in shown
    assert people.animator.get_full_name() in shown


def test_minutes_that_were_withdrawn_wait_to_be_published_again(people):
    session = factories.SessionFactory(number=41, items=1)
    factories.MinutesFactory(session=session, state="published")
    factories.MinutesVersionFactory(session=session)
    address = "/sessions/41/compte-rendu/modifier/"

    def waits():
        fresh = User.objects.get(pk=people.animator.pk)
        return any(task.url == address for task in waiting.tasks(fresh, timezone.now()))

    assert not waits()
    publication.withdraw(session=session, by=people.animator, reason="Un nom", now=timezone.now())
    assert waits()


def test_the_card_of_a_report_says_that_its_version_is_withdrawn(people, signed_in):
    session = factories.SessionFactory(number=41, items=1)
    factories.MinutesFactory(session=session)
    version = services.publish(session=session, by=people.animator, based_on=0, now=timezone.now())
    _print(version, SESSION_REPORT, people)
    animator = signed_in(people.animator)
    assert "version 1 du compte rendu, qui est en vigueur" in animator.get("/sessions/41/rapport/").content.decode()
    publication.withdraw(session=session, by=people.animator, reason="Un nom", now=timezone.now())
    page = animator.get("/sessions/41/rapport/").content.decode()
    assert ("qui est en vigueur" in page, "version 1 du compte rendu, qui est retirée" in page) == (False, True)
