"""A copy of what is held about oneself: asked for on the page, made by the worker's code, fetched by nobody else."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from core.accounts.models import User
from core.models import StoredFile
from core.notifications import outbox
from core.personal_data.export import services
from core.personal_data.models import PersonalExport
from core.personal_data.retention import services as retention
from core.reports import jobs
from core.reports.enums import ReportState
from core.reports.files import absolute_path
from core.reports.models import Report
from sessions_app.models import AmendmentRequest, Answer, Circulation, PreparationTask
from tests import factories
from tests.support.forms import form_to
from tests.support.people import People

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("dead_broker")]
PAGE = "/compte/mes-donnees/"


def work() -> Report:
    """The worker's work, here and now, for the newest report that waits."""
    report = Report.objects.filter(state=ReportState.QUEUED).latest("pk")
    claimed = jobs.claim(report.pk, now=timezone.now())
    assert claimed is not None
    jobs.make(claimed)
    report.refresh_from_db()
    return report


def archive(client: Client) -> zipfile.ZipFile:
    client.post(PAGE)
    work()
    export = PersonalExport.objects.filter(removed_at=None).latest("pk")
    response = client.get(f"{PAGE}{export.public_id}/fichier/")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    content = b"".join(response)
    response.close()
    return zipfile.ZipFile(io.BytesIO(content))


def held(found: zipfile.ZipFile, app: str) -> dict[str, Any]:
    return json.loads(found.read(f"donnees/{app}.json"))


@pytest.fixture
def life(people: People) -> User:
    """What the portal knows of the member: an answer, a mail, a file; and a secret of somebody else."""
    member = people.member
    organisation = member.positions.get().organisation
    session = factories.SessionFactory(announced=True, title="Voir loin")
    for user in (member, people.animator):
        Answer.objects.create(
            session=session,
            organisation=user.positions.get().organisation,
            user=user,
            choice="yes",
            recorded_by=people.animator,
            answered_at=timezone.now(),
        )
    stored = StoredFile(original_name="../Ma photo.png", content_type="image/png", size=4, sha256="0" * 64)
    stored.uploaded_by = member
    stored.file.save("x", ContentFile(b"\x89PNG"), save=False)
    stored.save()
    assert organisation
    return member


def test_it_holds_what_is_known_and_names_nobody_else(life: User, people: People, signed_in: Any) -> None:
    found = archive(signed_in(life))

    assert held(found, "accounts")["accounts.User"][0]["email"] == life.email
    assert "password" not in held(found, "accounts")["accounts.User"][0]
    position = held(found, "members")["members.Position"]
    assert [row["organisation"] for row in position] == ["Atelier des communs ruraux"]
    answers = held(found, "sessions_app")["sessions_app.Answer"]
    assert [(row["user"], row["recorded_by"], row["choice"]) for row in answers] == [
        (life.get_full_name(), "quelqu’un d’autre", "yes")
    ]
    assert found.read("fichiers/0001-Ma photo.png") == b"\x89PNG"
    page = found.read("lisez-moi.html").decode()
    assert life.get_full_name() in page
    assert "Atelier des communs ruraux" in page
    everything = b"".join(found.read(name) for name in found.namelist()).decode(errors="replace")
    for other in (people.animator, people.administrator, people.funder):
        assert other.email not in everything
        assert other.get_full_name() not in everything
    assert life.password not in everything


def everything(found: zipfile.ZipFile) -> str:
    return b"".join(found.read(name) for name in found.namelist()).decode(errors="replace")


def test_a_copy_that_the_disk_keeps_stops_no_other_and_goes_another_night(people: People, signed_in: Any) -> None:
    """A folder of that name stands for whatever the disk refuses to remove."""
    paths = []
    for person in (people.member, people.animator):
        archive(signed_in(person))
        paths.append(absolute_path(Report.objects.latest("pk").file))
    paths[0].unlink()
    paths[0].mkdir()
    later = timezone.now() + dt.timedelta(days=30)
    retention.purge(now=later)
    assert [path.exists() for path in paths] == [True, False]
    assert not PersonalExport.objects.filter(removed_at=None).exists()
    paths[0].rmdir()
    paths[0].write_bytes(b"PK")
    retention.purge(now=later)
    assert not paths[0].exists()


def test_of_what_one_did_for_others_it_says_what_one_did_alone(people: People, signed_in: Any) -> None:
    """The animator who answers a request, does a task, restores a version: the rows are about others."""
    session, now = factories.SessionFactory(announced=True, items=1), timezone.now()
    review = Circulation.objects.create(
        session=session,
        opened_at=now - dt.timedelta(days=9),
        closes_at=now,
        opened_by=people.administrator,
        organisation=people.animator.positions.get().organisation,
    )
    AmendmentRequest.objects.create(
        circulation=review,
        item=session.agenda.get(),
        outside_name="Zélie Tremblay",
        author=people.member,
        passage="Zélie Tremblay refuse.",
        wish="Zélie n’a pas refusé.",
        made_at=now,
        state="refused",
        answer="L’enregistrement le dit.",
        answered_at=now,
        answered_by=people.animator,
    )
    PreparationTask.objects.create(
        session=session,
        title="Réserver",
        note="Voir avec Zélie.",
        assignee=people.member,
        done_at=now,
        done_by=people.animator,
    )
    found = archive(signed_in(people.animator))
    assert "Zélie" not in everything(found)
    (request,) = held(found, "sessions_app")["sessions_app.AmendmentRequest"]
    assert (request["answer"], request["state"]) == ("L’enregistrement le dit.", "refused")
    assert [row["title"] for row in held(found, "sessions_app")["sessions_app.PreparationTask"]] == ["Réserver"]

    (request,) = held(archive(signed_in(people.member)), "sessions_app")["sessions_app.AmendmentRequest"]
    assert request["wish"] == "Zélie n’a pas refusé."


def test_who_wrote_by_the_form_of_the_portal_stands_in_nobody_elses_copy(people: People, signed_in: Any) -> None:
    client, address = Client(), "/contact/"
    typed = {"name": "Zélie Tremblay", "email": "zelie@exemple.example", "text": "Rappelez-moi au 0102030405."}
    client.post(address, {**form_to(client.get(address), address).data, **typed})
    found = archive(signed_in(people.animator))
    (mail,) = held(found, "notifications")["notifications.OutboxMessage"]
    assert (mail["kind"], mail["to"]) == ("portal.contact", [people.animator.email])
    for word in ("Zélie", "zelie", "0102030405"):
        assert word not in everything(found)


def test_an_address_that_changed_hands_brings_nothing_along(people: People, signed_in: Any) -> None:
    """A mailbox of a function: who had it before asked for access, exercised a right and was written to."""
    address, now = "accueil@exemple.example", timezone.now()
    former = factories.UserFactory(email=address, signs_in=True)
    factories.AccessRequestFactory(
        email=address, why="Mon projet.", state="accepted", answered_at=now, answered_by=people.animator, person=former
    )
    factories.RightsRequestFactory(email=address, words="Mon nom de jeune fille.", person=former)
    mail = EmailMessage("Votre accès", "Bonjour Camille.", to=[address])
    outbox.put(mail, now=now, recipient=former)
    former.email = "camille@exemple.example"
    former.save()
    EmailAddress.objects.filter(email=address).delete()
    owner = factories.UserFactory(email=address, signs_in=True)

    secrets = ("Mon projet.", "Mon nom de jeune fille.", "Bonjour Camille.")
    assert [word in everything(archive(signed_in(owner))) for word in secrets] == [False, False, False]
    assert [word in everything(archive(signed_in(former))) for word in secrets] == [True, True, True]


def test_the_journal_says_what_one_did(people: People, signed_in: Any) -> None:
    client = signed_in(people.administrator)
    client.post("/administration/demarrage/name/plus-tard/")
    journal = json.loads(archive(client).read("donnees/journal.json"))

    assert [(row["table"], row["what"], row["address"]) for row in journal] == [
        ("portal_startmarkevent", "insert", "/administration/demarrage/name/plus-tard/"),
        ("reports_reportevent", "insert", PAGE),  # that the copy itself was asked for
    ]


def test_the_page_says_where_it_stands(people: People, signed_in: Any) -> None:
    client = signed_in(people.outsider)  # without any position: the right stays
    assert "Préparer une copie de mes données" in client.get(PAGE).text
    client.post(PAGE)
    client.post(PAGE)  # pressed twice
    assert PersonalExport.objects.count() == Report.objects.count() == 1
    waiting = client.get(PAGE).text
    assert "En attente de son tour" in waiting
    work()
    ready = client.get(PAGE).text
    assert "Télécharger mes données (ZIP" in ready

    export = PersonalExport.objects.get()
    card = client.get(f"{PAGE}{export.public_id}/", headers={"HX-Request": "true"}).text
    assert "Télécharger mes données (ZIP" in card


def test_it_is_fetched_by_its_owner_alone(people: People, signed_in: Any) -> None:
    client = signed_in(people.member)
    archive(client)
    export = PersonalExport.objects.get()
    for other in (people.administrator, people.animator):
        for address in (f"{PAGE}{export.public_id}/", f"{PAGE}{export.public_id}/fichier/"):
            assert signed_in(other).get(address).status_code == 404
    response = Client().get(f"{PAGE}{export.public_id}/fichier/")
    assert response.status_code == 302


def test_a_newer_one_replaces_it_and_time_removes_it(people: People, signed_in: Any) -> None:
    client = signed_in(people.member)
    archive(client)
    first = absolute_path(Report.objects.latest("pk").file)
    assert first.is_file()
    archive(client)
    second = absolute_path(Report.objects.latest("pk").file)
    assert not first.exists()
    assert second.is_file()

    now = timezone.now()
    assert services.forget_old(before=now - dt.timedelta(days=1), now=now) == 0
    assert services.forget_old(before=now + dt.timedelta(seconds=1), now=now) == 1
    assert not second.exists()
    second.write_bytes(b"")  # what a crash between the commit and the removal leaves
    assert services.forget_old(before=now, now=now) == 0
    assert not second.exists()
    assert "Préparer une copie de mes données" in client.get(PAGE).text
